package dev.jobradar.benchmarks;

import dev.jobradar.sandbox.net.ReservedPorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * {@code ./jobradar run} as a process, on loopback, with a sandbox for its Telegram and otherwise
 * its usual settings. Thread-safe.
 */
public final class ServiceChild implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** Where settings come from: a caller's own must not reach it, least of all their database. */
  private static final List<String> SETTINGS =
      List.of("JOBRADAR_", "TELEGRAM_", "SPRING_", "SERVER_", "MANAGEMENT_", "LOGGING_");

  private final ReservedPorts port = ReservedPorts.one();
  private final Path log;
  private final Process process;

  /**
   * Starts it, and does not wait.
   *
   * @param jobradar the command line, {@code ./jobradar}
   * @param home its home folder; {@code service.log} in it is what it writes, added to what is
   *     there
   * @param environment more settings
   */
  public ServiceChild(
      Path jobradar, SandboxChild sandbox, Path home, Map<String, String> environment)
      throws IOException {
    log = home.resolve("service.log");
    ProcessBuilder builder =
        new ProcessBuilder(
                jobradar.toString(),
                "run",
                "--port",
                Integer.toString(port.first()),
                "--home",
                home.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    Map<String, String> settings = builder.environment();
    settings.keySet().removeIf(name -> SETTINGS.stream().anyMatch(name::startsWith));
    settings.putAll(sandbox.environment());
    settings.put("TELEGRAM_API_ID", "1");
    settings.put("TELEGRAM_API_HASH", "benchmark");
    settings.put("MANAGEMENT_SERVER_PORT", "0");
    settings.putAll(environment);
    process = builder.start();
  }

  /** Waits until it answers requests. */
  public void awaitReady() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri("/readyz")).timeout(Duration.ofSeconds(10)).build();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try (HttpClient http =
        HttpClient.newBuilder()
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(Duration.ofSeconds(5))
            .build()) {
      while (true) {
        try {
          if (http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
            return;
          }
        } catch (IOException notYet) {
          // It does not listen yet.
        }
        if (!process.isAlive() || System.nanoTime() > deadline) {
          List<String> lines = log();
          throw new IOException(
              "the service does not start:\n"
                  + String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size())));
        }
        process.waitFor(100, TimeUnit.MILLISECONDS);
      }
    }
  }

  /** The address of one of its pages. */
  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port.first() + path);
  }

  /** The process: the script becomes the JVM. */
  public ProcessHandle process() {
    return process.toHandle();
  }

  /** All that it has written. */
  public List<String> log() throws IOException {
    return Files.readAllLines(log);
  }

  /** Ends it as an operator does. The second time it does nothing. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    port.close();
  }
}
