package dev.jobradar.server.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RecentRefusalsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final Instant LATER = NOW.plus(Duration.ofHours(1));

  private final RecentRefusals refusals = new RecentRefusals();

  @Test
  void a_refusal_holds_for_a_moment_and_is_not_renewed_by_those_that_it_refuses() {
    refusals.add("a", LATER, NOW);
    Instant soon = NOW.plus(RecentRefusals.KEPT).minusMillis(1);
    assertThat(refusals.of("a", soon)).contains(LATER);
    assertThat(refusals.of("b", soon)).isEmpty();
    refusals.add("a", LATER, soon);
    assertThat(refusals.of("a", NOW.plus(RecentRefusals.KEPT))).isEmpty();
  }

  @Test
  void it_ends_when_its_limit_does_when_something_is_taken_back_and_when_the_clock_is_set_back() {
    refusals.add("short", NOW.plusSeconds(1), NOW);
    assertThat(refusals.of("short", NOW.plusSeconds(1))).isEmpty();
    refusals.add("a", LATER, NOW);
    assertThat(refusals.of("a", NOW.minusSeconds(1))).isEmpty();
    refusals.forget("a");
    assertThat(refusals.of("a", NOW)).isEmpty();
  }

  @Test
  void there_are_never_too_many() {
    for (int i = 0; i < RecentRefusals.MOST; i++) {
      refusals.add("bucket " + i, LATER, NOW);
    }
    refusals.add("one more", LATER, NOW);
    assertThat(refusals.of("one more", NOW)).isEmpty();
    Instant over = NOW.plus(RecentRefusals.KEPT);
    refusals.add("one more", LATER, over);
    assertThat(refusals.of("one more", over)).isPresent();
  }
}
