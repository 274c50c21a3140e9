package dev.jobradar.server.storage;

import java.nio.file.Path;

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
    return Path.of(name);
  }
}
