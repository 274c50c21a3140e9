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

/** Files and directories that nobody but their owner can read, from the moment they exist. */
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

  /** Writes a whole file at once: whoever reads it sees the old content or the new. */
  public static void write(Path path, String content) throws IOException {
    Path absolute = path.toAbsolutePath();
    Path fresh = absolute.resolveSibling(absolute.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    file(fresh);
    Files.writeString(fresh, content);
    Files.move(
        fresh, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
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
