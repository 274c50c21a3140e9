package dev.jobradar.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.storage.TestDatabase;
import dev.jobradar.server.storage.Vault;
import dev.jobradar.server.storage.Vendor;
import dev.jobradar.server.web.WebSessions.Browser;
import dev.jobradar.server.web.WebSessions.Found;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Vendor.class)
@Timeout(60)
class WebSessionsIT {
  private static final UserId ANN = new UserId(1);
  private static final UserId BOB = new UserId(2);
  private static final Duration DAY = Duration.ofDays(1);

  private final TestDatabase database;
  private final WebSessions sessions;
  private Instant now = Instant.parse("2026-03-01T10:00:00Z");

  WebSessionsIT(Vendor vendor) {
    database = TestDatabase.open(vendor);
    sessions = new WebSessions(database.client(), Vault.create(), () -> now);
  }

  @BeforeEach
  void users() {
    for (UserId user : List.of(ANN, BOB)) {
      database
          .client()
          .sql("insert into users (id, phone, created_at, updated_at) values (?, '7', 0, 0)")
          .param(user.value())
          .update();
    }
  }

  @AfterEach
  void close() {
    database.close();
  }

  private String begin(UserId user) {
    return sessions.begin(user, Browser.UNKNOWN);
  }

  private Found find(String token) {
    return sessions.find(token, () -> "203.0.113.0/24");
  }

  private @Nullable UserId user(String token) {
    return find(token) instanceof Found.Session session ? session.user() : null;
  }

  /** The token that the browser uses next. */
  private String use(String token) {
    if (find(token) instanceof Found.Session session) {
      return session.renewed() == null ? token : session.renewed();
    }
    throw new AssertionError("the session is over");
  }

  @Test
  void a_token_is_found_and_not_stored() {
    String token = begin(ANN);
    assertThat(user(token)).isEqualTo(ANN);
    assertThat(
            database.client().sql("select token_hash from web_sessions").query(String.class).list())
        .singleElement()
        .asString()
        .doesNotContain(token);
    assertThat(find(token).toString()).doesNotContain(token);
  }

  @Test
  void every_browser_has_its_own() {
    String one = begin(ANN);
    String other = begin(ANN);
    assertThat(one).isNotEqualTo(other).hasSize(43);
    sessions.end(one);
    assertThat(user(one)).isNull();
    assertThat(user(other)).isEqualTo(ANN);
  }

  @Test
  void it_ends_after_thirty_days_without_use() {
    String token = begin(ANN);
    now = now.plus(WebSession.LIFETIME).minusMillis(1);
    token = use(token);
    now = now.plus(Duration.ofDays(29));
    token = use(token);
    now = now.plus(WebSession.LIFETIME);
    assertThat(user(token)).isNull();
  }

  @Test
  void it_ends_after_ninety_days_however_much_it_is_used() {
    Instant begun = now;
    String token = begin(ANN);
    for (int day = 1; day < 90; day++) {
      now = now.plus(DAY);
      token = use(token);
    }
    now = begun.plus(WebSession.LONGEST).minusSeconds(1);
    assertThat(find(token))
        .isInstanceOfSatisfying(
            Found.Session.class,
            session -> assertThat(session.remaining()).isEqualTo(Duration.ofSeconds(1)));
    now = now.plusSeconds(1);
    assertThat(user(token)).isNull();
    assertThat(sessions.list(ANN)).isEmpty();
  }

  @Test
  void the_token_is_replaced_once_a_day_and_the_one_before_is_good_for_a_minute() {
    String old = begin(ANN);
    now = now.plus(DAY);
    String fresh = use(old);
    assertThat(fresh).isNotEqualTo(old).hasSize(43);
    assertThat(use(old)).as("others under way get no third one").isEqualTo(old);
    assertThat(use(fresh)).isEqualTo(fresh);
    now = now.plus(WebSession.OVERLAP).minusMillis(1);
    assertThat(user(old)).isEqualTo(ANN);
    now = now.plusMillis(1);
    assertThat(find(old)).isEqualTo(new Found.Copied(ANN, ""));
    assertThat(user(fresh)).as("it is over for both").isNull();
    assertThat(find(old)).as("told once").isInstanceOf(Found.None.class);
  }

