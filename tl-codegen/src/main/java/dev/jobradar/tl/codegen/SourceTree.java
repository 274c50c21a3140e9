package dev.jobradar.tl.codegen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A folder of generated sources, kept so that only what changed is written. */
final class SourceTree {
  private final Path root;

  SourceTree(Path root) {
    this.root = root;
  }

  /**
   * Makes the folder hold exactly these files.
   *
   * @param sources contents by path below the folder
   * @return how many files were written or deleted
   */
  int update(Map<String, String> sources) throws IOException {
    Files.createDirectories(root);
    int changes = 0;
    for (Path present : files()) {
      if (!sources.containsKey(root.relativize(present).toString().replace('\\', '/'))) {
        Files.delete(present);
        changes++;
      }
    }
    for (Map.Entry<String, String> source : sources.entrySet()) {
      Path file = root.resolve(source.getKey());
      if (!Files.exists(file) || !Files.readString(file).equals(source.getValue())) {
        Files.createDirectories(file.getParent());
        Files.writeString(file, source.getValue());
        changes++;
      }
    }
    return changes;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> walk = Files.walk(root)) {
      return walk.filter(Files::isRegularFile).toList();
    }
  }
}
