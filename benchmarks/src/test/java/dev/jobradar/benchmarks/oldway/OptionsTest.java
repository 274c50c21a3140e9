package dev.jobradar.benchmarks.oldway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {
  @Test
  void what_is_not_said_is_as_usual() {
    assertThat(Options.parse(List.of())).isEqualTo(Options.DEFAULT);
  }

  @Test
  void each_option_says_one_thing() {
    assertThat(
            Options.parse(
                List.of(
                    "--users",
                    "7",
                    "--minutes",
                    "2",
                    "--interval",
                    "30",
                    "--answers",
                    "0",
                    "--seed",
                    "-4",
                    "--backfill",
                    "600")))
        .isEqualTo(
            new Options(7, Duration.ofMinutes(2), Duration.ofSeconds(30), Duration.ZERO, -4, 600));
  }

  @ParameterizedTest
  @CsvSource({
    "--users, 0, --users takes a number from 1 to 400",
    "--users, many, not 'many'",
    "--minutes, 61, from 1 to 60",
    "--interval, '', not ''",
    "--backfill, 1001, 'from 1 to 1,000'",
    "--user, 5, unknown option '--user'"
  })
  void a_wrong_one_is_named(String name, String value, String message) {
    assertThatThrownBy(() -> Options.parse(List.of(name, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void an_option_without_its_number_is_named() {
    assertThatThrownBy(() -> Options.parse(List.of("--users", "5", "--seed")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--seed");
  }
}
