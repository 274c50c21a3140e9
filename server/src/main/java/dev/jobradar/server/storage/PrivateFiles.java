package dev.jobradar.server.storage;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files and folders that only their owner may open: 0600 and 0700, whatever the umask. On a file
 * system without such permissions nothing is set and nothing is found loose. Thread-safe.
 */
final class PrivateFiles {
  private static final Logger log = LoggerFactory.getLogger(PrivateFiles.class);

  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");

  private PrivateFiles() {}

  /** Makes a folder, and those above it, where they are missing; one that exists stays as it is. */
  static void makeFolder(Path folder) throws IOException {
    Path above = folder.toAbsolutePath().getParent();
    if (Files.isDirectory(folder)) {
      return;
    }
    if (above != null && !Files.exists(above)) {
      makeFolder(above);
    }
    try {
      if (above != null && hasOwners(above)) {
        Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(FOLDER));
      } else {
        Files.createDirectory(folder);
      }
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(folder)) {
        throw e;
      }
    }
  }

  /** Makes an empty file where there is none; one that exists becomes private. */
  static void makeFile(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    try {
      if (folder != null && hasOwners(folder)) {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(FILE));
      } else {
        Files.createFile(file);
      }
    } catch (FileAlreadyExistsException e) {
      tighten(file);
    }
  }

  /** Takes a file's permissions away from everybody but its owner, if there is such a file. */
  static void tighten(Path file) throws IOException {
    Optional<String> loose = Files.exists(file) ? loose(file) : Optional.empty();
    if (loose.isPresent()) {
      Files.setPosixFilePermissions(file, FILE);
      log.warn("{} was open to others ({}) and is no longer", file, loose.get());
    }
  }

  /**
   * What permissions a file or folder has, if they let anybody but its owner open it.
   *
   * @return such as {@code rw-r--r--}; empty when it is private
   */
  static Optional<String> loose(Path path) throws IOException {
    if (!hasOwners(path)) {
      return Optional.empty();
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
    Set<PosixFilePermission> others = EnumSet.noneOf(PosixFilePermission.class);
    others.addAll(permissions);
    others.removeAll(FOLDER);
    return others.isEmpty()
        ? Optional.empty()
        : Optional.of(PosixFilePermissions.toString(permissions));
  }

  private static boolean hasOwners(Path path) {
    return Files.getFileAttributeView(path, PosixFileAttributeView.class) != null;
  }
}
