package dev.jobradar.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.crypto.RsaPublicKey;
import dev.jobradar.telegram.session.DataCentres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A sandbox in a process of its own, so that its memory and CPU are not counted with the client's.
 */
final class SandboxChild implements AutoCloseable {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final Path jobradar;
  private final Path folder;
  private final boolean kept;
  private Process process;
  private BufferedReader out;
  private Writer in;
  private JsonNode ready;

  private SandboxChild(Path jobradar, boolean kept) throws IOException {
    this.jobradar = jobradar;
    this.kept = kept;
    this.folder = Files.createTempDirectory("jobradar-benchmark");
    this.process = run(0);
    this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    this.in = process.outputWriter(UTF_8);
    this.ready = await("ready");
  }

  /**
   * Starts it.
   *
   * @param jobradar the command line, {@code ./jobradar}
   */
  static SandboxChild start(Path jobradar) throws IOException {
    return new SandboxChild(jobradar, false);
  }

  /** Starts one that can be {@linkplain #restart restarted}. */
  static SandboxChild startKept(Path jobradar) throws IOException {
    return new SandboxChild(jobradar, true);
  }

  private Process run(int port) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                jobradar.toString(),
                "sandbox",
                "--port",
                Integer.toString(port),
                "--dcs",
                "1",
                "--strict",
                "--public-key",
                folder.resolve("key.pem").toString()));
    if (kept) {
      command.addAll(List.of("--state", folder.resolve("state").toString()));
    }
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** Kills it, and starts it again where it was. */
  void restart() throws IOException, InterruptedException {
    process.destroyForcibly();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      throw new IOException("the sandbox does not end");
    }
    process = run(ready.path("dcs").path(0).path("port").asInt());
    out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    in = process.outputWriter(UTF_8);
    ready = await("ready");
  }

  long pid() {
    // The script becomes the JVM by exec: one process.
    return process.pid();
  }

  DataCentres dataCentres() throws IOException {
    Map<DcId, InetSocketAddress> addresses = new HashMap<>();
    for (JsonNode dc : ready.path("dcs")) {
      addresses.put(
          new DcId(dc.path("id").asInt()),
          new InetSocketAddress(dc.path("host").asString(), dc.path("port").asInt()));
    }
    RsaPublicKey key = RsaPublicKey.fromPem(Files.readString(folder.resolve("key.pem")));
    return DataCentres.custom(addresses, List.of(key));
  }

  /** Session strings of new accounts that are signed in. */
  List<String> accounts(int count) throws IOException {
    Path file = folder.resolve("accounts");
    send(Map.of("do", "accounts", "count", count, "file", file.toString()));
    await("accounts");
    return Files.readAllLines(file);
  }

  void post(String channel, String text) throws IOException {
    send(Map.of("do", "post", "channel", channel, "text", text));
    await("posted");
  }

  /** Where it is, and these accounts: what a process of another language needs. */
  Map<String, Object> describe(List<String> sessions) throws IOException {
    return Map.of(
        "dc",
        ready.path("dcs").path(0),
        "public_key",
        Files.readString(folder.resolve("key.pem")),
        "sessions",
        sessions);
  }

  JsonNode stats() throws IOException {
    send(Map.of("do", "stats"));
    return await("stats");
  }

  private void send(Map<String, Object> command) throws IOException {
    in.write(MAPPER.writeValueAsString(command) + "\n");
    in.flush();
  }

  /** Reads events until one of that name comes. */
  private JsonNode await(String name) throws IOException {
    while (true) {
      String line = out.readLine();
      if (line == null) {
        throw new IOException("the sandbox ended");
      }
      JsonNode event = MAPPER.readTree(line);
      if (event.path("event").asString("").equals(name)) {
        return event;
      }
    }
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    Path state = folder.resolve("state");
    if (Files.isDirectory(state)) {
      try (Stream<Path> files = Files.list(state)) {
        for (Path file : files.toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
    Files.deleteIfExists(state);
    for (String name : List.of("key.pem", "accounts")) {
      Files.deleteIfExists(folder.resolve(name));
    }
    Files.deleteIfExists(folder);
  }
}
