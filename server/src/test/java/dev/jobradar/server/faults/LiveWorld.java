package dev.jobradar.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.clients.UserId;
import dev.jobradar.sandbox.ReadyAccount;
import dev.jobradar.sandbox.Sandbox;
import dev.jobradar.sandbox.world.Message;
import dev.jobradar.sandbox.world.Update;
import dev.jobradar.server.JobRadarApplication;
import dev.jobradar.server.storage.TestDatabase;
import dev.jobradar.server.storage.Vault;
import dev.jobradar.server.storage.Vendor;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A sandbox, the service, and one person who uses it as a page does: by HTTP alone. */
final class LiveWorld implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  final Sandbox sandbox = Sandbox.builder().dataCentres(1).strict(true).start();
  final ReadyAccount account = sandbox.readyAccounts(1).getFirst();

  private final HttpClient http = HttpClient.newHttpClient();
  private final TestDatabase database = TestDatabase.open(Vendor.SQLITE);
  private final UserId user;
  private final List<String> joined;
  private final List<String> notJoined;
  private ServletWebServerApplicationContext context;
  private String base;
  private String cookie;

  LiveWorld() {
    joined = new ArrayList<>(ReadyUser.channels(sandbox, account, true, 12));
    notJoined = new ArrayList<>(ReadyUser.channels(sandbox, account, false, 9));
    Vault vault = Vault.open(database.settings());
    user = ReadyUser.store(database, vault, account, List.of());
    database.client().sql("delete from tasks").update();
    context = start();
    base = address();
    cookie = context.getBean(WebSessions.class).begin(user, WebSessions.Browser.UNKNOWN);
  }

  private ServletWebServerApplicationContext start() {
    TelegramOptions telegram =
        SandboxClients.options(sandbox)
            .keepAlive(SandboxClients.IMPATIENT)
            .callTimeout(Duration.ofSeconds(10))
            .build();
    SpringApplication application = new SpringApplication(JobRadarApplication.class);
    application.addInitializers(fresh ->
        ((GenericApplicationContext) fresh).registerBean(TelegramOptions.class, () -> telegram));
    return (ServletWebServerApplicationContext)
        application.run(
            "--server.port=0",
            "--server.address=127.0.0.1",
            "--jobradar.backfill.pause=10ms",
            "--jobradar.home=" + database.settings().home());
  }

  private String address() {
    return "http://127.0.0.1:" + Objects.requireNonNull(context.getWebServer()).getPort();
  }

  /** Ends the service, does something, and starts it again. */
  void whileAway(Runnable something) {
    context.close();
    something.run();
    context = start();
    base = address();
    cookie = context.getBean(WebSessions.class).begin(user, WebSessions.Browser.UNKNOWN);
  }

  /** The value of a gauge of the service. */
  double gauge(String name) {
    return context
        .getBean(io.micrometer.core.instrument.MeterRegistry.class)
        .get(name)
        .gauge()
        .value();
  }

  /** A channel that no test has used, whose posts are pushed. */
  String pushedChannel() {
    return joined.removeFirst();
  }

  /** A channel that no test has used, whose posts are polled. */
  String polledChannel() {
    return notJoined.removeFirst();
  }

  // --- what the person does ------------------------------------------------------------------

  JsonNode get(String path) {
    return ask(request(path).GET());
  }

  JsonNode post(String path, Map<String, ?> body) {
    return ask(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(JSON.writeValueAsString(body))));
  }

  JsonNode delete(String path) {
    return ask(request(path).DELETE());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path))
        .header("Cookie", "auth_token=" + cookie)
        .timeout(PATIENCE);
  }

  private JsonNode ask(HttpRequest.Builder request) {
    try {
      HttpResponse<String> answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new AssertionError("no answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** A running task that looks for these words; returns once all its sources are watched. */
  long task(List<String> include, List<String> exclude, String... sources) {
    return task(include, exclude, true, sources);
  }

  /** The same, for which posts of the same words are leads of their own. */
  long taskThatKeepsReposts(List<String> include, List<String> exclude, String... sources) {
    return task(include, exclude, false, sources);
  }

  private long task(
      List<String> include, List<String> exclude, boolean mergeReposts, String... sources) {
    long id =
        post(
                "/api/tasks",
                Map.of(
                    "name",
                    "task",
                    "sources",
                    List.of(sources),
                    "include_keywords",
                    include,
                    "exclude_keywords",
                    exclude,
                    "merge_reposts",
                    mergeReposts))
            .path("id")
            .asLong();
    Eventually.await(
        "the sources are watched",
        () -> states(id).stream().allMatch(each -> each.has("last_message_id")));
    return id;
  }

  void deleteTask(long id) {
    delete("/api/tasks/" + id);
  }

  JsonNode task(long id) {
    return get("/api/tasks/" + id);
  }

  List<JsonNode> states(long task) {
    return list(task(task).path("source_states"));
  }

  /** The state of a task's only source. */
  JsonNode state(long task) {
    return states(task).getFirst();
  }

  /** A task's leads, oldest first. */
  List<JsonNode> leads(long task) {
    return list(get("/api/leads/task/" + task + "?limit=100").path("leads")).reversed();
  }

  /** When a lead's post was edited; empty when it was not. */
  static String editedAt(JsonNode lead) {
    return lead.path("edited_at").asString("");
  }

  /** The texts of a task's leads, oldest first. */
  List<String> leadTexts(long task) {
    return leads(task).stream().map(lead -> lead.path("text").asString()).toList();
  }

  /** Reads a source's history to its end, or until so many posts were found. */
  JsonNode backfill(long task, int wanted) {
    long id =
        post("/api/tasks/" + task + "/backfill", Map.of("wanted", wanted))
            .path("backfills")
            .path(0)
            .path("id")
            .asLong();
    Eventually.await(
        "the backfill ends",
        () -> !"running".equals(get("/api/backfills/" + id).path("status").asString()));
    return get("/api/backfills/" + id);
  }

  /** The messages that the person got, oldest first. */
  List<Message> messages() {
    return sandbox.savedMessages(account.user()).stream().map(Update.NewMessage::message).toList();
  }

  /** Their texts. */
  List<String> received() {
    return messages().stream().map(Message::text).toList();
  }

  static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  @Override
  public void close() {
    try {
      context.close();
    } finally {
      sandbox.close();
      database.close();
    }
  }
}