  @Test
  void a_browser_that_never_got_the_new_token_is_not_locked_out() {
    String old = begin(ANN);
    now = now.plus(DAY);
    String lost = use(old);
    now = now.plus(Duration.ofHours(3));
    String fresh = use(old);
    assertThat(fresh).isNotEqualTo(old).isNotEqualTo(lost);
    assertThat(user(lost)).isNull();
    assertThat(user(fresh)).isEqualTo(ANN);
    now = now.plus(WebSession.OVERLAP);
    assertThat(find(old)).isInstanceOf(Found.Copied.class);
  }

  @Test
  void of_many_requests_at_once_one_gets_the_new_token() throws Exception {
    String old = begin(ANN);
    now = now.plus(DAY);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<String>> uses = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        uses.add(() -> use(old));
      }
      List<String> fresh = new ArrayList<>();
      for (Future<String> each : threads.invokeAll(uses)) {
        if (!each.get().equals(old)) {
          fresh.add(each.get());
        }
      }
      assertThat(fresh).hasSize(1);
      assertThat(user(fresh.getFirst())).isEqualTo(ANN);
    }
  }

  @Test
  void what_has_ended_does_not_pile_up() {
    begin(ANN);
    now = now.plus(WebSession.LIFETIME);
    begin(BOB);
    assertThat(
            database.client().sql("select count(*) from web_sessions").query(Long.class).single())
        .isEqualTo(1);
  }

  @Test
  void a_list_says_what_is_known_of_each_browser() {
    Instant begun = now;
    String laptop = sessions.begin(ANN, new Browser("Firefox, Linux", "192.0.2.0/24", null));
    now = now.plusSeconds(60);
    sessions.begin(ANN, new Browser("Safari, iPhone", "198.51.100.0/24", null));
    sessions.begin(BOB, Browser.UNKNOWN);
    assertThat(sessions.list(ANN))
        .extracting(WebSessions.SignedIn::name)
        .containsExactly("Safari, iPhone", "Firefox, Linux");
    now = now.plus(WebSession.SEEN_EVERY);
    use(laptop);
    WebSessions.SignedIn first = sessions.list(ANN).getFirst();
    assertThat(first.name()).isEqualTo("Firefox, Linux");
    assertThat(first.place()).isEqualTo("203.0.113.0/24");
    assertThat(first.since()).isEqualTo(begun);
    assertThat(first.lastSeen()).isEqualTo(now);
  }

  @Test
  void they_are_ended_one_by_one_all_others_or_all_and_only_by_their_owner() {
    String laptop = begin(ANN);
    String phone = begin(ANN);
    String tablet = begin(ANN);
    String bobs = begin(BOB);
    long phones = id(phone);
    assertThat(sessions.end(BOB, phones)).isFalse();
    assertThat(sessions.browser(BOB, phones)).isEmpty();
    assertThat(sessions.end(ANN, phones)).isTrue();
    assertThat(sessions.end(ANN, phones)).isFalse();
    assertThat(user(phone)).isNull();
    sessions.endOthers(ANN, id(laptop));
    assertThat(user(tablet)).isNull();
    assertThat(user(laptop)).isEqualTo(ANN);
    sessions.endAll(ANN);
    assertThat(user(laptop)).isNull();
    assertThat(user(bobs)).isEqualTo(BOB);
  }

  private long id(String token) {
    return find(token) instanceof Found.Session session ? session.id() : 0;
  }

  @Test
  void what_is_no_token_is_nobodys() {
    for (String token : List.of("", "x".repeat(43), "x".repeat(5000))) {
      assertThat(find(token)).isInstanceOf(Found.None.class);
    }
  }
}
