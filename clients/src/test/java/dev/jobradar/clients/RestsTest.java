package dev.jobradar.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RestsTest {
  private static final UserId SOMEBODY = new UserId(1);
  private final Rests rests = new Rests();

  private void assertRest(long seconds) {
    assertThat(rests.of(SOMEBODY))
        .isBetween(Duration.ofSeconds(seconds), Duration.ofMillis(seconds * 1500));
  }

  @Test
  void each_failure_in_a_row_doubles_the_rest_up_to_a_bound() {
    for (long seconds : new long[] {5, 10, 20, 40, 80, 160, 300, 300}) {
      rests.failed(SOMEBODY);
      assertRest(seconds);
    }
    for (int i = 0; i < 100; i++) {
      rests.failed(SOMEBODY);
    }
    assertRest(300);
  }

  @Test
  void one_users_failures_are_not_anothers_and_a_connection_ends_them() {
    rests.failed(SOMEBODY);
    rests.failed(SOMEBODY);
    assertThat(rests.of(new UserId(2))).isLessThanOrEqualTo(Duration.ofMillis(7500));
    rests.over(SOMEBODY);
    rests.failed(SOMEBODY);
    assertRest(5);
  }

  @Test
  void many_do_not_come_back_at_once() {
    Set<Duration> seen = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      seen.add(rests.of(SOMEBODY));
    }
    assertThat(seen).hasSizeGreaterThan(100);
  }
}
