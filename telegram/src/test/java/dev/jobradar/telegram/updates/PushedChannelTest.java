package dev.jobradar.telegram.updates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.jobradar.mtproto.RpcException;
import dev.jobradar.telegram.updates.Effect.EndReason;
import dev.jobradar.tl.api.Channel;
import dev.jobradar.tl.api.ChannelForbidden;
import dev.jobradar.tl.api.InputChannel;
import dev.jobradar.tl.api.TypeMessage;
import dev.jobradar.tl.api.UpdateChannelTooLong;
import dev.jobradar.tl.api.UpdateNewChannelMessage;
import dev.jobradar.tl.api.UpdateReadChannelInbox;
import dev.jobradar.tl.api.messages.AffectedMessages;
import dev.jobradar.tl.api.method.Channels;
import dev.jobradar.tl.api.method.Updates.GetChannelDifference;
import dev.jobradar.tl.api.method.Updates.GetDifference;
import dev.jobradar.tl.api.updates.DifferenceEmpty;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Channels that the account has joined. */
class PushedChannelTest {
  private final Rig rig = Rig.inStep();

  PushedChannelTest() {
    rig.watchJoined(5, 30, 4);
  }

  private static RpcException refusal(int code, String error) {
    return RpcException.of(code, error, "updates.getChannelDifference");
  }

  // Watching

  @Test
  void a_joined_channel_is_pushed() {
    assertThat(rig.engine.updateMode(5)).contains(UpdateMode.PUSHED);
    assertThat(rig.engine.updateMode(6)).isEmpty();
    assertThat(rig.standing(5)).isEqualTo("c30.4");
  }

  @Test
  void a_channel_is_watched_once() {
    assertThatIllegalStateException()
        .isThrownBy(() -> rig.engine.watch(5, 6, true, ChannelPosition.NEWEST, rig.now));
  }

  @Test
  void a_channel_that_is_watched_later_is_asked_once_and_then_no_more() {
    rig.engine.watch(6, 42, true, new ChannelPosition(80, 70, 0), rig.now);
    rig.take();
    GetChannelDifference call = rig.call(GetChannelDifference.class);
    assertThat(call.channel()).isEqualTo(new InputChannel(6, 42));
    assertThat(call.pts()).isEqualTo(80);
    assertThat(call.limit()).isBetween(10, 100);
    rig.answer(GetChannelDifference.class, Tl.channelDifference(true, 81, Tl.post(6, 71)));
    rig.pass(4 * 60_000);
    assertThat(rig.waiting()).isEmpty();
    assertThat(rig.posts(6)).containsExactly(71);
  }

  // Silence

  /** How long the channel is not asked for; answers then, with these posts if there are any. */
  private long askedAfter(int pts, int... posts) {
    long since = rig.now;
    while (rig.waiting().stream().noneMatch(GetChannelDifference.class::isInstance)) {
      rig.pass(1_000);
      if (rig.waiting().stream().anyMatch(GetDifference.class::isInstance)) {
        rig.answer(GetDifference.class, new DifferenceEmpty(Tl.DATE, 1));
      }
    }
    assertThat(rig.call(GetChannelDifference.class).pts()).isEqualTo(pts);
    rig.answer(
        GetChannelDifference.class,
        posts.length == 0
            ? Tl.nothingNew(pts, null)
            : Tl.channelDifference(
                true,
                pts + posts.length,
                Arrays.stream(posts).mapToObj(id -> Tl.post(5, id)).toArray(TypeMessage[]::new)));
    return (rig.now - since) / 1_000;
  }

  @Test
  void a_silent_channel_is_asked_every_five_minutes() {
    assertThat(askedAfter(30)).isBetween(5 * 60L, 6 * 60L + 16);
    assertThat(askedAfter(30)).isBetween(5 * 60L, 6 * 60L + 16);
  }

  @Test
  void a_channel_whose_pushes_stay_away_is_asked_more_often_until_there_is_nothing_to_find() {
    assertThat(askedAfter(30, 5)).isGreaterThanOrEqualTo(5 * 60L);
    assertThat(askedAfter(31, 6)).isBetween(150L, 190L);
    assertThat(askedAfter(32, 7)).isBetween(75L, 95L);
    assertThat(askedAfter(33, 8, 9)).isBetween(37L, 49L);
    assertThat(askedAfter(35, 10)).isBetween(37L, 49L);
    assertThat(askedAfter(36)).isBetween(37L, 49L);
    assertThat(askedAfter(36)).isGreaterThanOrEqualTo(5 * 60L);
    assertThat(rig.posts(5)).containsExactly(5, 6, 7, 8, 9, 10);
  }

