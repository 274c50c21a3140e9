package dev.jobradar.server.crash;

import dev.jobradar.sandbox.Sandbox;
import dev.jobradar.sandbox.net.ReservedPorts;
import dev.jobradar.server.storage.StorageSettings;
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
import java.util.stream.Collectors;

/** The service as a process, which can be killed at any moment. */
final class RunningService implements AutoCloseable {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  private final Process process;
  private final ReservedPorts port;
  private final Path log;

  private RunningService(Process process, ReservedPorts port, Path log) {
    this.process = process;
    this.port = port;
    this.log = log;
  }

  static RunningService start(StorageSettings settings, Sandbox sandbox, Path folder)
      throws IOException {
    ReservedPorts port = ReservedPorts.one();
    Path publicKey = folder.resolve("sandbox.pem");
    Files.writeString(publicKey, sandbox.publicKey().toPem());
    Path log = folder.resolve("service.log");
    ProcessBuilder builder =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-cp",
                    System.getProperty("java.class.path"),
                    ServiceMain.class.getName()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    Map<String, String> environment = builder.environment();
    environment.put("JOBRADAR_HOME", settings.home().toString());
    environment.put("JOBRADAR_DATABASE", settings.databaseUrl());
    if (settings.databaseUser() != null) {
      environment.put("JOBRADAR_DATABASE_USER", settings.databaseUser());
    }
    environment.put("TELEGRAM_API_ID", "1");
    environment.put("TELEGRAM_API_HASH", "hash");
    environment.put(
        "JOBRADAR_TELEGRAM_DATA_CENTRES",
        sandbox.dataCentres().stream()
            .map(dc -> dc.id() + "=" + dc.host() + ":" + dc.port())
            .collect(Collectors.joining(",")));
    environment.put("JOBRADAR_TELEGRAM_PUBLIC_KEY_FILE", publicKey.toString());
    environment.put("SERVER_ADDRESS", "127.0.0.1");
    environment.put("SERVER_PORT", Integer.toString(port.first()));
    return new RunningService(builder.start(), port, log);
  }

  /** Waits until it answers requests. */
  void awaitReady() throws InterruptedException, IOException {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + port.first() + "/actuator/health/readiness"))
            .timeout(Duration.ofSeconds(5))
            .build();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (true) {
      try {
        if (HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
      } catch (IOException notYet) {
        // It does not listen yet.
      }
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new AssertionError("the service does not start:\n" + tail());
      }
      process.waitFor(50, TimeUnit.MILLISECONDS);
    }
  }

  /** Ends it as a power cut would. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** Ends it as an operator does; its exit code. */
  int stop() throws InterruptedException, IOException {
    process.destroy();
    return awaitExit();
  }

  /** Waits until it has ended by itself; its exit code. */
  int awaitExit() throws InterruptedException, IOException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("the service does not end:\n" + tail());
    }
    return process.exitValue();
  }

  /** The last lines that it wrote. */
  String tail() throws IOException {
    List<String> lines = Files.readAllLines(log);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
  }

  @Override
  public void close() {
    process.destroyForcibly();
    port.close();
  }
}
