package dev.jobradar.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder for this run, for its owner alone, that goes with all that is in it. */
public final class TemporaryFolder implements AutoCloseable {
  private final Path path;

  /** Makes it. */
  public TemporaryFolder(String prefix) throws IOException {
    path = Files.createTempDirectory(prefix);
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** Deletes it. The second time it does nothing. */
  @Override
  public void close() throws IOException {
    if (Files.exists(path)) {
      try (Stream<Path> files = Files.walk(path)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
