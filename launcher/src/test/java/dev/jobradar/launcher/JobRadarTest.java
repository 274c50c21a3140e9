package dev.jobradar.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/**
 * The command line as a shell sees it: its output, its errors and its exit code. What every verb
 * does alike is tried on all of them in this JVM, and on a few as processes: a JVM for each verb
 * takes a minute.
 */
@Timeout(60)
class JobRadarTest {
  @TempDir private Path folder;

  static Stream<List<String>> verbs() {
    return verbs(List.of(), JobRadar.commandLine());
  }

  private static Stream<List<String>> verbs(List<String> words, CommandLine command) {
    return Stream.concat(
        Stream.of(words),
        command.getSubcommands().entrySet().stream()
            .flatMap(verb -> verbs(with(words, verb.getKey()), verb.getValue())));
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void every_verb_explains_itself(List<String> verb) {
    assertExplained(verb, execute(with(verb, "--help")));
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void an_unknown_option_is_wrong_usage(List<String> verb) {
    Ended wrong = execute(with(verb, "--qqq"));

    // A verb that also lacks something that it requires may complain of that first.
    assertThat(wrong.err()).contains("Usage: " + named(verb));
    assertThat(wrong.out()).isEmpty();
    assertThat(wrong.code()).isEqualTo(2);
  }

  /** One that logs as the service does, and one that does not. */
  @ParameterizedTest
  @ValueSource(strings = {"run", "telegram watch"})
  void a_process_that_explains_a_verb_prints_nothing_else(String verb) throws Exception {
    List<String> words = List.of(verb.split(" "));
    assertExplained(words, run(with(words, "--help")));
  }

  @Test
  void the_version_is_the_one_of_the_build() throws Exception {
    Ended version = run(List.of("--version"));

    assertThat(version.out()).matches("(?s)jobradar \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\\R.*");
    assertThat(version.code()).isEqualTo(0);
  }

  @Test
  void the_unknown_option_is_named() throws Exception {
    assertThat(run(List.of("sandbox", "--colour")).err()).contains("'--colour'");
  }

  @Test
  void no_command_at_all_is_wrong_usage() throws Exception {
    Ended nothing = run(List.of());

    assertThat(nothing.err()).contains("Usage: jobradar", "sandbox");
    assertThat(nothing.out()).isEmpty();
    assertThat(nothing.code()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "--dcs,0",
    "--dcs,10",
    "--dcs,two",
    "--port,-1",
    "--port,65536",
    "--port,65534",
    "--posts-per-minute,60001",
    "--connections-per-minute,-1"
  })
  void a_number_out_of_its_range_is_wrong_usage(String option, String value) {
    Ended wrong = execute(List.of("sandbox", option + "=" + value));

    assertThat(wrong.err()).contains(value, "Usage: jobradar sandbox");
    assertThat(wrong.out()).isEmpty();
    assertThat(wrong.code()).isEqualTo(2);
  }

  private static List<String> with(List<String> words, String more) {
    return Stream.concat(words.stream(), Stream.of(more)).toList();
  }

  private static String named(List<String> verb) {
    return "jobradar " + String.join(" ", verb);
  }

  private static void assertExplained(List<String> verb, Ended help) {
    assertThat(help.out()).startsWith("Usage: " + named(verb));
    assertThat(help.err()).isEmpty();
    assertThat(help.code()).isEqualTo(0);
  }

  private record Ended(int code, String out, String err) {}

  /** Runs the command in this JVM. */
  private static Ended execute(List<String> arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        JobRadar.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments.toArray(String[]::new));
    return new Ended(code, out.toString(), err.toString());
  }

  /** Runs the launcher's main class in a JVM of its own, with nothing on standard input. */
  private Ended run(List<String> arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                JobRadar.class.getName()));
    command.addAll(arguments);
    Path err = folder.resolve("err");
    Process process =
        new ProcessBuilder(command)
            .redirectInput(ProcessBuilder.Redirect.PIPE)
            .redirectError(err.toFile())
            .start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("still running: " + arguments);
    }
    return new Ended(process.exitValue(), out, Files.readString(err));
  }
}
