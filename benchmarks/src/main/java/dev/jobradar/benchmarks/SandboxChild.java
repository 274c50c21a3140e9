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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A sandbox in a process of its own, so that its memory and CPU are not counted with the client's.
 */
final class SandboxChild implements AutoCloseable {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final Path folder;
  private final Process process;
  private final BufferedReader out;
  private final Writer in;
  private final JsonNode ready;

  private SandboxChild(Path folder, Process process) throws IOException {
    this.folder = folder;
    this.process = process;
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
    Path folder = Files.createTempDirectory("jobradar-benchmark");
    Process process =
        new ProcessBuilder(
                jobradar.toString(),
                "sandbox",
                "--port",
                "0",
                "--dcs",
                "1",
                "--strict",
                "--public-key",
                folder.resolve("key.pem").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return new SandboxChild(folder, process);
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
    for (String name : List.of("key.pem", "accounts")) {
      Files.deleteIfExists(folder.resolve(name));
    }
    Files.deleteIfExists(folder);
  }
}
