package dev.jobradar.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.web.WebSession.Use;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebSessionTest {
  private static final Instant BEGUN = Instant.parse("2026-03-01T10:00:00Z");

  private static @Nullable Instant at(@Nullable String since) {
    return since == null ? null : BEGUN.plus(Duration.parse(since));
  }

  @ParameterizedTest
  @CsvSource({
    // by the present token
    "true,  , PT0S, , PT0S, PT1M, ACCEPT",
    "true,  , PT0S, , PT0S, PT10M, SEEN",
    "true,  , PT0S, , PT23H55M, PT24H, ROTATE",
    "true, p, PT24H, , PT24H, PT24H1S, CONFIRM",
    "true, p, PT24H, , PT24H, PT200H, CONFIRM",
    "true, p, PT24H, PT25H, PT25H, PT26H, SEEN",
    "true, p, PT24H, PT25H, PT25H, PT48H, ROTATE",
    // by the one before
    "false, p, PT24H, , PT24H, PT24H59S, ACCEPT",
    "false, p, PT24H, , PT24H, PT24H1M, ROTATE_AGAIN",
    "false, p, PT24H, , PT24H, PT500H, ROTATE_AGAIN",
    "false, p, PT24H, PT25H, PT25H, PT25H59S, ACCEPT",
    "false, p, PT24H, PT25H, PT25H, PT25H1M, COPIED",
    // the end
    "true,  , PT0S, , PT0S, PT720H, EXPIRED",
    "false, p, PT24H, PT25H, PT25H, PT720H, EXPIRED",
  })
  void its_use_decides_what_becomes_of_it(
      boolean current,
      @Nullable String previous,
      String rotated,
      @Nullable String confirmed,
      String seen,
      String now,
      Use use) {
    WebSession session =
        session(previous, BEGUN.plus(Duration.parse(rotated)), at(confirmed), seen);
    assertThat(session.onUse(current, BEGUN.plus(Duration.parse(now)))).isEqualTo(use);
  }

  private static WebSession session(
      @Nullable String previous, Instant rotated, @Nullable Instant confirmed, String seen) {
    return new WebSession(
        1,
        new UserId(1),
        "t",
        previous,
        rotated,
        confirmed,
        null,
        "",
        "",
        BEGUN,
        BEGUN.plus(Duration.parse(seen)),
        BEGUN.plus(WebSession.LIFETIME));
  }

  @ParameterizedTest
  @CsvSource({"PT0S, P30D", "P59D, P89D", "P61D, P90D", "P89D, P90D"})
  void use_prolongs_it_never_beyond_its_longest_life(String now, String until) {
    Instant used = BEGUN.plus(Duration.parse(now));
    assertThat(WebSession.prolonged(BEGUN, used)).isEqualTo(BEGUN.plus(Duration.parse(until)));
  }
}
