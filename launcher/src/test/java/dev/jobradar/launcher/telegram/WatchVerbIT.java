package dev.jobradar.launcher.telegram;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.sandbox.Sandbox;
import dev.jobradar.sandbox.rpc.DataCentre;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
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

/** {@code jobradar telegram watch} as a process. */
@Timeout(120)
class WatchVerbIT {
  @TempDir private Path folder;

  private Sandbox sandbox;
  private final List<Process> started = new ArrayList<>();

  @BeforeEach
  void startSandbox() throws IOException {
    sandbox = Sandbox.builder().dataCentres(1).strict(true).start();
    Files.writeString(folder.resolve("key.pem"), sandbox.publicKey().toPem());
    Files.writeString(folder.resolve("session"), sandbox.accounts(1).getFirst());
  }

  @AfterEach
  void end() {
    started.forEach(Process::destroyForcibly);
    sandbox.close();
  }

  private Process watch(String... arguments) throws IOException {
    DataCentre dc = sandbox.dataCentres().getFirst();
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.jobradar.launcher.JobRadar",
                "telegram",
                "--dc",
                dc.host() + ":" + dc.port(),
                "--public-key",
                folder.resolve("key.pem").toString(),
                "--session-file",
                folder.resolve("session").toString()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(folder.resolve("problems").toFile()).start();
    started.add(process);
    return process;
  }

  private static JsonNode next(BufferedReader lines) throws IOException {
    String line = lines.readLine();
    assertThat(line).as("a line").isNotNull();
    return JsonMapper.shared().readTree(line);
  }

  private static List<String> watching(BufferedReader lines, int count) throws IOException {
    List<String> feeds = new ArrayList<>();
    while (feeds.size() < count) {
      JsonNode line = next(lines);
      assertThat(line.path("event").asString("")).isEqualTo("watching");
      feeds.add(line.path("channel").asString() + " " + line.path("feed").asString());
    }
    return feeds;
  }

  private void assertEndsOnSignal(Process process) throws InterruptedException {
    process.destroy();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    assertThat(folder.resolve("problems")).isEmptyFile();
  }

  @Test
  void posts_come_a_line_each_and_a_restart_goes_on_after_the_last() throws Exception {
    String position = folder.resolve("position").toString();
    String[] verb = {"watch", "@javajobs", "t.me/golangjobs", "--position", position};
    Process first = watch(verb);
    try (BufferedReader lines = first.inputReader(UTF_8)) {
      assertThat(watching(lines, 2))
          .containsExactlyInAnyOrder("javajobs pushed", "golangjobs polled");
      int id = sandbox.post("javajobs", "Java, удалённо").id();
      JsonNode post = next(lines);
      assertThat(post.path("channel").asString()).isEqualTo("javajobs");
      assertThat(post.path("id").asInt()).isEqualTo(id);
      assertThat(post.path("text").asString()).isEqualTo("Java, удалённо");
      assertThat(post.path("link").asString()).isEqualTo("https://t.me/javajobs/" + id);
      assertEndsOnSignal(first);
    }

    int missed = sandbox.post("javajobs", "в перерыве").id();
    int polled = sandbox.post("golangjobs", "в перерыве").id();
    Process second = watch(verb);
    try (BufferedReader lines = second.inputReader(UTF_8)) {
      List<String> posts = new ArrayList<>();
      while (posts.size() < 2) {
        JsonNode line = next(lines);
        if (!line.has("event")) {
          posts.add(line.path("channel").asString() + " " + line.path("id").asInt());
        }
      }
      assertThat(posts).containsExactlyInAnyOrder("javajobs " + missed, "golangjobs " + polled);
      assertEndsOnSignal(second);
    }
    assertThat(sandbox.stats().maxOpenPerKey()).isEqualTo(1);
  }

  @Test
  void it_ends_by_itself_after_so_many_seconds() throws Exception {
    Process process = watch("watch", "javajobs", "--seconds", "1");
    assertThat(process.inputReader(UTF_8).readAllAsString()).contains("\"feed\":\"pushed\"");
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void a_name_that_does_not_exist_is_told_in_words() throws Exception {
    Process process = watch("watch", "no_such_channel_here");
    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(folder.resolve("problems")).content().contains("no_such_channel_here");
  }

  @Test
  void a_proxy_that_cannot_be_used_is_told_without_its_secret() throws Exception {
    String secret = "ee00112233445566778899aabbccddeeff676f6f676c652e636f6d";
    Path file = folder.resolve("proxy");
    Files.writeString(file, "mtproxy://" + secret + "@127.0.0.1:1\n");
    Process process = watch("--proxy-file", file.toString(), "me");
    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(folder.resolve("problems"))
        .content()
        .contains("ee (fake TLS)")
        .doesNotContain("001122");
  }
}
