package dev.jobradar.server.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of this installation, for its owner alone, and in it one for what this process needs
 * only while it runs: SQLite's native library and Tomcat's folders. Thread-safe.
 *
 * <p>These files are not left to the system's folder for temporary files: there each kill would
 * leave some behind, and others could put a library of theirs in place of ours.
 */
public final class HomeFolder implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HomeFolder.class);

  /** Read by sqlite-jdbc when it is first used. */
  private static final String SQLITE_FOLDER = "org.sqlite.tmpdir";

  private final Path work;

  private HomeFolder(Path work) {
    this.work = work;
  }

  /**
   * Makes the home folder where it is missing, and an empty work folder in it. Work folders of
   * processes that have ended are deleted.
   *
   * @throws StorageException when others can open the home folder, or it cannot be used
   */
  static HomeFolder open(StorageSettings settings) {
    Path home = settings.home().toAbsolutePath().normalize();
    try {
      PrivateFiles.makeFolder(home);
      Optional<String> loose = PrivateFiles.loose(home);
      if (loose.isPresent()) {
        throw new StorageException(
            "others can open the home folder "
                + home
                + " ("
                + loose.get()
                + "): make it private with chmod 700 "
                + home);
      }
      Path all = home.resolve("tmp");
      PrivateFiles.makeFolder(all);
      deleteLeftOvers(all);
      Path work = all.resolve(Long.toString(ProcessHandle.current().pid()));
      PrivateFiles.makeFolder(work);
      System.setProperty(SQLITE_FOLDER, work.toString());
      return new HomeFolder(work);
    } catch (IOException e) {
      throw new StorageException("the home folder " + home + " cannot be used: " + e, e);
    }
  }

  private static void deleteLeftOvers(Path all) throws IOException {
    try (Stream<Path> folders = Files.list(all)) {
      for (Path each : folders.toList()) {
        if (!isOfAnotherProcess(each)) {
          delete(each);
        }
      }
    }
  }

  private static boolean isOfAnotherProcess(Path folder) {
    try {
      long pid = Long.parseLong(String.valueOf(folder.getFileName()));
      return pid != ProcessHandle.current().pid()
          && ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    } catch (NumberFormatException none) {
      return false;
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      log.warn("{} could not be deleted: {}", folder, e.toString());
    }
  }

  /**
   * A folder for what is needed while this process runs, made where it is missing.
   *
   * @param name a plain file name
   */
  public Path work(String name) {
    Path folder = work.resolve(name);
    try {
      PrivateFiles.makeFolder(folder);
    } catch (IOException e) {
      throw new StorageException("the folder " + folder + " cannot be made: " + e, e);
    }
    return folder;
  }

  /** Deletes the work folder. */
  @Override
  public void close() {
    if (Files.exists(work)) {
      delete(work);
    }
  }
}
