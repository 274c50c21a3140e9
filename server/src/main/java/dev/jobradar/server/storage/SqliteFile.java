package dev.jobradar.server.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The file that a SQLite URL names. */
final class SqliteFile {
  private static final String PREFIX = "jdbc:sqlite:";

  private SqliteFile() {}

  static Path of(String url) {
    String rest = url.substring(PREFIX.length());
    int options = rest.indexOf('?');
    String name = options < 0 ? rest : rest.substring(0, options);
    if (name.isBlank() || name.startsWith(":")) {
      throw new StorageException("JobRadar needs a SQLite database in a file, not in memory");
    }
    if (name.startsWith("file:")) {
      throw new StorageException("write the SQLite file's path without file:, as jdbc:sqlite:PATH");
    }
    return Path.of(name);
  }

  /**
   * Makes the file where there is none, and has its owner alone open it. SQLite gives its other
   * files the permissions of this one.
   */
  static void makePrivate(String url) {
    Path file = of(url);
    try {
      Path real = real(url);
      PrivateFiles.makeFile(real);
      for (String suffix : List.of("-wal", "-shm", "-journal")) {
        PrivateFiles.tighten(real.resolveSibling(real.getFileName() + suffix));
      }
    } catch (IOException e) {
      throw new StorageException("the database " + file + " cannot be used: " + e, e);
    }
  }

  /**
   * The same file under the one name that it has whichever way one comes to it; makes its folder.
   */
  static Path real(String url) throws IOException {
    Path file = of(url).toAbsolutePath();
    Path folder = file.resolveSibling("");
    PrivateFiles.makeFolder(folder);
    return Files.exists(file) ? file.toRealPath() : folder.toRealPath().resolve(file.getFileName());
  }
}
