package dev.jobradar.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.storage.TestDatabase;
import dev.jobradar.server.storage.Vault;
import dev.jobradar.server.storage.Vendor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

  @Test
  void a_token_is_found_and_not_stored() {
    String token = sessions.begin(ANN);
    assertThat(sessions.find(token)).contains(new WebSessions.Found(ANN, false));
    assertThat(
            database.client().sql("select token_hash from web_sessions").query(String.class).list())
        .singleElement()
        .asString()
        .doesNotContain(token);
  }

  @Test
  void every_browser_has_its_own() {
    String one = sessions.begin(ANN);
    String other = sessions.begin(ANN);
    assertThat(one).isNotEqualTo(other).hasSize(43);
    sessions.end(one);
    assertThat(sessions.find(one)).isEmpty();
    assertThat(sessions.find(other)).isPresent();
  }

  @Test
  void it_ends_after_thirty_days_without_use() {
    String token = sessions.begin(ANN);
    now = now.plus(WebSessions.LIFETIME).minusMillis(1);
    assertThat(sessions.find(token)).contains(new WebSessions.Found(ANN, true));
    now = now.plus(Duration.ofDays(29));
    assertThat(sessions.find(token)).isPresent();
    now = now.plus(WebSessions.LIFETIME);
    assertThat(sessions.find(token)).isEmpty();
  }

  @Test
  void use_prolongs_it_once_a_day() {
    String token = sessions.begin(ANN);
    now = now.plus(Duration.ofDays(1)).minusMillis(1);
    assertThat(sessions.find(token)).contains(new WebSessions.Found(ANN, false));
    now = now.plusMillis(1);
    assertThat(sessions.find(token)).contains(new WebSessions.Found(ANN, true));
    assertThat(sessions.find(token)).contains(new WebSessions.Found(ANN, false));
  }

  @Test
  void what_has_ended_does_not_pile_up() {
    sessions.begin(ANN);
    now = now.plus(WebSessions.LIFETIME);
    sessions.begin(BOB);
    assertThat(
            database.client().sql("select count(*) from web_sessions").query(Long.class).single())
        .isEqualTo(1);
  }

  @Test
  void all_of_a_user_can_be_ended() {
    String ann = sessions.begin(ANN);
    String annToo = sessions.begin(ANN);
    String bob = sessions.begin(BOB);
    sessions.endAll(ANN);
    assertThat(sessions.find(ann)).isEmpty();
    assertThat(sessions.find(annToo)).isEmpty();
    assertThat(sessions.find(bob)).isPresent();
  }

  @Test
  void what_is_no_token_is_nobodys() {
    assertThat(sessions.find("")).isEmpty();
    assertThat(sessions.find("x".repeat(43))).isEmpty();
    assertThat(sessions.find("x".repeat(5000))).isEmpty();
  }
}
