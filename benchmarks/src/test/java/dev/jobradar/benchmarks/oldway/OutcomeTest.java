package dev.jobradar.benchmarks.oldway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.benchmarks.Watched.Message;
import dev.jobradar.benchmarks.oldway.Outcome.Posted;
import dev.jobradar.benchmarks.oldway.PlannedPost.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** User 0 looks for "java" in the joined channel "javajobs" and in "golangjobs", which is not. */
class OutcomeTest {
  private static final List<Watch> TASKS = Watch.of(0);

  private static Posted post(
      int number, String channel, @Nullable String keyword, Kind kind, long millis) {
    PlannedPost post =
        PlannedPost.of(number, Duration.ZERO, channel, keyword, kind, new Random(number));
    return new Posted(post, millis * 1_000_000);
  }

  private static Message message(long millis, Integer... posts) {
    return new Message(millis * 1_000_000, List.of(posts));
  }

  private static Outcome of(List<Posted> posted, Message... received) {
    return Outcome.of(posted, List.of(List.of(received)));
  }

  @Test
  void user_0_looks_for_what_these_tests_say() {
    assertThat(TASKS.getFirst().keyword()).isEqualTo("java");
    assertThat(TASKS.getFirst().sources()).contains("javajobs", "golangjobs");
  }

  @Test
  void delays_are_told_apart_by_channel_and_by_what_the_post_was_part_of() {
    Outcome outcome =
        of(
            List.of(
                post(1, "javajobs", "java", Kind.STEADY, 1_000),
                post(2, "javajobs", "java", Kind.STEADY, 2_000),
                post(3, "golangjobs", "java", Kind.STEADY, 3_000),
                post(4, "golangjobs", "java", Kind.BURST, 3_000),
                post(5, "javajobs", "java", Kind.FLOOD, 3_000)),
            message(1_900, 1),
            message(2_010, 2),
            message(4_000, 3),
            message(4_500, 4),
            message(5_000, 5));
    assertThat(outcome.joined()).containsExactly(Duration.ofMillis(10), Duration.ofMillis(900));
    assertThat(outcome.others()).containsExactly(Duration.ofSeconds(1));
    assertThat(outcome.bursts()).containsExactly(Duration.ofMillis(1_500));
    assertThat(outcome.flood()).containsExactly(Duration.ofSeconds(2));
    assertThat(outcome.due()).isEqualTo(5);
    assertThat(outcome.messages()).isEqualTo(5);
    assertThat(outcome.complete()).isTrue();
  }

  @Test
  void what_does_not_come_is_lost() {
    Outcome outcome =
        of(
            List.of(
                post(1, "javajobs", "java", Kind.FLOOD, 0),
                post(2, "javajobs", "java", Kind.FLOOD, 0),
                post(3, "javajobs", "java", Kind.STEADY, 0),
                post(4, "javajobs", null, Kind.STEADY, 0),
                post(5, "golangjobs", "java", Kind.STEADY, 0)),
            message(5, 2));
    assertThat(outcome.due()).isEqualTo(4);
    assertThat(outcome.lost()).isEqualTo(3);
    assertThat(outcome.lostWhereFlooded()).isEqualTo(2);
    assertThat(outcome.complete()).isFalse();
  }

  @Test
  void what_comes_again_is_doubled_and_the_first_time_counts() {
    Outcome outcome =
        of(
            List.of(post(1, "javajobs", "java", Kind.STEADY, 0)),
            message(5, 1),
            message(7, 1),
            message(9, 1));
    assertThat(outcome.doubled()).isEqualTo(2);
    assertThat(outcome.joined()).containsExactly(Duration.ofMillis(5));
  }

  @Test
  void a_digest_delivers_all_that_it_tells_of() {
    Outcome outcome =
        of(
            List.of(
                post(1, "javajobs", "java", Kind.STEADY, 0),
                post(2, "javajobs", "java", Kind.STEADY, 0)),
            message(5, 1, 2));
    assertThat(outcome.complete()).isTrue();
    assertThat(outcome.messages()).isEqualTo(1);
  }

  @Test
  void what_nobody_asked_for_is_counted_and_what_is_not_of_this_run_is_not() {
    Outcome outcome =
        of(List.of(post(1, "javajobs", "golang", Kind.STEADY, 0)), message(5, 1), message(6, 99));
    assertThat(outcome.unasked()).isEqualTo(1);
    assertThat(outcome.due()).isZero();
    assertThat(outcome.messages()).isEqualTo(1);
  }

  @Test
  void a_percentile_is_the_delay_that_so_many_do_not_exceed() {
    List<Duration> hundred = IntStream.rangeClosed(1, 100).mapToObj(Duration::ofMillis).toList();
    assertThat(Outcome.percentile(hundred, 50)).isEqualTo(Duration.ofMillis(50));
    assertThat(Outcome.percentile(hundred, 99)).isEqualTo(Duration.ofMillis(99));
    assertThat(Outcome.percentile(hundred, 100)).isEqualTo(Duration.ofMillis(100));
    List<Duration> three = hundred.subList(0, 3);
    assertThat(Outcome.percentile(three, 50)).isEqualTo(Duration.ofMillis(2));
    assertThat(Outcome.percentile(three, 99)).isEqualTo(Duration.ofMillis(3));
    assertThat(Outcome.percentile(three, 0)).isEqualTo(Duration.ofMillis(1));
  }
}
