package dev.jobradar.sandbox.state;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Supplier;

/** Files and directories that only their owner can read, from the moment they exist. */
public final class OwnerOnly {

  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> DIRECTORY =
      PosixFilePermissions.fromString("rwx------");

  private OwnerOnly() {}

  /** Makes a directory, and those above it, where there is none; one that is there is narrowed. */
  public static void directory(Path path) throws IOException {
    Path parent = path.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    create(path, DIRECTORY, Files::createDirectory);
  }

  /** Makes an empty file where there is none; one that is there is narrowed. */
  public static void file(Path path) throws IOException {
    create(path, FILE, Files::createFile);
  }

  /** Writes a whole file at once: a reader sees the old content or the new. */
  public static void write(Path path, String content) throws IOException {
    write(path, () -> content);
  }

  /**
   * Writes a whole file at once.
   *
   * @param content is asked for its text when it is known that there is a place for it
   */
  public static void write(Path path, Supplier<String> content) throws IOException {
    Path absolute = path.toAbsolutePath();
    if (Files.isDirectory(absolute)) {
      throw new IOException(path + " is a directory");
    }
    Path fresh = absolute.resolveSibling(absolute.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    file(fresh);
    try {
      Files.writeString(fresh, content.get());
      Files.move(
          fresh, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  @FunctionalInterface
  private interface Maker {
    Path make(Path path, FileAttribute<?>... attributes) throws IOException;
  }

  private static void create(Path path, Set<PosixFilePermission> permissions, Maker maker)
      throws IOException {
    boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    try {
      if (posix) {
        maker.make(path, PosixFilePermissions.asFileAttribute(permissions));
      } else {
        maker.make(path);
      }
    } catch (FileAlreadyExistsException e) {
      if (posix) {
        Files.setPosixFilePermissions(path, permissions);
      }
    }
  }
}
