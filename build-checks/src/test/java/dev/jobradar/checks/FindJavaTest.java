package dev.jobradar.checks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.condition.OS.WINDOWS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.io.TempDir;

/** {@code scripts/find-java}, which the shell scripts ask for a JDK that is new enough. */
@DisabledOnOs(value = WINDOWS, disabledReason = "a shell script")
@Timeout(60)
class FindJavaTest {
  @TempDir private Path folder;

  @Test
  void java_home_comes_first() throws Exception {
    Path home = jdk("26.0.1");

    Found found = findJava(home);

    assertThat(found.out()).isEqualTo(home.resolve("bin/java") + "\n");
    assertThat(found.code()).isEqualTo(0);
  }

  @Test
  void a_java_home_that_is_too_old_is_passed_over() throws Exception {
    Path home = jdk("24.0.2");

    assertThat(findJava(home).out()).doesNotContain(home.toString());
  }

  @Test
  void a_runtime_without_compiler_is_passed_over() throws Exception {
    Path home = jdk("26.0.1");
    Files.delete(home.resolve("bin/javac"));

    assertThat(findJava(home).out()).doesNotContain(home.toString());
  }

  @Test
  void what_is_found_is_new_enough_or_the_answer_says_what_to_install() throws Exception {
    Found found = findJava(folder.resolve("nowhere"));

    if (found.code() == 0) {
      Path release = Path.of(found.out().strip()).resolve("../../release");
      assertThat(Files.readString(release.normalize()))
          .containsPattern("JAVA_VERSION=\"(2[5-9]|[3-9]\\d)");
    } else {
      assertThat(found.out()).contains("Install one", "JAVA_HOME");
    }
  }

  private Path jdk(String version) throws IOException {
    Path home = folder.resolve("jdk");
    Path bin = Files.createDirectories(home.resolve("bin"));
    for (String tool : new String[] {"java", "javac"}) {
      Files.createFile(
          bin.resolve(tool),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    }
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  private record Found(int code, String out) {}

  private static Found findJava(Path javaHome) throws IOException, InterruptedException {
    ProcessBuilder script =
        new ProcessBuilder(Repository.root().resolve("scripts/find-java").toString())
            .redirectErrorStream(true);
    script.environment().put("JAVA_HOME", javaHome.toString());
    Process process = script.start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Found(process.waitFor(), out);
  }
}
