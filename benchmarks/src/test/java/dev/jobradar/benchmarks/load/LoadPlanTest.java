package dev.jobradar.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadPlanTest {
  @ParameterizedTest
  @ValueSource(ints = {12, 13, 30, 2_000})
  void everybody_watches_twelve_channels_and_is_one_of_their_watchers(int channels) {
    LoadPlan plan = LoadPlan.of(40, channels, 1);

    assertThat(plan.users()).isEqualTo(40);
    assertThat(plan.channels()).isEqualTo(channels);
    for (int user = 0; user < 40; user++) {
      List<Integer> ranks = plan.channelsOf(user);
      assertThat(new HashSet<>(ranks)).hasSize(LoadPlan.WATCHED);
      assertThat(ranks).allMatch(rank -> rank >= 1 && rank <= channels);
      for (int rank : ranks) {
        assertThat(plan.usersOf(rank)).contains(user);
      }
    }
    assertThat(IntStream.rangeClosed(1, channels).map(rank -> plan.usersOf(rank).size()).sum())
        .isEqualTo(40 * LoadPlan.WATCHED);
  }

  @Test
  void channels_are_popular_and_rare() {
    LoadPlan plan = LoadPlan.of(1_000, 2_000, 1);

    assertThat(plan.usersOf(1)).hasSizeGreaterThan(600);
    assertThat(plan.usersOf(10)).hasSizeBetween(70, 400);
    assertThat(
            IntStream.rangeClosed(1_001, 2_000)
                .filter(rank -> plan.usersOf(rank).size() <= 3)
                .count())
        .isGreaterThan(900);
  }

  @Test
  void the_same_seed_draws_the_same() {
    LoadPlan plan = LoadPlan.of(5, 100, 1);
    for (int user = 0; user < 5; user++) {
      assertThat(LoadPlan.of(5, 100, 1).channelsOf(user)).isEqualTo(plan.channelsOf(user));
    }
    assertThat(LoadPlan.of(5, 100, 2).channelsOf(0)).isNotEqualTo(plan.channelsOf(0));
  }

  @Test
  void a_wanted_post_is_wanted_by_a_quarter_of_those_who_watch() {
    LoadPlan plan = LoadPlan.of(8, 12, 1);
    LoadPost wanted = new LoadPost(1, Duration.ZERO, 7, 2);
    LoadPost not = new LoadPost(2, Duration.ZERO, 7, LoadPost.NOBODY);

    assertThat(plan.wanting(wanted)).containsExactly(2, 6);
    assertThat(plan.wants(6, wanted)).isTrue();
    assertThat(plan.wants(5, wanted)).isFalse();
    assertThat(plan.wanting(not)).isEmpty();
    assertThat(plan.due(List.of(wanted, not))).isEqualTo(2);
    assertThat(plan.received(List.of(wanted, not))).isEqualTo(16);
  }
}