  @Test
  void a_push_ends_that() {
    assertThat(askedAfter(30, 5)).isGreaterThanOrEqualTo(5 * 60L);
    rig.receive(new UpdateNewChannelMessage(Tl.post(5, 6), 32, 1));
    assertThat(askedAfter(32)).isGreaterThanOrEqualTo(5 * 60L);
    assertThat(rig.posts(5)).containsExactly(5, 6);
  }

  @Test
  void an_account_asks_for_silent_channels_six_times_a_minute_at_most() {
    for (long channel = 100; channel < 300; channel++) {
      rig.watchJoined(channel, 30, 4);
    }
    int asked = 0;
    for (int second = 0; second < 3_600; second++) {
      rig.pass(1_000);
      for (Effect.Call call : rig.calls()) {
        asked++;
        rig.answer(
            call,
            call.channelId() == 0 ? new DifferenceEmpty(Tl.DATE, 1) : Tl.nothingNew(30, null));
      }
    }
    assertThat(asked).as("calls in an hour").isBetween(200, 6 * 60 + 4);
  }

  @Test
  void without_a_common_position_each_channel_is_asked() {
    Rig fresh = new Rig(null);
    fresh.engine.watch(5, 6, true, new ChannelPosition(30, 4, 0), fresh.now);
    fresh.engine.connected(fresh.now);
    fresh.take();
    assertThat(fresh.call(GetChannelDifference.class).pts()).isEqualTo(30);
  }

  @Test
  void at_start_the_difference_says_which_channels_to_ask() {
    Rig again = new Rig(new CommonPosition(10, 0, Tl.DATE, 1));
    for (long channel : new long[] {5, 6, 7}) {
      again.engine.watch(channel, 1, true, new ChannelPosition(30, 4, 0), again.now);
    }
    again.engine.connected(again.now);
    again.take();
    again.answer(
        GetDifference.class,
        Tl.difference(
            Tl.state(10, 0, Tl.DATE + 9, 1),
            List.of(),
            new UpdateChannelTooLong(5L, 31),
            new UpdateChannelTooLong(6L, 30),
            new UpdateChannelTooLong(99L, 7)));
    assertThat(again.waiting()).hasSize(1);
    assertThat(again.call(GetChannelDifference.class).channel()).isEqualTo(new InputChannel(5, 1));
  }

  @Test
  void a_channel_that_nobody_watches_is_passed_over() {
    rig.receive(Tl.newPost(6, 1, 2), Tl.newPost(6, 9, 90));
    rig.receive(new UpdateChannelTooLong(6L, null));
    rig.pass(10_000);
    assertThat(rig.waiting()).isEmpty();
    assertThat(rig.posts(6)).isEmpty();
    assertThat(rig.common()).isEmpty();
    assertThat(rig.engine.position(6)).isEmpty();
  }

  @Test
  void a_channel_that_is_no_longer_watched_delivers_nothing() {
    rig.receive(Tl.newPost(5, 6, 32));
    rig.engine.unwatch(5, rig.now);
    rig.receive(Tl.newPost(5, 5, 31));
    rig.pass(10_000);
    assertThat(rig.posts(5)).isEmpty();
    assertThat(rig.waiting()).isEmpty();
    rig.engine.unwatch(5, rig.now);
  }

  // Order

  @Test
  void posts_in_order_are_delivered_with_the_position_that_follows_each() {
    rig.receive(Tl.newPost(5, 5, 31));
    rig.receive(Tl.newPost(5, 7, 32));
    assertThat(rig.posts(5)).containsExactly(5, 7);
    assertThat(rig.positions(5)).containsExactly("c31.5", "c32.7");
  }

  @Test
  void several_posts_in_one_object_are_delivered_in_order() {
    rig.receive(Tl.newPost(5, 6, 32), Tl.newPost(5, 5, 31));
    assertThat(rig.posts(5)).containsExactly(5, 6);
    assertThat(rig.waiting()).isEmpty();
  }

