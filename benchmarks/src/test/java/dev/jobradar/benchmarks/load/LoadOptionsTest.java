package dev.jobradar.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobradar.benchmarks.load.LoadOptions.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadOptionsTest {
  @Test
  void without_options_it_is_a_small_run_on_sqlite() {
    assertThat(LoadOptions.parse(List.of()))
        .isEqualTo(
            new LoadOptions(100, 12, 3, Duration.ofMinutes(1), Database.SQLITE, false, 1, 0, null));
  }

  @Test
  void every_option_is_taken() {
    assertThat(
            LoadOptions.parse(
                List.of(
                    ("--users 1000 --channels 2000 --joined --rate 50 --minutes 10"
                            + " --database postgresql --seed -7 --heap 1024 --jfr /x.jfr")
                        .split(" "))))
        .isEqualTo(
            new LoadOptions(
                1_000,
                2_000,
                50,
                Duration.ofMinutes(10),
                Database.POSTGRESQL,
                true,
                -7,
                1_024,
                Path.of("/x.jfr")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--users",
        "--users 0",
        "--users 20001",
        "--users many",
        "--channels 11",
        "--rate 0",
        "--minutes 121",
        "--heap 63",
        "--database oracle",
        "--jfr",
        "--dance 1",
        "--joined 1"
      })
  void what_is_not_known_or_out_of_range_is_refused(String line) {
    assertThatThrownBy(() -> LoadOptions.parse(List.of(line.split(" "))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
