package dev.jobradar.launcher.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.testsupport.Eventually;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A person's whole life with JobRadar, over HTTP, against {@code jobradar demo}. */
@Timeout(400)
class DemoJourneyIT {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** Lives at data centre 1, and has a two-step password since it ends in 7. */
  private static final String PHONE = "+99966 1 2007";

  private static final Pattern LOGIN_CODE =
      Pattern.compile("Ваш код входа в JobRadar: ([0-9A-Z]{4}-[0-9A-Z]{4})");
  private static final Pattern LEAD = Pattern.compile("🔥 Новый лид");
  private static final Pattern MOST =
      Pattern.compile("at most (\\d+) connections? per account, (\\d+) per key");

  @TempDir Path folder;

  private final HttpClient http =
      HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
  private String address = "";

  private record Answer(int status, JsonNode body) {
    JsonNode ok() {
      assertThat(status).as(body.toString()).isEqualTo(200);
      return body;
    }
  }

  private Answer call(String method, String path, Object body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + path))
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", "application/json")
            .method(
                method,
                body.equals("")
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    String text = response.body();
    return new Answer(
        response.statusCode(), text.isBlank() ? JSON.createObjectNode() : JSON.readTree(text));
  }

  private Answer get(String path) throws IOException, InterruptedException {
    return call("GET", path, "");
  }

  private String page(String path) throws IOException, InterruptedException {
    return http.send(
            HttpRequest.newBuilder(URI.create(address + path)).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private Answer post(String path, Object body) throws IOException, InterruptedException {
    return call("POST", path, body);
  }

  private JsonNode await(String path, Predicate<JsonNode> wanted, DemoProcess demo)
      throws IOException, InterruptedException {
    try {
      Eventually.await(path, Duration.ofSeconds(90), () -> wanted.test(get(path).ok()));
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(path + " still answers " + get(path) + "\n" + demo.told(), e);
    }
    return get(path).ok();
  }

  @Test
  void from_the_first_sign_in_to_the_last_goodbye_there_is_one_connection() throws Exception {
    try (DemoProcess demo = DemoProcess.start(folder, "--port", "0", "--posts-per-minute", "600")) {
      address = demo.address();
      assertThat(get("/api/user/me").status()).isEqualTo(401);
      assertThat(page("/sign-in")).contains("+99966 1 2001", "11111");

      firstSignIn();
      assertThat(get("/api/user/me").ok().get("plan").asString()).isEqualTo("trial");

      long task = makeTask();
      JsonNode leads =
          await("/api/leads?page=1&limit=20", found -> !found.get("leads").isEmpty(), demo);
      JsonNode lead = leads.get("leads").get(0);
      assertThat(lead.get("source_url").asString()).startsWith("https://t.me/");
      demo.await(LEAD, 0);
      long id = lead.get("id").asLong();
      await(
          "/api/leads/" + id,
          one -> !one.path("delivered_at").isMissingNode() && !one.path("delivered_at").isNull(),
          demo);
      assertThat(call("PUT", "/api/leads/" + id + "/viewed", "").status()).isEqualTo(200);

      backfill(task, demo);

      assertThat(
              call("PUT", "/api/user/settings", Map.of("alerts_personal", false))
                  .ok()
                  .get("alerts_personal")
                  .asBoolean())
          .isFalse();
      assertThat(post("/api/user/refresh", Map.of()).status()).isEqualTo(200);

      assertThat(post("/api/logout", Map.of()).status()).isEqualTo(200);
      assertThat(get("/api/user/me").status()).isEqualTo(401);

      repeatedSignIn(demo);
      assertThat(get("/api/user/me").ok().get("plan").asString()).isEqualTo("trial");

      assertThat(post("/api/user/disconnect-telegram", Map.of()).status()).isEqualTo(200);
      assertThat(get("/api/user/me").ok().get("telegram").asString()).isEqualTo("not_signed_in");

      URI meters = URI.create(address + "/actuator/prometheus");
      assertThat(
              http.send(
                      HttpRequest.newBuilder(meters).build(), HttpResponse.BodyHandlers.ofString())
                  .body())
          .doesNotContain("jobradar_clients");

      int before = demo.printed();
      assertThat(demo.stop()).isEqualTo(0);
      var most = demo.await(MOST, before);
      assertThat(most.group(1)).isEqualTo("1");
      assertThat(most.group(2)).isEqualTo("1");
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.startsWith("jobradar-demo-"));
    }
    assertThat(DemoProcess.elsewhere(folder)).doesNotExist();
  }

  private void firstSignIn() throws Exception {
    JsonNode started = post("/api/auth/start", Map.of("phone", PHONE)).ok();
    assertThat(started.get("login_via").asString()).isEqualTo("telegram_sms");
    String authId = started.get("auth_id").asString();
    Answer wrong = post("/api/auth/submit-code", Map.of("auth_id", authId, "code", "99999"));
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.body().get("detail").asString()).isNotBlank();
    JsonNode next = post("/api/auth/submit-code", Map.of("auth_id", authId, "code", "11111")).ok();
    assertThat(next.get("requires_password").asBoolean()).isTrue();
    post("/api/auth/submit-password", Map.of("auth_id", authId, "password", "secret")).ok();
    post("/api/auth/save", Map.of("auth_id", authId)).ok();
  }

  /** Our own code comes to Saved Messages. */
  private void repeatedSignIn(DemoProcess demo) throws Exception {
    int before = demo.printed();
    JsonNode started = post("/api/auth/start", Map.of("phone", PHONE)).ok();
    assertThat(started.get("login_via").asString()).isEqualTo("telegram_message");
    String code = demo.await(LOGIN_CODE, before).group(1);
    post("/api/auth/login-by-telegram", Map.of("phone", PHONE, "code", code)).ok();
    assertThat(post("/api/auth/login-by-telegram", Map.of("phone", PHONE, "code", code)).status())
        .as("a code is good once")
        .isGreaterThanOrEqualTo(400);
  }

  private long makeTask() throws Exception {
    JsonNode task =
        post(
                "/api/tasks",
                Map.of(
                    "name",
                    "Everything",
                    "status",
                    "running",
                    "sources",
                    List.of("@javajobs", "https://t.me/golangjobs"),
                    "include_keywords",
                    List.of()))
            .body();
    assertThat(task.path("id").isNumber()).as(task.toString()).isTrue();
    assertThat(task.get("source_states").get(0).get("joined").asBoolean()).isTrue();
    assertThat(task.get("source_states").get(1).get("joined").asBoolean()).isFalse();
    assertThat(post("/api/tasks", Map.of("name", "More", "sources", List.of("@javajobs"))).status())
        .as("a trial has one task")
        .isEqualTo(403);
    return task.get("id").asLong();
  }

  private void backfill(long task, DemoProcess demo) throws Exception {
    Answer begun =
        post("/api/tasks/" + task + "/backfill", Map.of("source", "javajobs", "wanted", 150));
    long id = begun.ok().get("backfills").get(0).get("id").asLong();
    JsonNode done =
        await("/api/backfills/" + id, state -> state.get("status").asString().equals("done"), demo);
    assertThat(done.get("found").asInt()).isEqualTo(150);
  }
}
