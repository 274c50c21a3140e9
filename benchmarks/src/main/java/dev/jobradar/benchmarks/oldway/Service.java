package dev.jobradar.benchmarks.oldway;

import dev.jobradar.benchmarks.SandboxChild;
import dev.jobradar.benchmarks.ServiceChild;
import dev.jobradar.benchmarks.TemporaryFolder;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code ./jobradar run} as a process, with a folder of its own that goes with it. Its settings are
 * the usual ones but for two: the sandbox is its Telegram, and it believes {@code X-Forwarded-For},
 * since one address may not sign in as many people as we need. Thread-safe.
 */
final class Service implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int USERS_AN_ADDRESS = 8;

  private final HttpClient http =
      HttpClient.newBuilder()
          .proxy(HttpClient.Builder.NO_PROXY)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final TemporaryFolder home = new TemporaryFolder("jobradar-benchmark-service");
  private final ServiceChild child;

  private Service(Path jobradar, SandboxChild sandbox) throws IOException {
    child =
        new ServiceChild(
            jobradar, sandbox, home.path(), Map.of("SERVER_FORWARD_HEADERS_STRATEGY", "native"));
  }

  /** Starts it, and waits until it answers requests. */
  static Service start(Path jobradar, SandboxChild sandbox)
      throws IOException, InterruptedException {
    Service service = new Service(jobradar, sandbox);
    try {
      service.child.awaitReady();
      return service;
    } catch (IOException | InterruptedException | RuntimeException e) {
      service.close();
      throw e;
    }
  }

  /** Somebody who has signed in. */
  record Visitor(String phone, String cookie) {
    /** Shows neither. */
    @Override
    public String toString() {
      return "Visitor";
    }
  }

  /** Signs a new user in, with a phone of the sandbox whose code is known. */
  Visitor signIn(int user) throws IOException, InterruptedException {
    // Numbers that end in 7 have a password, and those in 0000 no account.
    String phone = "+999661%04d".formatted(1 + user / 6 * 10 + user % 6);
    String address = "198.51.100." + (1 + user / USERS_AN_ADDRESS);
    String id = signIn(address, "start", Map.of("phone", phone)).path("auth_id").asString("");
    signIn(address, "submit-code", Map.of("auth_id", id, "code", "11111"));
    HttpResponse<String> saved =
        send(
            to("/api/auth/save").header("X-Forwarded-For", address), "POST", Map.of("auth_id", id));
    String cookie = saved.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
    return new Visitor(phone, cookie);
  }

  private JsonNode signIn(String address, String step, Map<String, Object> body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = to("/api/auth/" + step).header("X-Forwarded-For", address);
    return JSON.readTree(send(request, "POST", body).body());
  }

  /** Gives everybody a plan with enough tasks, which the API has no call for yet. */
  void planForAll() throws SQLException {
    String url = "jdbc:sqlite:" + home.path().resolve("jobradar.db") + "?busy_timeout=10000";
    try (Connection database = DriverManager.getConnection(url);
        Statement statement = database.createStatement()) {
      statement.executeUpdate("update users set plan = 'business', plan_until = null");
    }
  }

  JsonNode get(Visitor who, String path) throws IOException, InterruptedException {
    return call(who, path, "GET", Map.of());
  }

  JsonNode post(Visitor who, String path, Map<String, Object> body)
      throws IOException, InterruptedException {
    return call(who, path, "POST", body);
  }

  private JsonNode call(Visitor who, String path, String method, Map<String, Object> body)
      throws IOException, InterruptedException {
    return JSON.readTree(send(to(path).header("Cookie", who.cookie()), method, body).body());
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(child.uri(path)).timeout(Duration.ofSeconds(60));
  }

  private HttpResponse<String> send(
      HttpRequest.Builder request, String method, Map<String, Object> body)
      throws IOException, InterruptedException {
    HttpRequest.BodyPublisher publisher =
        method.equals("GET")
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body));
    HttpRequest made =
        request.header("Content-Type", "application/json").method(method, publisher).build();
    HttpResponse<String> answer = http.send(made, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(
          "%s %s answered %d: %s"
              .formatted(
                  method,
                  made.uri().getPath(),
                  answer.statusCode(),
                  JSON.readTree(answer.body()).path("code").asString("")));
    }
    return answer;
  }

  /** Ends it as an operator does, and deletes its folder. The second time it does nothing. */
  @Override
  public void close() throws IOException {
    child.close();
    http.shutdownNow();
    home.close();
  }
}
