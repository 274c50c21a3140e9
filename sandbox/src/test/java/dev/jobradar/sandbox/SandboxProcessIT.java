package dev.jobradar.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.mtproto.crypto.RsaPublicKey;
import dev.jobradar.sandbox.rpc.DataCentre;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(120)
class SandboxProcessIT {
  @TempDir private Path temp;

  private final List<Process> processes = new ArrayList<>();

  /** Runs the options that it is given, in a JVM of its own. */
  static final class Main {
    private Main() {}

    public static void main(String[] args) {
      SandboxOptions options =
          new SandboxOptions(
              Integer.parseInt(args[0]),
              2,
              false,
              Path.of(args[1]),
              Path.of(args[2]),
              true,
              0,
              0,
              3);
      System.exit(SandboxProcess.run(options, System.in, System.out, System.err));
    }
  }

  @AfterEach
  void endAll() {
    processes.forEach(Process::destroyForcibly);
  }

  private Path key() {
    return temp.resolve("key.pem");
  }

  private Process start() throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Process process =
        new ProcessBuilder(
                java.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "0",
                key().toString(),
                temp.resolve("state").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    processes.add(process);
    return process;
  }

  private static JsonNode next(BufferedReader lines, String event) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      JsonNode node = JsonMapper.shared().readTree(line);
      if (node.get("event").stringValue().equals(event)) {
        return node;
      }
    }
    throw new AssertionError("no event " + event);
  }

  private static void command(Writer commands, String line) throws IOException {
    commands.write(line + "\n");
    commands.flush();
  }

  @Test
  void it_says_where_it_is_does_as_it_is_told_and_ends_when_it_is_told() throws Exception {
    Process process = start();
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    Writer commands = process.outputWriter(StandardCharsets.UTF_8);

    JsonNode ready = JsonMapper.shared().readTree(lines.readLine());
    assertThat(ready.get("event").stringValue()).isEqualTo("ready");
    assertThat(ready.get("dcs")).hasSize(2);
    assertThat(ready.get("public_key").stringValue()).isEqualTo(key().toString());
    JsonNode first = ready.get("dcs").get(0);
    assertThat(first.get("id").intValue()).isEqualTo(1);
    RsaPublicKey rsaKey = RsaPublicKey.fromPem(Files.readString(key()));

    DataCentre dc =
        new DataCentre(1, first.get("host").stringValue(), first.get("port").intValue());
    try (TestClient client = new TestClient(dc, rsaKey, null)) {
      client.signIn("9996610001", "11111");
      assertThat(next(lines, "code").get("code").stringValue()).isEqualTo("11111");
      assertThat(next(lines, "signed_in").get("auth_key_id").stringValue())
          .isEqualTo("%016x".formatted(client.key().key().id()));
      command(commands, "{\"do\":\"stats\"}");
      JsonNode stats = next(lines, "stats");
      assertThat(stats.get("connections").intValue()).isEqualTo(1);
      assertThat(stats.get("users").intValue()).isEqualTo(1);
      assertThat(stats.get("max_open_per_key").intValue()).isEqualTo(1);
      assertThat(stats.get("messages").intValue()).isGreaterThan(1_000);
    }

    command(commands, "{\"do\":\"post\",\"channel\":\"javajobs\",\"text\":\"Вакансия\"}");
    assertThat(next(lines, "posted").get("id").intValue()).isEqualTo(501);
    command(commands, "{\"do\":\"post\",\"channel\":\"nowhere\",\"text\":\"x\"}");
    assertThat(next(lines, "error").get("message").stringValue()).contains("nowhere");

    Path sessions = temp.resolve("sessions.txt");
    command(commands, "{\"do\":\"accounts\",\"count\":7,\"file\":\"" + sessions + "\"}");
    assertThat(next(lines, "accounts").get("count").intValue()).isEqualTo(7);
    assertThat(Files.readAllLines(sessions)).hasSize(7).allMatch(line -> line.startsWith("1"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(sessions)))
        .isEqualTo("rw-------");
    command(commands, "{\"do\":\"accounts\",\"count\":7,\"file\":\"/nowhere/x\"}");
    assertThat(next(lines, "error").get("do").stringValue()).isEqualTo("accounts");
    command(commands, "{\"do\":\"stats\"}");
    assertThat(next(lines, "stats").get("users").intValue())
        .as("none was made for the file that could not be written")
        .isEqualTo(8);

    Path described = temp.resolve("accounts.json");
    command(
        commands,
        "{\"do\":\"accounts\",\"count\":1,\"as\":\"json\",\"file\":\"" + described + "\"}");
    next(lines, "accounts");
    JsonNode account = JsonMapper.shared().readTree(Files.readString(described));
    assertThat(account.get("session").stringValue()).startsWith("1");
    long user = account.get("user_id").longValue();
    command(
        commands, "{\"do\":\"messages\",\"phone\":\"" + account.get("phone").stringValue() + "\"}");
    assertThat(next(lines, "messages").get("user_id").longValue()).isEqualTo(user);
    command(commands, "{\"do\":\"channel\",\"channel\":\"load_0001\"}");
    int outside = next(lines, "channel").get("members").intValue();
    command(commands, "{\"do\":\"join\",\"user_id\":" + user + ",\"channel\":\"load_0001\"}");
    assertThat(next(lines, "done").get("count").intValue()).isEqualTo(1);
    command(commands, "{\"do\":\"channel\",\"channel\":\"load_0001\"}");
    assertThat(next(lines, "channel").get("members").intValue()).isEqualTo(outside + 1);
    command(commands, "{\"do\":\"post\",\"channel\":\"load_0004\",\"text\":\"x\"}");
    assertThat(next(lines, "error").get("message").stringValue()).contains("load_0004");

    command(commands, "{\"do\":\"fault\",\"fault\":\"silence\",\"phone\":\"+0\"}");
    assertThat(next(lines, "error").get("message").stringValue()).contains("no such account");
    command(commands, "{\"do\":\"fault\",\"fault\":\"silence\",\"method\":\"help.getConfig\"}");
    assertThat(next(lines, "error").get("message").stringValue()).contains("does not strike calls");
    command(commands, "{\"do\":\"fault\",\"fault\":\"silence\",\"times\":2}");
    int fault = next(lines, "fault").get("id").intValue();
    command(commands, "{\"do\":\"faults\"}");
    JsonNode standing = next(lines, "faults").get("faults").get(0);
    assertThat(standing.get("id").intValue()).isEqualTo(fault);
    assertThat(standing.get("times_left").intValue()).isEqualTo(2);
    command(commands, "{\"do\":\"clear\"}");
    assertThat(next(lines, "done").get("count").intValue()).isEqualTo(1);
    command(commands, "{\"do\":\"channel\",\"channel\":\"javajobs\"}");
    JsonNode channel = next(lines, "channel");
    assertThat(channel.get("posts").intValue()).isEqualTo(501);
    assertThat(channel.get("top").intValue()).isEqualTo(501);
    command(commands, "{\"do\":\"edit\",\"channel\":\"javajobs\",\"id\":501,\"text\":\"UPD\"}");
    assertThat(next(lines, "posted").get("id").intValue()).isEqualTo(501);
    command(commands, "{\"do\":\"edit\",\"channel\":\"javajobs\",\"id\":502,\"text\":\"UPD\"}");
    assertThat(next(lines, "error").get("message").stringValue()).contains("no post 502");
    command(commands, "{\"do\":\"messages\",\"phone\":\"+999 661 0001\"}");
    assertThat(next(lines, "messages").get("messages")).isEmpty();
    command(commands, "{\"do\":\"connections\",\"phone\":\"9996610001\"}");
    JsonNode connected = next(lines, "connections").get("accounts").get(0);
    assertThat(connected.get("max_open").intValue()).isEqualTo(1);
    command(commands, "{\"do\":\"stop\",\"dc\":3}");
    assertThat(next(lines, "error").get("message").stringValue()).contains("no data centre 3");
    command(commands, "{\"do\":\"restart\",\"dc\":2}");
    assertThat(next(lines, "done").get("do").stringValue()).isEqualTo("restart");
    command(commands, "{\"do\":\"posts_per_minute\",\"rate\":60000}");
    assertThat(next(lines, "done").get("do").stringValue()).isEqualTo("posts_per_minute");
    command(commands, "{\"do\":\"revoke\",\"phone\":\"9996610001\"}");
    assertThat(next(lines, "done").get("count").intValue()).isEqualTo(1);
    command(commands, "{\"do\":\"drop\"}");
    JsonNode dropped = next(lines, "done");
    assertThat(dropped.get("do").stringValue()).isEqualTo("drop");

    commands.close();
    assertThat(process.waitFor(500, TimeUnit.MILLISECONDS)).as("ended with its input").isFalse();
    process.destroy();
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void a_restart_keeps_the_key() throws Exception {
    Process first = start();
    next(first.inputReader(StandardCharsets.UTF_8), "ready");
    String pem = Files.readString(key());
    first.destroyForcibly();
    first.waitFor();

    Process second = start();
    next(second.inputReader(StandardCharsets.UTF_8), "ready");
    assertThat(Files.readString(key())).isEqualTo(pem);
    second.destroy();
    assertThat(second.waitFor()).isZero();
  }

  @Test
  void what_keeps_it_from_starting_is_said_and_no_event_comes() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Outcome outcome = fails(taken.getLocalPort(), null, null);
      assertThat(outcome.err()).contains(String.valueOf(taken.getLocalPort()));
    }
    assertThat(fails(0, temp.resolve("nowhere/key.pem"), null).err()).contains("public key");
    Path file = Files.writeString(temp.resolve("file"), "not a directory");
    assertThat(fails(0, null, file).err()).contains("file");
  }

  private record Outcome(String err) {}

  private static Outcome fails(int port, @Nullable Path key, @Nullable Path state) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        SandboxProcess.run(
            new SandboxOptions(port, 1, false, key, state, false, 0, 0, 0),
            new java.io.ByteArrayInputStream(new byte[0]),
            out,
            new PrintStream(err, true, StandardCharsets.UTF_8));
    assertThat(code).isEqualTo(1);
    assertThat(out.size()).isZero();
    return new Outcome(err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void an_interrupt_ends_it() throws Exception {
    PipedOutputStream out = new PipedOutputStream();
    PipedInputStream events = new PipedInputStream(out);
    CompletableFuture<Integer> code = new CompletableFuture<>();
    Thread thread =
        Thread.ofPlatform()
            .start(() ->
                code.complete(
                    SandboxProcess.run(
                        new SandboxOptions(0, 1, false, key(), null, false, 0, 0, 0),
                        new java.io.ByteArrayInputStream(new byte[0]),
                        out,
                        System.err)));
    next(new BufferedReader(new InputStreamReader(events, StandardCharsets.UTF_8)), "ready");
    thread.interrupt();

    assertThat(code.get()).isZero();
  }
}
