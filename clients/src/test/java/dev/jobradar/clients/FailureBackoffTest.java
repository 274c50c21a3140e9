package dev.jobradar.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FailureBackoffTest {
  private static final UserId SOMEBODY = new UserId(1);
  private final FailureBackoff backoff = new FailureBackoff();

  private void assertRest(long seconds) {
    assertThat(backoff.delay(SOMEBODY))
        .isBetween(Duration.ofSeconds(seconds), Duration.ofMillis(seconds * 1500));
  }

  @Test
  void each_failure_in_a_row_doubles_the_rest_up_to_a_bound() {
    for (long seconds : new long[] {5, 10, 20, 40, 80, 160, 300, 300}) {
      backoff.failed(SOMEBODY);
      assertRest(seconds);
    }
    for (int i = 0; i < 100; i++) {
      backoff.failed(SOMEBODY);
    }
    assertRest(300);
  }

  @Test
  void one_users_failures_are_not_anothers_and_a_connection_ends_them() {
    backoff.failed(SOMEBODY);
    backoff.failed(SOMEBODY);
    assertThat(backoff.delay(new UserId(2))).isLessThanOrEqualTo(Duration.ofMillis(7500));
    backoff.reset(SOMEBODY);
    backoff.failed(SOMEBODY);
    assertRest(5);
  }

  @Test
  void many_do_not_come_back_at_once() {
    Set<Duration> seen = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      seen.add(backoff.delay(SOMEBODY));
    }
    assertThat(seen).hasSizeGreaterThan(100);
  }
}
