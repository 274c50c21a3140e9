package dev.jobradar.telegram.updates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.jobradar.mtproto.RpcException;
import dev.jobradar.telegram.updates.Effect.EndReason;
import dev.jobradar.tl.api.method.Messages.GetHistory;
import dev.jobradar.tl.api.method.Updates.GetChannelDifference;
import dev.jobradar.tl.api.method.Updates.GetDifference;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Channels that the account has not joined. */
class PolledChannelTest {
  private static final ChannelPosition AT = new ChannelPosition(30, 4, 0);

  private final Rig rig = Rig.inStep();

  private UpdateMode watch(Rig rig, long channel) {
    UpdateMode mode = rig.engine.watch(channel, channel * 7, false, AT, rig.now);
    rig.take();
    return mode;
  }

  private void leave(long channel) {
    rig.engine.seen(List.of(Tl.channel(channel, 1, false)), rig.now);
    rig.take();
  }

  @Test
  void a_channel_that_is_not_joined_is_polled_from_the_start() {
    assertThat(watch(rig, 5)).isEqualTo(UpdateMode.POLLED);
    assertThat(rig.call(GetChannelDifference.class).pts()).isEqualTo(30);
  }

  @Test
  void it_is_asked_at_the_start_of_a_connection_beside_the_common_difference() {
    Rig again = new Rig(new CommonPosition(10, 0, Tl.DATE, 1));
    watch(again, 5);
    assertThat(again.waiting()).isEmpty();
    again.engine.connected(again.now);
    again.take();
    again.call(GetDifference.class);
    again.call(GetChannelDifference.class);
  }

  @Test
  void it_is_asked_again_after_the_time_that_the_answer_says() {
    watch(rig, 5);
    rig.answer(GetChannelDifference.class, Tl.nothingNew(30, 7));
    rig.pass(6_999);
    assertThat(rig.waiting()).isEmpty();
    rig.pass(1);
    assertThat(rig.waiting()).hasSize(1);
  }

  @Test
  void without_a_time_it_is_asked_again_after_a_second() {
    watch(rig, 5);
    rig.answer(GetChannelDifference.class, Tl.nothingNew(30, null));
    rig.pass(999);
    assertThat(rig.waiting()).isEmpty();
    rig.pass(1);
    assertThat(rig.waiting()).hasSize(1);
  }

  @Test
  void a_difference_that_is_not_final_is_asked_for_at_once() {
    watch(rig, 5);
    rig.answer(GetChannelDifference.class, Tl.channelDifference(false, 31, Tl.post(5, 5)));
    assertThat(rig.call(GetChannelDifference.class).pts()).isEqualTo(31);
  }

  @Test
  void a_post_seen_by_poll_and_by_push_is_delivered_once() {
    watch(rig, 5);
    rig.receive(Tl.newPost(5, 5, 31));
    rig.answer(GetChannelDifference.class, Tl.channelDifference(true, 31, Tl.post(5, 5)));
    rig.receive(Tl.newPost(5, 5, 31));
    rig.receive(Tl.newPost(5, 6, 32));
    rig.pass(30_000);
    rig.answer(GetChannelDifference.class, Tl.channelDifference(true, 33, Tl.post(5, 7)));
    assertThat(rig.posts(5)).containsExactly(5, 6, 7);
  }

  @Test
  void a_gap_is_repaired_before_the_next_poll() {
    watch(rig, 5);
    rig.answer(GetChannelDifference.class, Tl.nothingNew(30, 60));
    rig.receive(Tl.newPost(5, 6, 32));
    rig.pass(500);
    assertThat(rig.waiting()).hasSize(1);
  }

  @Test
  void a_poll_that_fails_is_repeated_and_then_goes_on_as_before() {
    watch(rig, 5);
    rig.fail(
        GetChannelDifference.class,
        RpcException.of(420, "FLOOD_WAIT_9", "updates.getChannelDifference"));
    rig.receive(Tl.newPost(5, 5, 31));
    assertThat(rig.posts(5)).containsExactly(5);
    rig.pass(9_000);
    rig.answer(GetChannelDifference.class, Tl.nothingNew(31, 2));
    rig.pass(2_000);
    assertThat(rig.waiting()).hasSize(1);
  }

  @Test
  void an_eleventh_is_refused_until_another_one_goes() {
    for (long channel = 1; channel <= 10; channel++) {
      watch(rig, channel);
    }
    assertThatExceptionOfType(TooManyPolledException.class)
        .isThrownBy(() -> watch(rig, 11))
        .withMessageContaining("10 channels");
    assertThat(rig.engine.watch(12, 1, true, AT, rig.now)).isEqualTo(UpdateMode.PUSHED);
    rig.engine.unwatch(3, rig.now);
    assertThat(watch(rig, 11)).isEqualTo(UpdateMode.POLLED);
  }

  @Test
  void one_that_waits_for_its_turn_is_asked_when_one_that_was_asked_is_unwatched() {
    for (long channel = 1; channel <= 5; channel++) {
      watch(rig, channel);
    }
    assertThat(rig.calls()).extracting(Effect.Call::channelId).containsExactly(1L, 2L, 3L, 4L);
    assertThat(rig.engine.nextWakeUp()).isGreaterThan(rig.now);
    rig.engine.unwatch(2, rig.now);
    rig.take();
    assertThat(rig.calls()).extracting(Effect.Call::channelId).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(rig.engine.nextWakeUp()).isGreaterThan(rig.now);
  }

  @Test
  void a_channel_that_the_account_joins_is_asked_once_more_and_polled_no_longer() {
    watch(rig, 5);
    rig.answer(GetChannelDifference.class, Tl.nothingNew(30, 1));
    rig.receive(Tl.with(Tl.channel(5, 35, true)));
    assertThat(rig.engine.updateMode(5)).contains(UpdateMode.PUSHED);
    assertThat(rig.all(Effect.UpdateModeChanged.class))
        .containsExactly(new Effect.UpdateModeChanged(5, UpdateMode.PUSHED));
    rig.answer(GetChannelDifference.class, Tl.nothingNew(30, 1));
    rig.pass(60_000);
    assertThat(rig.waiting()).isEmpty();
  }

  @Test
  void leaving_a_channel_when_ten_are_polled_ends_it() {
    rig.engine.watch(12, 1, true, AT, rig.now);
    for (long channel = 1; channel <= 10; channel++) {
      watch(rig, channel);
    }
    leave(12);
    assertThat(rig.all(Effect.WatchEnded.class))
        .containsExactly(new Effect.WatchEnded(12, AT, EndReason.TOO_MANY_POLLED, "left"));
    assertThat(rig.engine.updateMode(12)).isEmpty();
  }

  @Test
  void it_does_not_hold_back_the_date_because_it_asks_by_itself() {
    watch(rig, 5);
    rig.receive(Tl.inOrder(2, Tl.DATE + 500, Tl.mark(1)));
    assertThat(rig.standing()).isEqualTo("u10.0.1700000500.2");
  }

  @Test
  void the_newest_post_is_where_it_begins() {
    rig.engine.watch(5, 35, false, ChannelPosition.NEWEST, rig.now);
    rig.take();
    rig.answer(GetHistory.class, Tl.history(30, Tl.post(5, 4)));
    assertThat(rig.call(GetChannelDifference.class).pts()).isEqualTo(30);
  }
}
