package dev.jobradar.benchmarks.attack;

import dev.jobradar.benchmarks.SandboxChild;
import dev.jobradar.benchmarks.ServiceChild;
import dev.jobradar.benchmarks.TemporaryFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * The service that is attacked, with a folder of its own that goes with it. It believes {@code
 * X-Forwarded-For}, so that attackers can have many addresses. Thread-safe.
 */
final class Target implements AutoCloseable {
  private static final Duration CALL = Duration.ofSeconds(60);

  private static final Map<String, String> SETTINGS =
      Map.of("SERVER_ADDRESS", "127.0.0.1", "SERVER_FORWARD_HEADERS_STRATEGY", "native");

  private final HttpClient http =
      HttpClient.newBuilder()
          .proxy(HttpClient.Builder.NO_PROXY)
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CALL)
          .build();
  private final TemporaryFolder home = new TemporaryFolder("jobradar-benchmark-attack");
  private final ServiceChild service;

  private Target(Path jobradar, SandboxChild sandbox) throws IOException {
    service = new ServiceChild(jobradar, sandbox, home.path(), SETTINGS);
  }

  /** Starts it, and waits until it answers requests. */
  static Target start(Path jobradar, SandboxChild sandbox)
      throws IOException, InterruptedException {
    Target target = new Target(jobradar, sandbox);
    try {
      target.service.awaitReady();
      return target;
    } catch (IOException | InterruptedException | RuntimeException e) {
      target.close();
      throw e;
    }
  }

  /** A request to be filled in. */
  HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(service.uri(path)).timeout(CALL);
  }

  HttpClient http() {
    return http;
  }

  /** A connection of its own, for what no HTTP client sends. */
  Socket connect() throws IOException {
    Socket socket = new Socket();
    socket.connect(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), service.uri("/").getPort()),
        10_000);
    socket.setSoTimeout(10_000);
    return socket;
  }

  /** How many bytes it has logged. */
  long logged() throws IOException {
    return Files.size(home.path().resolve("service.log"));
  }

  /** Its database, for who has another program open it. */
  String databaseUrl() {
    return "jdbc:sqlite:" + home.path().resolve("jobradar.db");
  }

  /** Ends it as an operator does, and deletes its folder. The second time it does nothing. */
  @Override
  public void close() throws IOException {
    service.close();
    http.shutdownNow();
    home.close();
  }
}