  @Test
  void a_post_that_comes_twice_is_delivered_once() {
    rig.receive(Tl.newPost(5, 5, 31));
    rig.receive(Tl.newPost(5, 5, 31));
    assertThat(rig.posts(5)).containsExactly(5);
    assertThat(rig.waiting()).isEmpty();
  }

  @Test
  void a_post_with_an_id_that_was_passed_is_a_duplicate_whatever_its_pts() {
    rig.receive(Tl.newPost(5, 7, 31));
    rig.receive(Tl.newPost(5, 6, 32));
    assertThat(rig.posts(5)).containsExactly(7);
    assertThat(rig.standing(5)).isEqualTo("c32.7");
  }

  @Test
  void edits_deletions_and_service_messages_move_on_without_a_post() {
    rig.receive(Tl.edit(5, 3, 31));
    rig.receive(Tl.deleted(5, 33, 1, 2));
    rig.receive(new UpdateNewChannelMessage(Tl.service(5, 5), 34, 1));
    rig.receive(Tl.newPost(5, 6, 35));
    assertThat(rig.posts(5)).containsExactly(6);
    assertThat(rig.standing(5)).isEqualTo("c35.6");
  }

  @Test
  void a_long_time_without_posts_is_told_now_and_then() {
    for (int pts = 31; pts <= 30 + 250; pts++) {
      rig.receive(Tl.edit(5, 3, pts));
    }
    assertThat(rig.all(Effect.ChannelMoved.class))
        .extracting(moved -> moved.position().text())
        .containsExactly("c130.4", "c230.4");
  }

  @Test
  void events_that_ones_own_call_made_take_their_place() {
    rig.engine.result(
        new Channels.DeleteMessages(new InputChannel(5, 6), List.of(1, 2)),
        new AffectedMessages(32, 2),
        rig.now);
    rig.receive(Tl.newPost(5, 5, 33));
    assertThat(rig.posts(5)).containsExactly(5);
  }

  // Gaps

  @Test
  void a_gap_waits_half_a_second_and_is_repaired_by_the_difference() {
    rig.receive(Tl.newPost(5, 6, 32));
    rig.pass(499);
    assertThat(rig.waiting()).isEmpty();
    rig.pass(1);
    assertThat(rig.call(GetChannelDifference.class).pts()).isEqualTo(30);
    rig.receive(Tl.newPost(5, 7, 33));
    assertThat(rig.posts(5)).isEmpty();
    rig.answer(
        GetChannelDifference.class, Tl.channelDifference(true, 32, Tl.post(5, 5), Tl.post(5, 6)));
    assertThat(rig.posts(5)).containsExactly(5, 6, 7);
    assertThat(rig.positions(5)).containsExactly("c30.5", "c32.6", "c33.7");
  }

  @Test
  void a_gap_that_closes_in_time_needs_no_difference() {
    rig.receive(Tl.newPost(5, 7, 33));
    rig.receive(Tl.newPost(5, 5, 31));
    rig.pass(400);
    rig.receive(Tl.newPost(5, 6, 32));
    rig.pass(10_000);
    assertThat(rig.posts(5)).containsExactly(5, 6, 7);
    assertThat(rig.waiting()).isEmpty();
  }

  @Test
  void reading_elsewhere_shows_a_gap_too() {
    UpdateReadChannelInbox read =
        UpdateReadChannelInbox.builder().channelId(5).maxId(4).pts(30).build();
    rig.receive(read);
    rig.pass(1_000);
    assertThat(rig.waiting()).isEmpty();
    rig.receive(read.toBuilder().pts(31).build());
    rig.pass(500);
    assertThat(rig.waiting()).hasSize(1);
  }

  @Test
  void one_channels_gap_delays_no_other() {
    rig.watchJoined(6, 80, 70);
    rig.receive(Tl.newPost(5, 6, 32));
    rig.receive(Tl.newPost(6, 71, 81));
    assertThat(rig.posts(6)).containsExactly(71);
  }

  @Test
  void too_long_asks_at_once_and_an_old_one_does_not() {
    rig.receive(new UpdateChannelTooLong(5L, 30));
    assertThat(rig.waiting()).isEmpty();
    rig.receive(new UpdateChannelTooLong(5L, 31));
    assertThat(rig.waiting()).hasSize(1);
    rig.answer(GetChannelDifference.class, Tl.nothingNew(31, null));
    rig.receive(new UpdateChannelTooLong(5L, null));
    assertThat(rig.waiting()).hasSize(1);
  }

