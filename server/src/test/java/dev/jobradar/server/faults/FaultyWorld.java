package dev.jobradar.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.jobradar.clients.UserId;
import dev.jobradar.sandbox.ReadyAccount;
import dev.jobradar.sandbox.Sandbox;
import dev.jobradar.sandbox.event.Event;
import dev.jobradar.server.JobRadarApplication;
import dev.jobradar.server.delivery.Delivery;
import dev.jobradar.server.delivery.DeliveryState;
import dev.jobradar.server.pacing.ServiceClock;
import dev.jobradar.server.storage.FaultyStatements;
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
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A strict sandbox, the service, and three users with a running task each; and the books that are
 * kept of what was posted, found and received.
 */
final class FaultyWorld implements AutoCloseable {
  /** The longest that it waits for what is bound to happen. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  static final String SEND = "messages.sendMessage";

  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern TOKEN = Pattern.compile("лид-(\\d+)-лид");

  /** Somebody who uses the service. */
  record Person(ReadyAccount account, UserId id) {
    dev.jobradar.sandbox.world.UserId telegram() {
      return account.user();
    }
  }

  /** When a message was sent, and whether it was refused. */
  record Sending(long userId, long nanos, @Nullable String error) {}

  final Queue<Sending> sendings = new ConcurrentLinkedQueue<>();
  final Sandbox sandbox;
  final List<String> channels = new ArrayList<>();
  final List<Person> people = new ArrayList<>();

  /** The statements of the service. */
  final FaultyStatements statements = new FaultyStatements();

  /** By how much the machine's clock is wrong, as far as the service can see. */
  private volatile Duration clockOffset = Duration.ZERO;

  private final Map<String, String> codes = new ConcurrentHashMap<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private final TestDatabase database = TestDatabase.open(Vendor.SQLITE);
  private final ServletWebServerApplicationContext context;
  private final String base;
  private final Map<UserId, String> cookies = new HashMap<>();

  /** The matching posts: channel and message id to the token in the text. */
  private final Map<String, Integer> posted = new TreeMap<>();

  private final Map<String, Integer> positions = new HashMap<>();
  private int number;

  FaultyWorld() {
    sandbox = Sandbox.builder().dataCentres(2).strict(true).listener(this::hear).start();
    List<ReadyAccount> accounts = sandbox.readyAccounts(3);
    channels.addAll(ReadyUser.channels(sandbox, accounts.getFirst(), true, 2));
    channels.addAll(ReadyUser.channels(sandbox, accounts.getFirst(), false, 1));
    Vault vault = Vault.open(database.settings());
    for (ReadyAccount account : accounts) {
      people.add(new Person(account, ReadyUser.store(database, vault, account, channels)));
    }
    context = start();
    base = "http://127.0.0.1:" + Objects.requireNonNull(context.getWebServer()).getPort();
    for (Person each : people) {
      cookies.put(
          each.id(),
          context.getBean(WebSessions.class).begin(each.id(), WebSessions.Browser.UNKNOWN));
    }
  }

  private void hear(Event event) {
    if (event instanceof Event.Rpc rpc && rpc.method().equals(SEND)) {
      sendings.add(new Sending(rpc.userId(), System.nanoTime(), rpc.error()));
    } else if (event instanceof Event.Code code) {
      codes.put(code.phone(), code.code());
    }
  }

  private ServletWebServerApplicationContext start() {
    TelegramOptions telegram =
        SandboxClients.options(sandbox)
            .keepAlive(SandboxClients.IMPATIENT)
            .callTimeout(Duration.ofSeconds(3))
            .build();
    SpringApplication application = new SpringApplication(JobRadarApplication.class);
    application.addInitializers(fresh -> {
      GenericApplicationContext parts = (GenericApplicationContext) fresh;
      parts.registerBean(TelegramOptions.class, () -> telegram);
      parts.registerBean(
          ServiceClock.class,
          () -> new ServiceClock(() -> Instant.now().plus(clockOffset), System::nanoTime));
      parts.registerBean(FaultyStatements.class, () -> statements);
    });
    return (ServletWebServerApplicationContext)
        application.run(
            "--server.port=0",
            "--server.address=127.0.0.1",
            "--jobradar.home=" + database.settings().home());
  }

  // --- what people see -----------------------------------------------------------------------

  /** What {@code /api/user/me} says. */
  JsonNode me(Person person) {
    return get(person, "/api/user/me");
  }

  /** How a person's Telegram stands, as they are told. */
  String telegram(Person person) {
    return me(person).path("telegram").asString();
  }

