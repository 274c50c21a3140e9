package dev.jobradar.server.web.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.clients.UserId;
import dev.jobradar.sandbox.Sandbox;
import dev.jobradar.server.JobRadarApplication;
import dev.jobradar.server.web.WebSessions;
import dev.jobradar.telegram.TelegramOptions;
import dev.jobradar.testsupport.Eventually;
import dev.jobradar.testsupport.SandboxClients;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole service, a strict sandbox, and a person with a page open. */
@Timeout(120)
@SuppressWarnings("NullAway.Init")
class LiveJourneyIT {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String PHONE = "9996610031";

  @TempDir Path home;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Sandbox sandbox = Sandbox.builder().strict(true).start();
  private ServletWebServerApplicationContext context;
  private String base = "";
  private @Nullable String token;

  @BeforeEach
  void start() {
    TelegramOptions telegram = SandboxClients.options(sandbox).build();
    SpringApplication application = new SpringApplication(JobRadarApplication.class);
    application.addInitializers(fresh ->
        ((GenericApplicationContext) fresh).registerBean(TelegramOptions.class, () -> telegram));
    context =
        (ServletWebServerApplicationContext)
            application.run(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--jobradar.home=" + home,
                "--jobradar.backfill.pause=10ms",
                // A stream that does not end would be waited for until the test fails.
                "--spring.lifecycle.timeout-per-shutdown-phase=10m");
    base = "http://127.0.0.1:" + Objects.requireNonNull(context.getWebServer()).getPort();
  }

  @AfterEach
  void stop() {
    context.close();
    Eventually.await(
        "Telegram sees every connection closed", () -> sandbox.stats().connections() == 0);
    int most = sandbox.stats().maxOpenPerAccount();
    sandbox.close();
    http.close();
    assertThat(most).isEqualTo(1);
  }