  @Test
  void slices_are_saved_one_by_one_until_the_last() {
    rig.receive(new UpdateChannelTooLong(5L, null));
    rig.answer(GetChannelDifference.class, Tl.channelDifference(false, 33, Tl.post(5, 5)));
    assertThat(rig.call(GetChannelDifference.class).pts()).isEqualTo(33);
    rig.answer(GetChannelDifference.class, Tl.channelDifference(false, 40));
    assertThat(rig.all(Effect.ChannelMoved.class).getLast().position().text()).isEqualTo("c40.5");
    rig.answer(GetChannelDifference.class, Tl.channelDifference(true, 41, Tl.post(5, 6)));
    assertThat(rig.positions(5)).containsExactly("c33.5", "c41.6");
    assertThat(rig.waiting()).isEmpty();
  }

  @Test
  void a_restart_between_two_posts_of_one_slice_delivers_the_second_alone() {
    rig.receive(new UpdateChannelTooLong(5L, null));
    rig.answer(
        GetChannelDifference.class, Tl.channelDifference(true, 33, Tl.post(5, 5), Tl.post(5, 6)));
    ChannelPosition stored = rig.all(Effect.Post.class).getFirst().position();

    Rig again = Rig.inStep();
    again.engine.watch(5, 6, true, stored, again.now);
    again.take();
    assertThat(again.call(GetChannelDifference.class).pts()).isEqualTo(30);
    again.answer(
        GetChannelDifference.class, Tl.channelDifference(true, 33, Tl.post(5, 5), Tl.post(5, 6)));
    assertThat(again.posts(5)).containsExactly(6);
  }

  @Test
  void posts_of_a_difference_are_delivered_in_ascending_order() {
    rig.receive(new UpdateChannelTooLong(5L, null));
    rig.answer(
        GetChannelDifference.class,
        Tl.channelDifference(true, 33, Tl.post(5, 7), Tl.service(5, 6), Tl.post(5, 5)));
    assertThat(rig.positions(5)).containsExactly("c30.5", "c33.7");
  }

  @Test
  void a_difference_that_leads_nowhere_is_not_asked_for_in_a_loop() {
    rig.receive(new UpdateChannelTooLong(5L, null));
    rig.answer(GetChannelDifference.class, Tl.channelDifference(false, 30));
    assertThat(rig.waiting()).isEmpty();
    rig.pass(1_000);
    assertThat(rig.waiting()).hasSize(1);
  }

  @Test
  void more_updates_than_can_be_kept_are_dropped_and_asked_for_once_more() {
    rig.receive(new UpdateChannelTooLong(5L, null));
    for (int i = 1; i <= 2 * GapBuffer.MOST; i++) {
      rig.receive(Tl.newPost(5, 5 + i, 31 + i));
    }
    rig.answer(GetChannelDifference.class, Tl.channelDifference(true, 31, Tl.post(5, 5)));
    assertThat(rig.call(GetChannelDifference.class).pts()).isEqualTo(31);
  }

  // Failures

  @Test
  void a_flood_wait_delays_one_channel_alone() {
    rig.watchJoined(6, 80, 70);
    rig.receive(new UpdateChannelTooLong(5L, null));
    rig.fail(GetChannelDifference.class, refusal(420, "FLOOD_WAIT_20"));
    rig.receive(new UpdateChannelTooLong(6L, null));
    rig.answer(GetChannelDifference.class, Tl.channelDifference(true, 81, Tl.post(6, 71)));
    assertThat(rig.posts(6)).containsExactly(71);
    rig.pass(19_999);
    assertThat(rig.waiting()).isEmpty();
    rig.pass(1);
    assertThat(rig.call(GetChannelDifference.class).pts()).isEqualTo(30);
  }

  @ParameterizedTest
  @ValueSource(strings = {"CHANNEL_PRIVATE", "CHANNEL_INVALID", "CHANNEL_PUBLIC_GROUP_NA"})
  void a_channel_that_cannot_be_read_ends_with_the_reason_and_its_position(String error) {
    rig.receive(new UpdateChannelTooLong(5L, null));
    rig.fail(GetChannelDifference.class, refusal(400, error));
    assertThat(rig.all(Effect.WatchEnded.class))
        .containsExactly(
            new Effect.WatchEnded(5, new ChannelPosition(30, 4, 0), EndReason.NO_ACCESS, error));
    assertThat(rig.engine.updateMode(5)).isEmpty();
    rig.pass(60_000);
    assertThat(rig.waiting()).isEmpty();
  }

