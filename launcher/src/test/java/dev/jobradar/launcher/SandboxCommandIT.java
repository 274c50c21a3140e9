package dev.jobradar.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code jobradar sandbox} as a process. */
@Timeout(120)
class SandboxCommandIT {
  @TempDir private Path folder;

  private final List<Process> started = new ArrayList<>();

  private Path problems = Path.of("");

  @BeforeEach
  void collectProblems() {
    problems = folder.resolve("problems");
  }

  @AfterEach
  void end() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void the_options_reach_the_sandbox_and_a_signal_ends_it() throws Exception {
    Path key = folder.resolve("key.pem");
    Path state = folder.resolve("state");
    Process sandbox =
        start(
            "--port",
            "0",
            "--dcs",
            "2",
            "--public-key",
            key.toString(),
            "--state",
            state.toString());

    BufferedReader events = sandbox.inputReader(UTF_8);
    JsonNode ready = JsonMapper.shared().readTree(events.readLine());
    assertThat(ready.get("event").stringValue()).isEqualTo("ready");
    assertThat(ready.get("dcs")).hasSize(2);
    assertThat(ready.get("public_key").stringValue()).isEqualTo(key.toString());
    assertThat(key).content().startsWith("-----BEGIN RSA PUBLIC KEY-----");
    assertThat(state).isNotEmptyDirectory();

    sandbox.destroy();

    assertThat(sandbox.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(sandbox.exitValue()).isEqualTo(0);
    assertThat(problems).isEmptyFile();
  }

  @Test
  void a_port_that_is_taken_is_a_failure_in_words() throws Exception {
    Process first = start("--port", "0", "--dcs", "1");
    JsonNode ready = JsonMapper.shared().readTree(first.inputReader(UTF_8).readLine());
    String port = ready.get("dcs").get(0).get("port").asString();

    Process second = start("--port", port, "--dcs", "1");

    assertThat(second.inputReader(UTF_8).readAllAsString()).isEmpty();
    assertThat(second.waitFor()).isEqualTo(1);
    assertThat(problems).content().contains(port).hasLineCount(1);
  }

  private Process start(String... options) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                JobRadar.class.getName(),
                "sandbox"));
    command.addAll(List.of(options));
    Process process = new ProcessBuilder(command).redirectError(problems.toFile()).start();
    started.add(process);
    return process;
  }
}
