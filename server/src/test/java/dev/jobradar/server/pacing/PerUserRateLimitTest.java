package dev.jobradar.server.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.clients.UserId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PerUserRateLimitTest {
  private final TestClock clock = new TestClock();
  private final PerUserRateLimit limit = new PerUserRateLimit(2, Duration.ofMinutes(1), clock);

  @Test
  void so_many_are_granted_in_any_span_and_then_one_has_to_wait() {
    UserId ann = new UserId(1);
    assertThat(limit.take(ann)).isEmpty();
    clock.advance(Duration.ofSeconds(20));
    assertThat(limit.take(ann)).isEmpty();
    assertThat(limit.take(ann)).contains(clock.instant().plusSeconds(40));
    clock.advance(Duration.ofSeconds(40));
    assertThat(limit.take(ann)).isEmpty();
    assertThat(limit.take(ann)).contains(clock.instant().plusSeconds(20));
  }

  @Test
  void users_have_their_own() {
    for (int i = 1; i <= 2_000; i++) {
      assertThat(limit.take(new UserId(i))).isEmpty();
      assertThat(limit.take(new UserId(i))).isEmpty();
      assertThat(limit.take(new UserId(i))).isPresent();
    }
  }
}
