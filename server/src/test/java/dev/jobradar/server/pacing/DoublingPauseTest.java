package dev.jobradar.server.pacing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoublingPauseTest {
  private final DoublingPause pause =
      new DoublingPause(Duration.ofSeconds(60), Duration.ofHours(1));

  @ParameterizedTest
  @CsvSource({
    "0, PT1M",
    "1, PT2M",
    "5, PT32M",
    "6, PT1H",
    "7, PT1H",
    "64, PT1H",
    "2147483647, PT1H",
  })
  void it_doubles_up_to_its_limit(int before, Duration expected) {
    assertThat(pause.after(before)).isEqualTo(expected);
  }

  @Test
  void a_pause_that_cannot_double_is_refused() {
    assertThatThrownBy(() -> new DoublingPause(Duration.ZERO, Duration.ofHours(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new DoublingPause(Duration.ofHours(2), Duration.ofHours(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
