package dev.jobradar.checks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The working tree that this build runs in. */
final class Repository {
  private Repository() {}

  /** Its root: tests run in the folder of their module, which is one below. */
  static Path root() {
    Path root = Path.of("").toAbsolutePath().getParent();
    if (root == null || !Files.isRegularFile(root.resolve("formatter/pom.xml"))) {
      throw new IllegalStateException("not started in a module's folder: " + root);
    }
    return root;
  }

  /** Its folders that hold a {@code pom.xml}. */
  static List<Path> modules() {
    try (Stream<Path> folders = Files.list(root())) {
      return folders.filter(folder -> Files.isRegularFile(folder.resolve("pom.xml"))).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every Java file that is written by hand, sorted. */
  static List<Path> javaFiles() {
    return modules().stream().flatMap(Repository::javaFilesOf).sorted().toList();
  }

  private static Stream<Path> javaFilesOf(Path module) {
    Path sources = module.resolve("src");
    if (!Files.isDirectory(sources)) {
      return Stream.of();
    }
    try (Stream<Path> files = Files.walk(sources)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
