package dev.jobradar.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.benchmarks.load.CpuCost.Stretch;
import java.time.Duration;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class CpuCostTest {
  /** 40 µs for each that is not wanted, 600 µs for each lead. */
  private static Stretch stretch(long received, long leads) {
    return new Stretch(
        received, leads, Duration.ofNanos((received - leads) * 40_000 + leads * 600_000));
  }

  @Test
  void two_stretches_tell_posts_and_leads_apart() {
    CpuCost cost = CpuCost.of(stretch(54_000, 3_400), stretch(18_000, 225));
    Objects.requireNonNull(cost);
    assertThat(cost.unwantedMicros()).isEqualTo(40, Offset.offset(0.01));
    assertThat(cost.leadMicros()).isEqualTo(600, Offset.offset(0.01));
  }

  @Test
  void with_the_same_share_of_leads_nothing_is_known() {
    assertThat(CpuCost.of(stretch(1_000, 100), stretch(2_000, 200))).isNull();
    assertThat(CpuCost.of(stretch(0, 0), stretch(0, 0))).isNull();
  }

  @Test
  void a_stretch_has_a_cost_for_each() {
    assertThat(stretch(100, 0).eachMicros()).isEqualTo(40);
    assertThat(stretch(0, 0).eachMicros()).isZero();
  }
}
