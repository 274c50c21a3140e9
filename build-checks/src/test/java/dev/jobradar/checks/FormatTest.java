package dev.jobradar.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Main;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FormatTest {
  @Test
  void every_java_file_is_formatted() throws Exception {
    Path root = Repository.root();
    List<String> files = Repository.javaFiles().stream().map(Path::toString).toList();
    assertThat(files).anyMatch(file -> file.endsWith("FormatTest.java"));

    StringWriter differing = new StringWriter();
    StringWriter problems = new StringWriter();
    new Main(
            new PrintWriter(differing, true),
            new PrintWriter(problems, true),
            new ByteArrayInputStream(new byte[0]))
        .format(
            Stream.concat(Stream.of("--dry-run", "--set-exit-if-changed"), files.stream())
                .toArray(String[]::new));

    assertThat(problems.toString()).as("files that cannot be read as Java").isEmpty();
    assertThat(differing.toString().lines().map(file -> root.relativize(Path.of(file)).toString()))
        .as("files that are not formatted; run ./format and commit what it changes")
        .isEmpty();
  }
}