  /** The states of the sources of a person's only task. */
  List<String> sourceStates(Person person) {
    List<String> states = new ArrayList<>();
    get(person, "/api/tasks")
        .path("tasks")
        .path(0)
        .path("source_states")
        .forEach(each -> states.add(each.path("status").asString()));
    return states;
  }

  DeliveryState deliveries(Person person) {
    return context.getBean(Delivery.class).state(person.id());
  }

  /** Gives a person's only task another name; says how that was answered. */
  int rename(Person person, String name) {
    long task = get(person, "/api/tasks").path("tasks").path(0).path("id").asLong();
    return send(HttpRequest.newBuilder(URI.create(base + "/api/tasks/" + task))
            .header("Cookie", "auth_token=" + cookies.get(person.id()))
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(JSON.writeValueAsString(Map.of("name", name)))))
        .statusCode();
  }

  String taskName(Person person) {
    return get(person, "/api/tasks").path("tasks").path(0).path("name").asString();
  }

  /** Posts JSON as a person; gives the answer as it is. */
  HttpResponse<String> send(Person person, String path, Map<String, ?> body) {
    return send(
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Cookie", "auth_token=" + cookies.get(person.id()))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(JSON.writeValueAsString(body))));
  }

  /** Begins to sign a person in; the status of the answer. */
  int startSignIn(Person person) {
    return send(HttpRequest.newBuilder(URI.create(base + "/api/auth/start"))
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.ofString(
                    JSON.writeValueAsString(Map.of("phone", person.account().phone())))))
        .statusCode();
  }

  /** The status of liveness. */
  int liveness() {
    return send(HttpRequest.newBuilder(URI.create(base + "/livez"))).statusCode();
  }

  /** A part of the service. */
  <T> T part(Class<T> type) {
    return context.getBean(type);
  }

  /** The id of a person's only task. */
  long task(Person person) {
    return get(person, "/api/tasks").path("tasks").path(0).path("id").asLong();
  }

  /** The status of readiness: 200 or 503. */
  int readiness() {
    return send(HttpRequest.newBuilder(URI.create(base + "/actuator/health/readiness")))
        .statusCode();
  }

  /** What was found of one thing that is looked at for readiness. */
  String health(String check) {
    HealthIndicator service = context.getBean("service", HealthIndicator.class);
    return String.valueOf(Objects.requireNonNull(service.health()).getDetails().get(check));
  }

  /**
   * The machine's clock is set.
   *
   * @param offset from the right time
   */
  void setClock(Duration offset) {
    clockOffset = offset;
  }

  // --- the database --------------------------------------------------------------------------

  /** Another program locks the database, until it is closed. */
  Connection lockDatabase() throws SQLException {
    Connection other = DriverManager.getConnection(database.settings().databaseUrl());
    try (Statement statement = other.createStatement()) {
      statement.execute("pragma busy_timeout = 60000");
      statement.execute("begin immediate");
    }
    return other;
  }

  /** Runs a pragma on every connection that the service has. */
  void onEachConnection(String pragma) throws SQLException {
    HikariDataSource pool = context.getBean(DataSource.class).unwrap(HikariDataSource.class);
    List<Connection> all = new ArrayList<>();
    try {
      for (int i = 0; i < pool.getMaximumPoolSize(); i++) {
        all.add(pool.getConnection());
      }
      for (Connection each : all) {
        try (Statement statement = each.createStatement()) {
          statement.execute(pragma);
        }
      }
    } finally {
      for (Connection each : all) {
        each.close();
      }
    }
  }

  private JsonNode get(Person person, String path) {
    return ask(
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Cookie", "auth_token=" + cookies.get(person.id())));
  }

  private JsonNode post(String path, Map<String, String> body) {
    return ask(
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(JSON.writeValueAsString(body))));
  }

  private JsonNode ask(HttpRequest.Builder request) {
    HttpResponse<String> answer = send(request);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError("no answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Signs a person in whose session Telegram has ended. */
  void signInAgain(Person person) {
    String phone = person.account().phone();
    JsonNode started = post("/api/auth/start", Map.of("phone", phone));
    assertThat(started.path("login_via").asString()).isEqualTo("telegram_sms");
    String id = started.path("auth_id").asString();
    String code = Objects.requireNonNull(codes.get(phone), "no code was sent");
    JsonNode entered = post("/api/auth/submit-code", Map.of("auth_id", id, "code", code));
    if (entered.path("requires_password").asBoolean()) {
      post("/api/auth/submit-password", Map.of("auth_id", id, "password", "secret"));
    }
    post("/api/auth/save", Map.of("auth_id", id));
  }

  // --- posts and what becomes of them --------------------------------------------------------

  /** In each channel so many vacancies and as many other posts. */
  void post(int vacancies) {
    for (int i = 0; i < vacancies; i++) {
      for (String channel : channels) {
        number++;
        int id = sandbox.post(channel, "лид-" + number + "-лид. Вакансия для всех").id();
        posted.put(channel + "/" + id, number);
        sandbox.post(channel, "Новости номер " + number);
      }
    }
  }

  /** Waits until everything posted so far has reached these people. */
  void awaitDelivered(List<Person> some) throws InterruptedException {
    Set<Integer> expected = Set.copyOf(posted.values());
    for (Person each : some) {
      await(
          () -> received(each).keySet().containsAll(expected),
          () -> "every post at user " + each.id().value() + ": " + standing(each));
    }
  }

  private String standing(Person person) {
    Set<Integer> missing = new TreeSet<>(posted.values());
    missing.removeAll(received(person).keySet());
    return "missing "
        + posted.entrySet().stream().filter(e -> missing.contains(e.getValue())).toList()
        + ", leads "
        + leads(person).size()
        + " of "
        + posted.size()
        + ", "
        + telegram(person)
        + ", "
        + sourceStates(person)
        + ", "
        + deliveries(person)
        + ", positions "
        + places();
  }

  /** Waits until everybody's sources were looked at for the first time. */
  void awaitWatched() throws InterruptedException {
    await(
        () ->
            database
                    .client()
                    .sql("select count(*) from sources where last_message_id is null")
                    .query(Long.class)
                    .single()
                == 0,
        () -> "every source is looked at");
  }

  /** Waits until a person is told that. */
  void awaitTelegram(Person person, String state) throws InterruptedException {
    await(() -> telegram(person).equals(state), () -> state + ", not " + telegram(person));
  }

  /** Waits for what is bound to happen; no position may go backwards meanwhile. */
  void await(BooleanSupplier condition, Supplier<String> what) throws InterruptedException {
    try {
      Eventually.await(
          "what is bound to happen",
          () -> {
            checkPositions();
            return condition.getAsBoolean();
          });
    } catch (ConditionTimeoutException e) {
      throw new AssertionError("not in time: " + what.get(), e);
    }
  }

  private Map<String, Integer> places() {
    Map<String, Integer> now = new TreeMap<>();
    database
        .client()
        .sql(
            "select t.user_id, s.name, s.last_message_id from sources s join tasks t"
                + " on t.id = s.task_id where s.last_message_id is not null")
        .query(row -> {
          now.put(
              row.getString("user_id") + " " + row.getString("name"),
              row.getInt("last_message_id"));
        });
    return now;
  }

  private void checkPositions() {
    Map<String, Integer> now = places();
    positions.forEach((source, id) ->
        assertThat(now.get(source)).as("position of " + source).isGreaterThanOrEqualTo(id));
    positions.putAll(now);
  }

  /** Every matching post is one lead and one message for everybody, and no more. */
  void assertWhole() {
    checkPositions();
    for (Person each : people) {
      assertThat(leads(each)).as("leads").containsExactlyInAnyOrderElementsOf(posted.keySet());
      Map<Integer, Long> messages = received(each);
      assertThat(messages.keySet()).isEqualTo(Set.copyOf(posted.values()));
      assertThat(messages.values()).as("messages about one lead").containsOnly(1L);
      assertThat(sourceStates(each)).as("states of sources").containsOnly("ok");
    }
    assertThat(sandbox.stats().maxOpenPerKey()).as("connections of a key").isEqualTo(1);
    assertThat(sandbox.stats().maxOpenPerAccount()).as("connections of an account").isEqualTo(1);
  }

  private List<String> leads(Person person) {
    return database
        .client()
        .sql("select source, message_id from leads where user_id = ?")
        .param(person.id().value())
        .query((row, n) -> row.getString("source") + "/" + row.getInt("message_id"))
        .list();
  }

  /** How many messages in Saved Messages mention each token. */
  private Map<Integer, Long> received(Person person) {
    return sandbox.savedMessages(person.telegram()).stream()
        .flatMap(message -> tokens(message.message().text()).stream())
        .collect(Collectors.groupingBy(token -> token, TreeMap::new, Collectors.counting()));
  }

  private static Set<Integer> tokens(String text) {
    Set<Integer> tokens = new TreeSet<>();
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.find()) {
      tokens.add(Integer.valueOf(matcher.group(1)));
    }
    return tokens;
  }

  /** Ends the service and asserts that it left no connection. */
  @Override
  public void close() {
    try {
      context.close();
      assertThat(sandbox.stats().connections()).as("connections left").isZero();
    } finally {
      sandbox.close();
      database.close();
    }
  }
}
