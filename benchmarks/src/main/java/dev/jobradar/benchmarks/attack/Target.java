package dev.jobradar.benchmarks.attack;

import dev.jobradar.benchmarks.SandboxChild;
import dev.jobradar.sandbox.net.ReservedPorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * {@code ./jobradar run} as a process on loopback, with a folder of its own that goes with it. It
 * believes {@code X-Forwarded-For}, so that attackers can have many addresses. Thread-safe.
 */
final class Target implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration CALL = Duration.ofSeconds(60);

  /** Where settings come from: a caller's own must not reach it, least of all their database. */
  private static final List<String> SETTINGS =
      List.of("JOBRADAR_", "TELEGRAM_", "SPRING_", "SERVER_", "MANAGEMENT_", "LOGGING_");

  private final HttpClient http =
      HttpClient.newBuilder()
          .proxy(HttpClient.Builder.NO_PROXY)
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CALL)
          .build();
  private final Path home = Files.createTempDirectory("jobradar-benchmark-attack");
  private final Path log;
  private final ReservedPorts port = ReservedPorts.one();
  private final Process process;

  private Target(Path jobradar, SandboxChild sandbox) throws IOException {
    log = Files.createTempFile("jobradar-benchmark-attack", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(
                jobradar.toString(),
                "run",
                "--port",
                Integer.toString(port.first()),
                "--home",
                home.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> SETTINGS.stream().anyMatch(name::startsWith));
    environment.putAll(sandbox.environment());
    environment.put("TELEGRAM_API_ID", "1");
    environment.put("TELEGRAM_API_HASH", "benchmark");
    environment.put("SERVER_ADDRESS", "127.0.0.1");
    environment.put("SERVER_FORWARD_HEADERS_STRATEGY", "native");
    environment.put("MANAGEMENT_SERVER_PORT", "0");
    process = builder.start();
  }

  /** Starts it, and waits until it answers requests. */
  static Target start(Path jobradar, SandboxChild sandbox)
      throws IOException, InterruptedException {
    Target target = new Target(jobradar, sandbox);
    try {
      target.awaitReady();
      return target;
    } catch (IOException | InterruptedException | RuntimeException e) {
      target.close();
      throw e;
    }
  }

  private void awaitReady() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        if (http.send(to("/").build(), HttpResponse.BodyHandlers.discarding()).statusCode()
            == 200) {
          return;
        }
      } catch (IOException notYet) {
        // It does not listen yet.
      }
      if (!process.isAlive() || System.nanoTime() > deadline) {
        List<String> lines = Files.readAllLines(log);
        throw new IOException(
            "the service does not start:\n"
                + String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size())));
      }
      process.waitFor(100, TimeUnit.MILLISECONDS);
    }
  }

  /** A request to be filled in. */
  HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port.first() + path))
        .timeout(CALL);
  }

  HttpClient http() {
    return http;
  }

  /** A connection of its own, for what no HTTP client sends. */
  Socket connect() throws IOException {
    Socket socket = new Socket();
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port.first()), 10_000);
    socket.setSoTimeout(10_000);
    return socket;
  }

  /** How many bytes it has logged. */
  long logged() throws IOException {
    return Files.size(log);
  }

  /** Its database, for who has another program open it. */
  String databaseUrl() {
    return "jdbc:sqlite:" + home.resolve("jobradar.db");
  }

  /** Ends it as an operator does, and deletes its folder. The second time it does nothing. */
  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    http.shutdownNow();
    port.close();
    Files.deleteIfExists(log);
    if (Files.exists(home)) {
      try (Stream<Path> files = Files.walk(home)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