  @Test
  void a_channel_that_is_forbidden_ends() {
    ChannelForbidden forbidden =
        ChannelForbidden.builder().id(5).accessHash(6).title("gone").build();
    rig.receive(Tl.with(forbidden));
    assertThat(rig.all(Effect.WatchEnded.class)).hasSize(1);
  }

  @Test
  void a_lagging_replica_is_asked_again() {
    rig.receive(new UpdateChannelTooLong(5L, null));
    rig.fail(GetChannelDifference.class, refusal(500, "PERSISTENT_TIMESTAMP_OUTDATED"));
    assertThat(rig.waiting()).isEmpty();
    rig.pass(1_000);
    assertThat(rig.call(GetChannelDifference.class).pts()).isEqualTo(30);
  }

  @Test
  void the_answer_to_a_call_of_an_earlier_watch_changes_nothing() {
    rig.receive(new UpdateChannelTooLong(5L, null));
    Effect.Call early = rig.calls().getFirst();
    rig.engine.unwatch(5, rig.now);
    rig.engine.watch(5, 6, true, new ChannelPosition(30, 4, 0), rig.now);
    rig.take();
    rig.answer(early, Tl.channelDifference(true, 31, Tl.post(5, 5)));
    assertThat(rig.posts(5)).isEmpty();
    assertThat(rig.waiting()).hasSize(1);
  }

  @Test
  void a_lost_pts_of_the_common_box_has_every_channel_asked() {
    rig.watchJoined(6, 80, 70);
    rig.engine.gap(rig.now);
    rig.take();
    rig.fail(
        GetDifference.class,
        RpcException.of(400, "PERSISTENT_TIMESTAMP_INVALID", "updates.getDifference"));
    assertThat(rig.waiting()).hasSize(2).allMatch(GetChannelDifference.class::isInstance);
  }

  @Test
  void a_few_calls_are_under_way_at_once_and_the_others_wait_their_turn() {
    Rig many = Rig.inStep();
    for (long channel = 1; channel <= 12; channel++) {
      many.engine.watch(channel, 1, true, new ChannelPosition(30, 4, 0), many.now);
    }
    many.take();
    for (int asked = 0; asked < 12; asked++) {
      assertThat(many.calls()).hasSizeBetween(1, 4);
      many.answer(many.calls().getFirst(), Tl.nothingNew(30, null));
    }
    assertThat(many.calls()).isEmpty();
  }

  // What Telegram says of the channel

  @Test
  void the_newest_access_hash_is_used() {
    rig.receive(Tl.with(Tl.channel(5, 777, true), new UpdateChannelTooLong(5L, null)));
    assertThat(rig.call(GetChannelDifference.class).channel()).isEqualTo(new InputChannel(5, 777));
  }

  @Test
  void a_min_constructor_says_nothing() {
    Channel min = Tl.channel(5, 777, false).toBuilder().min(true).build();
    rig.receive(Tl.with(min, new UpdateChannelTooLong(5L, null)));
    assertThat(rig.engine.updateMode(5)).contains(UpdateMode.PUSHED);
    assertThat(rig.call(GetChannelDifference.class).channel()).isEqualTo(new InputChannel(5, 35));
  }

  @Test
  void a_channel_that_the_account_leaves_is_polled_from_then_on() {
    rig.receive(Tl.with(Tl.channel(5, 35, false)));
    assertThat(rig.all(Effect.UpdateModeChanged.class))
        .containsExactly(new Effect.UpdateModeChanged(5, UpdateMode.POLLED));
    rig.answer(GetChannelDifference.class, Tl.nothingNew(30, 3));
    rig.pass(2_999);
    assertThat(rig.waiting()).isEmpty();
    rig.pass(1);
    assertThat(rig.waiting()).hasSize(1);
  }

  @Test
  void a_new_session_asks_for_the_common_difference_alone() {
    rig.engine.gap(rig.now);
    rig.take();
    assertThat(rig.waiting()).hasSize(1);
    rig.answer(GetDifference.class, new DifferenceEmpty(Tl.DATE, 1));
    assertThat(rig.waiting()).isEmpty();
  }
}
