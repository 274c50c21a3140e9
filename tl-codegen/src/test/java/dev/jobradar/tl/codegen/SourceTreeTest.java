package dev.jobradar.tl.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceTreeTest {
  @TempDir Path root;

  @Test
  void a_file_with_the_same_content_is_not_touched() throws IOException {
    SourceTree tree = new SourceTree(root);
    tree.update(Map.of("a/A.java", "a", "b/B.java", "b"));
    FileTime longAgo = FileTime.fromMillis(1_000_000);
    Files.setLastModifiedTime(root.resolve("a/A.java"), longAgo);
    Files.setLastModifiedTime(root.resolve("b/B.java"), longAgo);

    int changes = tree.update(Map.of("a/A.java", "a", "b/B.java", "changed"));

    assertThat(changes).isEqualTo(1);
    assertThat(Files.getLastModifiedTime(root.resolve("a/A.java"))).isEqualTo(longAgo);
    assertThat(root.resolve("b/B.java")).hasContent("changed");
  }

  @Test
  void a_file_that_is_no_longer_generated_is_deleted() throws IOException {
    SourceTree tree = new SourceTree(root);
    tree.update(Map.of("a/A.java", "a", "a/Old.java", "old"));

    int changes = tree.update(Map.of("a/A.java", "a"));

    assertThat(changes).isEqualTo(1);
    assertThat(root.resolve("a/Old.java")).doesNotExist();
    assertThat(root.resolve("a/A.java")).exists();
  }
}
