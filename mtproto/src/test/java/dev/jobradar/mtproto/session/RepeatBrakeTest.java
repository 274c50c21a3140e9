package dev.jobradar.mtproto.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepeatBrakeTest {
  private static final long NOW = 1_000_000;

  @ParameterizedTest
  @CsvSource({
    // level before, quiet time before, level after, wait
    "0, 0, 1, 0",
    "1, 0, 2, 0",
    "2, 0, 3, 0",
    "3, 0, 4, 250",
    "4, 0, 5, 500",
    "5, 0, 6, 1000",
    "6, 0, 7, 2000",
    "7, 0, 8, 4000",
    "8, 0, 9, 4000",
    "9, 0, 10, 4000",
    "10, 0, 10, 4000",
    "5, 9999, 6, 1000",
    "5, 10000, 5, 500",
    "5, 29999, 4, 250",
    "5, 50000, 1, 0",
    "5, 9000000, 1, 0",
  })
  void each_repetition_waits_longer_and_quiet_time_forgets(
      int before, long quiet, int after, long wait) {
    RepeatBrake next = new RepeatBrake(before, NOW - quiet, 0).repeated(NOW);
    assertThat(next.level()).isEqualTo(after);
    assertThat(next.heldUntil()).isEqualTo(NOW + wait);
    assertThat(next.holds(NOW)).isEqualTo(wait > 0);
    assertThat(next.holds(NOW + wait)).isFalse();
    assertThat(next.brakes(NOW)).isEqualTo(after > RepeatBrake.FREE);
    assertThat(next.exhausted()).isEqualTo(after >= RepeatBrake.MAX);
  }

  @Test
  void a_wait_is_never_cut_short_by_the_next() {
    RepeatBrake held = new RepeatBrake(0, 0, NOW + 3000);
    assertThat(held.repeated(NOW).heldUntil()).isEqualTo(NOW + 3000);
  }
}
