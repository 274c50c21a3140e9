package dev.jobradar.telegram.updates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.mtproto.RpcException;
import dev.jobradar.tl.api.InputPeerChannel;
import dev.jobradar.tl.api.UpdateChannelTooLong;
import dev.jobradar.tl.api.messages.MessagesNotModified;
import dev.jobradar.tl.api.messages.MessagesSlice;
import dev.jobradar.tl.api.method.Channels.GetFullChannel;
import dev.jobradar.tl.api.method.Messages.GetHistory;
import dev.jobradar.tl.api.method.Updates.GetChannelDifference;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What only the history has: after a difference that is too long, and where a watch begins. */
class HistoryFillTest {
  private final Rig rig = Rig.inStep();

  HistoryFillTest() {
    rig.watchJoined(5, 30, 4);
  }

  private void tooLong(int pts, int top) {
    rig.receive(new UpdateChannelTooLong(5L, null));
    rig.answer(
        GetChannelDifference.class,
        Tl.tooLong(5, pts, top, Tl.posts(5, Math.max(1, top - 1), top)));
  }

  private Rig restartedAt(String position) {
    Rig again = Rig.inStep();
    again.engine.watch(5, 35, true, ChannelPosition.parse(position), again.now);
    again.take();
    return again;
  }

  private static List<Integer> ids(int from, int to) {
    return IntStream.rangeClosed(from, to).boxed().toList();
  }

  // Too long

  @Test
  void what_is_too_long_is_read_from_the_history_oldest_first() {
    tooLong(500, 300);
    assertThat(rig.posts(5)).isEmpty();
    GetHistory page = rig.call(GetHistory.class);
    assertThat(page.peer()).isEqualTo(new InputPeerChannel(5, 35));
    assertThat(page.offsetId()).isEqualTo(4);
    assertThat(page.addOffset()).isEqualTo(-99);
    assertThat(page.limit()).isEqualTo(100);
    assertThat(page.minId()).isEqualTo(4);
    rig.answer(GetHistory.class, Tl.history(510, Tl.posts(5, 5, 103)));
    assertThat(rig.call(GetHistory.class).offsetId()).isEqualTo(103);
    rig.answer(GetHistory.class, Tl.history(510, Tl.posts(5, 104, 202)));
    rig.answer(GetHistory.class, Tl.history(510, Tl.posts(5, 203, 301)));
    assertThat(rig.posts(5)).isEqualTo(ids(5, 301));
    assertThat(rig.call(GetChannelDifference.class).pts()).isEqualTo(500);
    rig.answer(
        GetChannelDifference.class,
        Tl.channelDifference(true, 510, Tl.post(5, 301), Tl.post(5, 302)));
    assertThat(rig.posts(5)).isEqualTo(ids(5, 302));
    assertThat(rig.standing(5)).isEqualTo("c510.302");
    assertThat(rig.waiting()).isEmpty();
  }

  @Test
  void the_positions_of_a_fill_say_how_far_it_went_and_where_it_ends() {
    tooLong(500, 7);
    assertThat(rig.all(Effect.ChannelMoved.class).getLast().position().text())
        .isEqualTo("c500.4.7");
    rig.answer(GetHistory.class, Tl.history(500, Tl.posts(5, 5, 7)));
    assertThat(rig.positions(5)).containsExactly("c500.5.7", "c500.6.7", "c500.7");
  }

  @Test
  void a_fill_goes_on_after_a_restart_where_it_was() {
    Rig again = restartedAt("c500.5.7");
    assertThat(again.call(GetHistory.class).offsetId()).isEqualTo(5);
    again.answer(GetHistory.class, Tl.history(500, Tl.posts(5, 6, 7)));
    assertThat(again.posts(5)).containsExactly(6, 7);
    assertThat(again.call(GetChannelDifference.class).pts()).isEqualTo(500);
  }