  // --- a person ------------------------------------------------------------------------------

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
    return token == null ? request : request.header("Cookie", "auth_token=" + token);
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    return answer(request(path).GET());
  }

  private JsonNode post(String path, Map<String, ?> body) throws IOException, InterruptedException {
    return answer(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(JSON.writeValueAsString(body))));
  }

  private JsonNode answer(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> response =
        http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    for (String cookie : response.headers().allValues("Set-Cookie")) {
      if (cookie.startsWith("auth_token=")) {
        token = cookie.substring("auth_token=".length(), cookie.indexOf(';'));
      }
    }
    return JSON.readTree(response.body());
  }

  private void signIn() throws IOException, InterruptedException {
    String id = post("/api/auth/start", Map.of("phone", PHONE)).path("auth_id").asString();
    post("/api/auth/submit-code", Map.of("auth_id", id, "code", "11111"));
    post("/api/auth/save", Map.of("auth_id", id));
  }

  /** A page that listens. */
  private final class Page {
    private final LinkedBlockingQueue<Map.Entry<String, JsonNode>> events =
        new LinkedBlockingQueue<>();

    Page() throws IOException, InterruptedException {
      HttpResponse<Stream<String>> response =
          http.send(request("/api/events").GET().build(), HttpResponse.BodyHandlers.ofLines());
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().firstValue("Content-Type").orElse(""))
          .startsWith("text/event-stream");
      Thread.ofVirtual().start(() -> read(response.body()));
      next("ready");
    }

    private void read(Stream<String> lines) {
      String[] name = new String[1];
      try {
        lines.forEach(line -> {
          if (line.startsWith("event:")) {
            name[0] = line.substring("event:".length());
          } else if (line.startsWith("data:")) {
            events.add(Map.entry(name[0], JSON.readTree(line.substring("data:".length()))));
          }
        });
        events.add(Map.entry("end", JSON.nullNode()));
      } catch (RuntimeException broken) {
        events.add(Map.entry("broken", JSON.nullNode()));
      }
    }

    /** Waits for an event of that name, and passes over others. */
    JsonNode next(String name) throws InterruptedException {
      for (var event = poll(); ; event = poll()) {
        if (event.getKey().equals(name)) {
          return event.getValue();
        }
        assertThat(event.getKey()).as("instead of " + name).isNotIn("end", "broken");
      }
    }

    /** Waits until it was told of a lead and of its delivery, whichever came first. */
    void awaitDelivered() throws InterruptedException {
      Set<Long> found = new HashSet<>();
      Set<Long> delivered = new HashSet<>();
      while (Collections.disjoint(found, delivered)) {
        Map.Entry<String, JsonNode> event = poll();
        switch (event.getKey()) {
          case "leads" -> event.getValue().path("lead_ids").forEach(id -> found.add(id.asLong()));
          case "delivered" -> delivered.add(event.getValue().path("lead_id").asLong());
          default -> assertThat(event.getKey()).isNotIn("end", "broken");
        }
      }
    }

    private Map.Entry<String, JsonNode> poll() throws InterruptedException {
      Map.Entry<String, JsonNode> event = events.poll(60, TimeUnit.SECONDS);
      assertThat(event).as("an event").isNotNull();
      return Objects.requireNonNull(event);
    }
  }

  // --- the journey ---------------------------------------------------------------------------

  @Test
  void a_page_sees_what_happens_as_it_happens() throws Exception {
    signIn();
    JsonNode checked =
        post("/api/sources/check", Map.of("sources", List.of("@javajobs", "nobody_is_here")));
    assertThat(checked.path("sources").get(0).path("status").asString()).isEqualTo("ok");
    assertThat(checked.path("sources").get(0).path("joined").asBoolean()).isTrue();
    assertThat(checked.path("sources").get(0).path("title").asString()).isNotEmpty();
    assertThat(checked.path("sources").get(1).path("error").asString()).isEqualTo("NO_SUCH_NAME");

    Page page = new Page();
    JsonNode task =
        post(
            "/api/tasks",
            Map.of("name", "Java", "sources", "javajobs, golangjobs", "include_keywords", "java"));
    page.next("tasks");
    long id = task.path("id").asLong();
    JsonNode second = task.path("source_states").get(1);
    assertThat(second.path("status").asString()).isEqualTo("ok");

    JsonNode preview = post("/api/tasks/" + id + "/preview", Map.of("limit", 60));
    assertThat(preview.path("read").asInt()).isEqualTo(120);
    assertThat(preview.path("matched").asInt()).isPositive();
    JsonNode caught = preview.path("posts").get(0);
    JsonNode span = caught.path("matched_at").get(0);
    assertThat(
            caught
                .path("text")
                .asString()
                .substring(span.get(0).asInt(), span.get(1).asInt())
                .toLowerCase(java.util.Locale.ROOT))
        .contains("java");

    awaitWatched(id);
    int saved = messages().size();
    JsonNode begun =
        post("/api/tasks/" + id + "/backfill", Map.of("source", "javajobs", "wanted", 1_000));
    long backfill = begun.path("backfills").get(0).path("id").asLong();
    JsonNode news = page.next("backfill");
    int steps = 0;
    while (!news.path("status").asString().equals("done")) {
      assertThat(news.path("id").asLong()).isEqualTo(backfill);
      news = page.next("backfill");
      steps++;
    }
    assertThat(news.path("read").asInt()).isEqualTo(sandbox.posts("javajobs"));
    assertThat(steps).isBetween(news.path("read").asInt() / 100, 20);
    assertThat(news.path("found").asInt()).isPositive();
    JsonNode stats = get("/api/stats");
    assertThat(stats.path("leads_total").asInt()).isEqualTo(news.path("added").asInt());
    assertThat(get("/api/backfills/" + backfill).path("status").asString()).isEqualTo("done");
    assertThat(messages()).as("old posts are not sent").hasSize(saved);

    Page other = new Page();
    sandbox.post("javajobs", "Нужен Java-разработчик, задача 4711");
    page.awaitDelivered();
    other.awaitDelivered();
    assertThat(messages())
        .hasSize(saved + 1)
        .last()
        .asString()
        .contains("Нужен Java-разработчик, задача 4711", "Источник: @javajobs");

    sandbox.revoke(account(), 401, "SESSION_REVOKED");
    assertThat(page.next("session_ended").path("reason").asString()).isEqualTo("SESSION_REVOKED");

    post("/api/logout", Map.of());
    page.next("end");
    other.next("end");
  }

  @Test
  void streams_do_not_hold_up_the_end_of_the_service() throws Exception {
    signIn();
    Page page = new Page();
    token =
        context
            .getBean(WebSessions.class)
            .begin(
                new UserId(get("/api/user/me").path("id").asLong()), WebSessions.Browser.UNKNOWN);
    Page other = new Page();
    context.close();
    page.next("end");
    other.next("end");
  }

  @Test
  void strangers_and_too_many_pages_are_refused_in_words() throws Exception {
    assertThat(refused(401)).isEqualTo("authentication_required");
    signIn();
    for (int i = 0; i < LiveStreams.MAX_PER_USER; i++) {
      new Page();
    }
    assertThat(refused(429)).isEqualTo("live_too_many");
  }

  private String refused(int status) throws IOException, InterruptedException {
    HttpResponse<String> response =
        http.send(
            request("/api/events").header("Accept", "text/event-stream").GET().build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    return JSON.readTree(response.body()).path("code").asString();
  }

  private void awaitWatched(long task) {
    Eventually.await(
        "the source is watched",
        () ->
            !get("/api/tasks/" + task)
                .path("source_states")
                .get(0)
                .path("last_message_id")
                .isMissingNode());
  }

  private dev.jobradar.sandbox.world.UserId account() {
    return sandbox.world().userByPhone(PHONE).orElseThrow().id();
  }

  private List<String> messages() {
    return sandbox.savedMessages(account()).stream().map(m -> m.message().text()).toList();
  }
}
