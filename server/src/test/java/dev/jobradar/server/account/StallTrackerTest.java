package dev.jobradar.server.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StallTrackerTest {
  private static final long JAVA = 5;
  private static final long GO = 6;

  private final StallTracker stalls = new StallTracker();

  private static WatchStall stall(String error, long since) {
    return new WatchStall(WatchStall.Cause.REFUSED, error, Instant.ofEpochSecond(since), -1, false);
  }

  @Test
  void a_stall_is_news_once_and_again_with_another_cause() {
    assertThat(stalls.stalled(JAVA, stall("A", 10))).isEqualTo(stall("A", 10));
    assertThat(stalls.stalled(JAVA, stall("A", 20))).isNull();
    assertThat(stalls.stalled(JAVA, stall("B", 30)))
        .as("since the start")
        .isEqualTo(stall("B", 10));
    assertThat(stalls.stalled(GO, stall("B", 30))).isEqualTo(stall("B", 30));
    assertThat(stalls.resumed(JAVA)).isTrue();
    assertThat(stalls.resumed(JAVA)).isFalse();
  }

  @Test
  void posts_do_not_end_a_stall_that_the_client_in_use_told_of() {
    stalls.stalled(JAVA, stall("A", 10));
    assertThat(stalls.delivered(JAVA)).as("they come by push or from the history").isFalse();
    stalls.restarted(JAVA);
    assertThat(stalls.delivered(JAVA)).isTrue();
    assertThat(stalls.delivered(JAVA)).isFalse();
  }

  @Test
  void a_stall_that_goes_on_after_a_new_beginning_is_no_news() {
    stalls.stalled(JAVA, stall("A", 10));
    stalls.restarted(JAVA);
    assertThat(stalls.stalled(JAVA, stall("A", 50))).isNull();
    assertThat(stalls.delivered(JAVA)).isFalse();
  }

  @Test
  void a_quiet_channel_that_no_longer_stalls_is_found_by_time_spent_watching_it() {
    stalls.stalled(JAVA, stall("A", 10));
    stalls.stalled(GO, stall("A", 10));
    assertThat(ticks(100, JAVA)).as("the client would tell").isEmpty();
    stalls.restarted(JAVA);
    assertThat(ticks(100, GO)).as("it is not watched").isEmpty();
    assertThat(ticks(100, JAVA)).containsExactly(JAVA);
    assertThat(stalls.resumed(GO)).isTrue();
  }

  @Test
  void what_is_no_longer_wanted_is_forgotten_and_the_account_is_kept() {
    stalls.stalled(JAVA, stall("A", 10));
    stalls.stalled(GO, stall("A", 10));
    stalls.stalled(StallTracker.ACCOUNT, stall("A", 10));
    stalls.retain(Set.of(GO));
    assertThat(stalls.resumed(JAVA)).isFalse();
    assertThat(stalls.resumed(GO)).isTrue();
    assertThat(stalls.resumed(StallTracker.ACCOUNT)).isTrue();
  }

  private List<Long> ticks(int times, long watched) {
    List<Long> ended = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      ended.addAll(stalls.tick(Set.of(watched)));
    }
    return ended;
  }
}