  @Test
  void what_is_pushed_during_a_fill_comes_after_it() {
    tooLong(500, 6);
    rig.receive(Tl.newPost(5, 7, 501));
    assertThat(rig.posts(5)).isEmpty();
    rig.answer(GetHistory.class, Tl.history(501, Tl.posts(5, 5, 7)));
    rig.answer(GetChannelDifference.class, Tl.nothingNew(500, null));
    rig.receive(Tl.newPost(5, 8, 502));
    assertThat(rig.posts(5)).containsExactly(5, 6, 7, 8);
    assertThat(rig.standing(5)).isEqualTo("c502.8");
  }

  @Test
  void nothing_is_read_when_nothing_was_posted() {
    tooLong(500, 4);
    assertThat(rig.waiting()).isEmpty();
    assertThat(rig.standing(5)).isEqualTo("c500.4");
  }

  @Test
  void what_was_deleted_meanwhile_leaves_no_hole_in_the_way() {
    tooLong(500, 9);
    rig.answer(GetHistory.class, Tl.history(500, Tl.post(5, 7)));
    assertThat(rig.posts(5)).containsExactly(7);
    for (int page = 0; page < 4; page++) {
      rig.pass(10_000);
      rig.answer(GetHistory.class, Tl.history(500));
    }
    // The newest message of then is gone as well.
    assertThat(rig.standing(5)).isEqualTo("c500.9");
    rig.answer(GetChannelDifference.class, Tl.nothingNew(500, null));
    assertThat(rig.posts(5)).containsExactly(7);
  }

  @Test
  void a_replica_that_lags_behind_the_difference_loses_nothing() {
    tooLong(500, 6);
    rig.answer(GetHistory.class, Tl.history(499, Tl.post(5, 5)));
    rig.answer(GetHistory.class, Tl.history(499));
    assertThat(rig.waiting()).isEmpty();
    rig.pass(1_000);
    rig.answer(GetHistory.class, Tl.history(500, Tl.post(5, 6)));
    assertThat(rig.posts(5)).containsExactly(5, 6);
  }

  @Test
  void a_flood_wait_on_a_page_repeats_that_page() {
    tooLong(500, 6);
    rig.fail(GetHistory.class, RpcException.of(420, "FLOOD_WAIT_5", "messages.getHistory"));
    rig.pass(5_000);
    assertThat(rig.call(GetHistory.class).offsetId()).isEqualTo(4);
  }

  @Test
  void too_long_again_after_a_fill_is_filled_again() {
    tooLong(500, 5);
    rig.answer(GetHistory.class, Tl.history(500, Tl.post(5, 5)));
    rig.answer(GetChannelDifference.class, Tl.tooLong(5, 900, 6, List.of(Tl.post(5, 6))));
    rig.answer(GetHistory.class, Tl.history(900, Tl.post(5, 6)));
    rig.answer(GetChannelDifference.class, Tl.nothingNew(900, null));
    assertThat(rig.posts(5)).containsExactly(5, 6);
  }

  @Test
  void too_long_without_a_pts_has_the_state_asked_for() {
    rig.receive(new UpdateChannelTooLong(5L, null));
    rig.answer(GetChannelDifference.class, Tl.tooLong(5, null, 6, List.of()));
    rig.answer(GetHistory.class, Tl.history(500, Tl.post(5, 6)));
    rig.answer(GetHistory.class, Tl.history(500, Tl.posts(5, 5, 6)));
    assertThat(rig.posts(5)).containsExactly(5, 6);
  }

  @Test
  void too_long_that_leads_nowhere_is_not_asked_for_in_a_loop() {
    tooLong(30, 6);
    assertThat(rig.waiting()).isEmpty();
    rig.pass(1_000);
    assertThat(rig.call(GetChannelDifference.class).pts()).isEqualTo(30);
  }

