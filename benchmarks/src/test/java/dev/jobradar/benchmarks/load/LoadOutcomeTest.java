package dev.jobradar.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.benchmarks.Watched.Message;
import dev.jobradar.benchmarks.load.LoadOutcome.Posted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoadOutcomeTest {
  private static final long SECOND = 1_000_000_000L;

  /** Users 0 and 4 want a post of group 0. */
  private final LoadPlan plan = LoadPlan.of(5, 12, 1);

  private final Posted first = new Posted(new LoadPost(1, Duration.ZERO, 3, 0), SECOND);
  private final Posted second = new Posted(new LoadPost(2, Duration.ZERO, 4, 0), 2 * SECOND);
  private final Posted unwanted =
      new Posted(new LoadPost(3, Duration.ZERO, 3, LoadPost.NOBODY), 3 * SECOND);

  private final List<List<Message>> received = new ArrayList<>();

  LoadOutcomeTest() {
    for (int user = 0; user < 5; user++) {
      received.add(new ArrayList<>());
    }
  }

  private void message(int user, long nanos, Integer... posts) {
    received.get(user).add(new Message(nanos, List.of(posts)));
  }

  private LoadOutcome outcome() {
    return LoadOutcome.of(plan, List.of(first, second, unwanted), received);
  }

  @Test
  void delays_count_from_the_order_and_are_sorted() {
    message(0, 5 * SECOND, 1);
    message(0, 3 * SECOND, 2);
    message(4, 4 * SECOND, 1, 2);

    assertThat(outcome())
        .isEqualTo(
            new LoadOutcome(
                4,
                List.of(
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(4)),
                0,
                0,
                0));
  }

  @Test
  void what_does_not_come_is_lost_and_what_comes_again_is_doubled() {
    message(0, 2 * SECOND, 1);
    message(0, 3 * SECOND, 1);

    LoadOutcome outcome = outcome();
    assertThat(outcome.due()).isEqualTo(4);
    assertThat(outcome.lost()).isEqualTo(3);
    assertThat(outcome.doubled()).isEqualTo(1);
    assertThat(outcome.delays()).containsExactly(Duration.ofSeconds(1));
  }

  @Test
  void what_nobody_looked_for_is_no_lead() {
    message(0, 4 * SECOND, 3);
    message(1, 4 * SECOND, 1);

    assertThat(outcome().unasked()).isEqualTo(2);
    assertThat(outcome().lost()).isEqualTo(4);
  }

  @Test
  void a_message_of_an_unknown_moment_is_not_lost() {
    message(0, LoadOutcome.UNKNOWN, 1, 2);
    message(4, 4 * SECOND, 1, 2);

    assertThat(outcome().lost()).isZero();
    assertThat(outcome().delays()).hasSize(2);
  }

  @Test
  void other_posts_are_passed_over() {
    message(0, 4 * SECOND, 99);
    assertThat(outcome().unasked()).isZero();
  }

  @Test
  void a_percentile_is_a_delay_that_was_seen() {
    List<Duration> delays = new ArrayList<>();
    for (int i = 1; i <= 200; i++) {
      delays.add(Duration.ofMillis(i));
    }
    LoadOutcome outcome = new LoadOutcome(200, delays, 0, 0, 0);
    assertThat(outcome.percentile(50)).isEqualTo(Duration.ofMillis(100));
    assertThat(outcome.percentile(99)).isEqualTo(Duration.ofMillis(198));
    assertThat(outcome.percentile(100)).isEqualTo(Duration.ofMillis(200));
    assertThat(new LoadOutcome(3, List.of(), 3, 0, 0).percentile(50)).isZero();
  }
}