  @Test
  void a_pts_that_telegram_does_not_know_starts_anew_and_reads_what_was_posted() {
    rig.receive(new UpdateChannelTooLong(5L, null));
    rig.fail(
        GetChannelDifference.class,
        RpcException.of(400, "PERSISTENT_TIMESTAMP_INVALID", "updates.getChannelDifference"));
    rig.pass(1_000);
    rig.answer(GetHistory.class, Tl.history(12, Tl.post(5, 6)));
    rig.answer(GetHistory.class, Tl.history(12, Tl.posts(5, 5, 6)));
    rig.answer(GetChannelDifference.class, Tl.nothingNew(12, null));
    assertThat(rig.posts(5)).containsExactly(5, 6);
    assertThat(rig.standing(5)).isEqualTo("c12.6");
  }

  // Where a watch begins

  @Test
  void from_the_newest_only_what_follows_is_delivered() {
    rig.engine.watch(6, 42, true, ChannelPosition.NEWEST, rig.now);
    rig.take();
    GetHistory newest = rig.call(GetHistory.class);
    assertThat(newest.limit()).isEqualTo(1);
    assertThat(newest.offsetId()).isZero();
    rig.receive(Tl.newPost(6, 70, 80), Tl.newPost(6, 71, 81));
    rig.answer(GetHistory.class, Tl.history(80, Tl.post(6, 70)));
    assertThat(rig.posts(6)).containsExactly(71);
    assertThat(rig.all(Effect.ChannelMoved.class).getLast())
        .isEqualTo(new Effect.ChannelMoved(6, new ChannelPosition(80, 70, 0)));
    assertThat(rig.waiting()).isEmpty();
  }

  @Test
  void from_the_newest_of_an_empty_channel_everything_is_delivered() {
    rig.engine.watch(6, 42, true, ChannelPosition.NEWEST, rig.now);
    rig.take();
    rig.answer(GetHistory.class, Tl.history(1));
    rig.receive(Tl.newPost(6, 1, 2));
    assertThat(rig.posts(6)).containsExactly(1);
  }

  @Test
  void from_a_message_on_everything_after_it_is_delivered() {
    Rig imported = restartedAt("c0.55.-1");
    imported.answer(GetHistory.class, Tl.history(80, Tl.post(5, 57)));
    assertThat(imported.call(GetHistory.class).offsetId()).isEqualTo(55);
    imported.answer(GetHistory.class, Tl.history(80, Tl.posts(5, 56, 57)));
    assertThat(imported.posts(5)).containsExactly(56, 57);
    assertThat(imported.positions(5)).containsExactly("c80.56.57", "c80.57");
  }

  @Test
  void from_the_beginning_the_first_message_is_not_left_out() {
    Rig whole = restartedAt("c0.0.-1");
    whole.answer(GetHistory.class, Tl.history(80, Tl.post(5, 2)));
    GetHistory page = whole.call(GetHistory.class);
    // An offset_id of 0 would mean the newest messages.
    assertThat(page.offsetId()).isEqualTo(1);
    assertThat(page.minId()).isZero();
    whole.answer(GetHistory.class, Tl.history(80, Tl.posts(5, 1, 2)));
    assertThat(whole.posts(5)).containsExactly(1, 2);
  }

  @Test
  void when_the_history_does_not_tell_the_pts_the_full_channel_does() {
    rig.engine.watch(6, 42, true, ChannelPosition.NEWEST, rig.now);
    rig.take();
    rig.answer(
        GetHistory.class,
        MessagesSlice.builder()
            .count(1)
            .messages(List.of(Tl.post(6, 70)))
            .topics(List.of())
            .chats(List.of())
            .users(List.of())
            .build());
    rig.answer(GetFullChannel.class, Tl.full(6, 80));
    // Asked for after the pts: a post in between is then in one of the two.
    rig.answer(GetHistory.class, Tl.history(0, Tl.post(6, 71)));
    assertThat(rig.standing(6)).isEqualTo("c80.71");
  }

  @Test
  void an_answer_that_leads_nowhere_is_asked_for_again_later() {
    rig.engine.watch(6, 42, true, ChannelPosition.NEWEST, rig.now);
    rig.take();
    rig.answer(GetHistory.class, new MessagesNotModified(1));
    assertThat(rig.waiting()).isEmpty();
    rig.pass(1_000);
    rig.call(GetHistory.class);
  }
}
