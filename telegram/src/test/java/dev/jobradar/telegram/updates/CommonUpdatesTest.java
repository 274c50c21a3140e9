package dev.jobradar.telegram.updates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.mtproto.CallFailedException;
import dev.jobradar.mtproto.CallFailedException.Progress;
import dev.jobradar.mtproto.CallFailedException.Reason;
import dev.jobradar.mtproto.RpcException;
import dev.jobradar.tl.Bytes;
import dev.jobradar.tl.api.EncryptedMessageService;
import dev.jobradar.tl.api.InputPeerSelf;
import dev.jobradar.tl.api.Message;
import dev.jobradar.tl.api.PeerChat;
import dev.jobradar.tl.api.PeerUser;
import dev.jobradar.tl.api.UpdateChannelTooLong;
import dev.jobradar.tl.api.UpdateMessageID;
import dev.jobradar.tl.api.UpdateNewEncryptedMessage;
import dev.jobradar.tl.api.UpdateNewMessage;
import dev.jobradar.tl.api.UpdatePtsChanged;
import dev.jobradar.tl.api.UpdateShort;
import dev.jobradar.tl.api.UpdateShortChatMessage;
import dev.jobradar.tl.api.UpdateShortMessage;
import dev.jobradar.tl.api.UpdateShortSentMessage;
import dev.jobradar.tl.api.UpdatesCombined;
import dev.jobradar.tl.api.UpdatesTooLong;
import dev.jobradar.tl.api.messages.AffectedMessages;
import dev.jobradar.tl.api.method.Messages;
import dev.jobradar.tl.api.method.Updates.GetDifference;
import dev.jobradar.tl.api.method.Updates.GetState;
import dev.jobradar.tl.api.updates.DifferenceEmpty;
import dev.jobradar.tl.api.updates.DifferenceTooLong;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommonUpdatesTest {
  private static final CommonPosition STORED = new CommonPosition(10, 0, Tl.DATE, 1);

  private final Rig rig = Rig.inStep();

  private static RpcException refusal(int code, String error) {
    return RpcException.of(code, error, "updates.getDifference");
  }

  private static UpdateNewEncryptedMessage secret(int qts) {
    return new UpdateNewEncryptedMessage(
        new EncryptedMessageService(qts, 1, Tl.DATE, Bytes.EMPTY), qts);
  }

  // Start

  @Test
  void nothing_is_asked_before_the_connection_stands() {
    Rig fresh = new Rig(null);
    fresh.pass(3_600_000);
    assertThat(fresh.effects).isEmpty();
    assertThat(fresh.engine.nextWakeUp()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void without_a_stored_position_the_state_is_asked_for() {
    Rig fresh = new Rig(null);
    fresh.engine.connected(fresh.now);
    fresh.take();
    fresh.answer(GetState.class, Tl.state(20, 3, Tl.DATE, 5));
    assertThat(fresh.standing()).isEqualTo("u20.3.1700000000.5");
    assertThat(fresh.waiting()).isEmpty();
    assertThat(fresh.all(Effect.CommonMoved.class)).hasSize(1);
  }

  @Test
  void what_is_pushed_before_the_state_is_known_waits_for_it() {
    Rig fresh = new Rig(null);
    fresh.engine.connected(fresh.now);
    fresh.receive(Tl.newLetter(1, 20), Tl.newLetter(2, 21), Tl.mark(7));
    fresh.answer(GetState.class, Tl.state(20, 0, Tl.DATE, 5));
    assertThat(fresh.common()).containsExactly(Tl.newLetter(2, 21), Tl.mark(7));
  }

  @Test
  void with_a_stored_position_the_difference_is_asked_for_alone() {
    Rig again = new Rig(STORED);
    again.engine.watch(5, 6, true, new ChannelPosition(30, 4, 0), again.now);
    again.engine.connected(again.now);
    again.take();
    assertThat(again.waiting()).hasSize(1);
    GetDifference call = again.call(GetDifference.class);
    assertThat(call.pts()).isEqualTo(10);
    assertThat(call.qts()).isZero();
    assertThat(call.date()).isEqualTo(Tl.DATE);
    assertThat(call.ptsLimit()).isBetween(1_000, 10_000);
    assertThat(call.ptsTotalLimit()).isBetween(1_000, 10_000);
  }

  @Test
  void every_new_connection_asks_for_the_difference() {
    rig.engine.disconnected();
    rig.engine.connected(rig.now);
    rig.take();
    assertThat(rig.call(GetDifference.class).pts()).isEqualTo(10);
  }

  @Test
  void nothing_is_asked_while_there_is_no_connection() {
    rig.engine.disconnected();
    rig.receive(new UpdatesTooLong());
    rig.pass(3_600_000);
    assertThat(rig.waiting()).isEmpty();
  }

  // pts

  @Test
  void an_update_in_order_is_applied() {
    rig.receive(Tl.newLetter(1, 11));
    assertThat(rig.common()).containsExactly(Tl.newLetter(1, 11));
    assertThat(rig.all(Effect.Common.class).getFirst().position().text())
        .isEqualTo("u11.0.1700000000.1");
  }

  @Test
  void an_update_that_was_applied_is_ignored() {
    rig.receive(Tl.newLetter(1, 11));
    rig.receive(Tl.newLetter(1, 11));
    rig.receive(Tl.newLetter(0, 10));
    assertThat(rig.common()).hasSize(1);
    assertThat(rig.waiting()).isEmpty();
  }

  @Test
  void a_gap_waits_half_a_second_for_what_is_missing() {
    rig.receive(Tl.newLetter(2, 12));
    rig.pass(499);
    assertThat(rig.waiting()).isEmpty();
    assertThat(rig.common()).isEmpty();
    rig.pass(1);
    assertThat(rig.call(GetDifference.class).pts()).isEqualTo(10);
  }

  @Test
  void a_gap_that_closes_in_time_needs_no_difference() {
    rig.receive(Tl.newLetter(3, 13));
    rig.receive(Tl.newLetter(2, 12));
    rig.receive(Tl.newLetter(1, 11));
    rig.pass(10_000);
    assertThat(rig.common())
        .containsExactly(Tl.newLetter(1, 11), Tl.newLetter(2, 12), Tl.newLetter(3, 13));
    assertThat(rig.waiting()).isEmpty();
  }

  @Test
  void updates_that_come_during_a_difference_are_applied_after_it_or_ignored() {
    rig.receive(new UpdatesTooLong());
    rig.receive(Tl.newLetter(2, 12));
    rig.receive(Tl.newLetter(3, 13));
    assertThat(rig.common()).isEmpty();
    rig.answer(
        GetDifference.class,
        Tl.difference(Tl.state(12, 0, Tl.DATE, 1), List.of(Tl.letter(1), Tl.letter(2))));
    assertThat(rig.common())
        .containsExactly(
            new UpdateNewMessage(Tl.letter(1), 12, 0),
            new UpdateNewMessage(Tl.letter(2), 12, 0),
            Tl.newLetter(3, 13));
    assertThat(rig.standing()).isEqualTo("u13.0.1700000000.1");
  }

  @Test
  void more_updates_than_can_be_kept_are_dropped_and_asked_for_once_more() {
    rig.receive(new UpdatesTooLong());
    for (int pts = 12; pts < 12 + 2 * GapBuffer.MOST; pts++) {
      rig.receive(Tl.newLetter(pts, pts));
    }
    int pts = 11 + 2 * GapBuffer.MOST;
    rig.answer(GetDifference.class, new DifferenceEmpty(Tl.DATE, 1));
    assertThat(rig.call(GetDifference.class).pts()).isEqualTo(10);
    rig.answer(
        GetDifference.class, Tl.difference(Tl.state(pts, 0, Tl.DATE, 1), List.of(Tl.letter(1))));
    assertThat(rig.waiting()).isEmpty();
    assertThat(rig.standing()).isEqualTo("u" + pts + ".0.1700000000.1");
  }

  @Test
  void an_update_without_events_is_applied_where_it_stands() {
    UpdateNewMessage nothing = new UpdateNewMessage(Tl.letter(1), 10, 0);
    rig.receive(nothing);
    assertThat(rig.common()).containsExactly(nothing);
    assertThat(rig.standing()).isEqualTo("u10.0.1700000000.1");
  }

  // qts

  @Test
  void the_secondary_sequence_goes_one_by_one() {
    rig.receive(secret(1));
    rig.receive(secret(3));
    assertThat(rig.common()).containsExactly(secret(1));
    rig.receive(secret(2));
    assertThat(rig.common()).containsExactly(secret(1), secret(2), secret(3));
    rig.receive(secret(2));
    assertThat(rig.common()).hasSize(3);
  }

  @Test
  void a_gap_in_the_secondary_sequence_asks_for_the_difference() {
    rig.receive(secret(2));
    rig.pass(500);
    assertThat(rig.call(GetDifference.class).qts()).isZero();
  }

  // seq

  @Test
  void updates_without_a_seq_are_applied_at_once_even_during_a_difference() {
    rig.receive(new UpdatesTooLong());
    rig.receive(Tl.mark(1));
    rig.receive(new UpdateShort(Tl.mark(2), Tl.DATE));
    assertThat(rig.common()).containsExactly(Tl.mark(1), Tl.mark(2));
  }

  @Test
  void updates_with_the_next_seq_are_applied_with_their_date() {
    rig.receive(Tl.inOrder(2, Tl.DATE + 5, Tl.mark(1)));
    assertThat(rig.common()).containsExactly(Tl.mark(1));
    assertThat(rig.standing()).isEqualTo("u10.0.1700000005.2");
  }

  @Test
  void updates_with_an_old_seq_are_ignored() {
    rig.receive(Tl.inOrder(1, Tl.DATE + 5, Tl.mark(1)));
    assertThat(rig.common()).isEmpty();
    assertThat(rig.standing()).isEqualTo("u10.0.1700000000.1");
  }

  @Test
  void a_gap_in_seq_waits_and_asks_for_the_difference() {
    rig.receive(Tl.inOrder(3, Tl.DATE + 5, Tl.mark(1)));
    rig.pass(499);
    assertThat(rig.waiting()).isEmpty();
    rig.pass(1);
    rig.answer(GetDifference.class, new DifferenceEmpty(Tl.DATE + 6, 3));
    assertThat(rig.standing()).isEqualTo("u10.0.1700000006.3");
    rig.pass(10_000);
    assertThat(rig.waiting()).isEmpty();
  }

  @Test
  void a_date_from_a_clock_that_was_ahead_is_given_up_and_every_channel_asked() {
    rig.watchJoined(5, 30, 4);
    rig.receive(Tl.inOrder(2, Tl.DATE + 3_600, Tl.mark(1)));
    rig.engine.gap(rig.now);
    rig.take();
    assertThat(rig.call(GetDifference.class).date()).isEqualTo(Tl.DATE + 3_600);
    rig.answer(GetDifference.class, new DifferenceEmpty(Tl.DATE + 10, 2));
    assertThat(rig.standing()).isEqualTo("u10.0.1700000010.2");
    // It may have posts that the difference did not tell of.
    assertThat(rig.call(dev.jobradar.tl.api.method.Updates.GetChannelDifference.class).pts())
        .isEqualTo(30);
  }

  @Test
  void clocks_that_differ_a_little_cost_no_channel_a_call() {
    rig.watchJoined(5, 30, 4);
    rig.engine.gap(rig.now);
    rig.take();
    rig.answer(GetDifference.class, new DifferenceEmpty(Tl.DATE - 60, 1));
    assertThat(rig.waiting()).isEmpty();
  }

  @Test
  void a_combination_covers_its_seqs() {
    rig.receive(new UpdatesCombined(List.of(Tl.mark(1)), List.of(), List.of(), Tl.DATE + 1, 2, 4));
    rig.receive(Tl.inOrder(5, Tl.DATE + 2, Tl.mark(2)));
    assertThat(rig.common()).containsExactly(Tl.mark(1), Tl.mark(2));
    assertThat(rig.standing()).isEqualTo("u10.0.1700000002.5");
  }

  @Test
  void what_belongs_to_a_box_does_not_wait_for_seq() {
    rig.receive(Tl.inOrder(3, Tl.DATE, Tl.mark(1), Tl.newLetter(1, 11)));
    assertThat(rig.common()).containsExactly(Tl.newLetter(1, 11));
    rig.receive(Tl.inOrder(2, Tl.DATE));
    assertThat(rig.common()).containsExactly(Tl.newLetter(1, 11), Tl.mark(1));
  }

  // The difference

  @Test
  void slices_are_saved_one_by_one_until_the_last() {
    rig.receive(new UpdatesTooLong());
    rig.answer(
        GetDifference.class,
        Tl.slice(Tl.state(11, 0, Tl.DATE, 1), List.of(Tl.letter(1)), Tl.mark(1)));
    assertThat(rig.all(Effect.Common.class).getFirst().position().text())
        .isEqualTo("u11.0.1700000000.1");
    assertThat(rig.call(GetDifference.class).pts()).isEqualTo(11);
    rig.answer(
        GetDifference.class, Tl.difference(Tl.state(12, 0, Tl.DATE + 9, 4), List.of(Tl.letter(2))));
    assertThat(rig.waiting()).isEmpty();
    assertThat(rig.common())
        .containsExactly(
            new UpdateNewMessage(Tl.letter(1), 11, 0),
            Tl.mark(1),
            new UpdateNewMessage(Tl.letter(2), 12, 0));
    assertThat(rig.standing()).isEqualTo("u12.0.1700000009.4");
  }

  @Test
  void a_slice_that_leads_nowhere_is_not_asked_for_in_a_loop() {
    rig.receive(new UpdatesTooLong());
    rig.answer(GetDifference.class, Tl.slice(Tl.state(10, 0, Tl.DATE, 1), List.of()));
    assertThat(rig.waiting()).isEmpty();
    rig.pass(1_000);
    assertThat(rig.waiting()).hasSize(1);
  }

  @Test
  void the_ids_of_ones_own_messages_come_before_the_messages() {
    rig.receive(new UpdatesTooLong());
    UpdateMessageID named = new UpdateMessageID(1, 77);
    rig.answer(
        GetDifference.class,
        Tl.difference(Tl.state(11, 0, Tl.DATE, 1), List.of(Tl.letter(1)), Tl.mark(3), named));
    assertThat(rig.common())
        .containsExactly(named, new UpdateNewMessage(Tl.letter(1), 11, 0), Tl.mark(3));
  }

  @Test
  void a_difference_that_is_too_long_goes_on_from_its_pts_with_the_old_date() {
    rig.watchJoined(5, 30, 4);
    rig.receive(new UpdatesTooLong());
    rig.answer(GetDifference.class, new DifferenceTooLong(900_000));
    GetDifference next = rig.call(GetDifference.class);
    assertThat(next.pts()).isEqualTo(900_000);
    assertThat(next.date()).isEqualTo(Tl.DATE);
    assertThat(rig.all(Effect.CommonSkipped.class)).hasSize(1);
    // The posts of watched channels are not left out.
    assertThat(rig.call(dev.jobradar.tl.api.method.Updates.GetChannelDifference.class).pts())
        .isEqualTo(30);
  }

  @Test
  void a_gap_reported_while_a_difference_runs_asks_once_more() {
    rig.receive(new UpdatesTooLong());
    rig.engine.gap(rig.now);
    rig.take();
    assertThat(rig.waiting()).hasSize(1);
    rig.answer(GetDifference.class, new DifferenceEmpty(Tl.DATE, 1));
    assertThat(rig.waiting()).hasSize(1);
    rig.answer(GetDifference.class, new DifferenceEmpty(Tl.DATE, 1));
    assertThat(rig.waiting()).isEmpty();
  }

  @Test
  void a_quarter_of_an_hour_of_silence_asks_for_the_difference() {
    rig.pass(10 * 60_000);
    rig.receive(Tl.mark(1));
    rig.pass(15 * 60_000 - 1);
    assertThat(rig.waiting()).isEmpty();
    rig.pass(1);
    assertThat(rig.waiting()).hasSize(1);
    rig.answer(GetDifference.class, new DifferenceEmpty(Tl.DATE, 1));
    rig.pass(15 * 60_000 - 1);
    assertThat(rig.waiting()).isEmpty();
  }

  // Failures

  @Test
  void a_flood_wait_is_obeyed_to_the_second() {
    rig.receive(new UpdatesTooLong());
    rig.fail(GetDifference.class, refusal(420, "FLOOD_WAIT_31"));
    rig.pass(30_999);
    assertThat(rig.waiting()).isEmpty();
    rig.pass(1);
    assertThat(rig.waiting()).hasSize(1);
  }

  @Test
  void a_flood_wait_of_nothing_does_not_spin() {
    rig.receive(new UpdatesTooLong());
    rig.fail(GetDifference.class, refusal(420, "FLOOD_WAIT_0"));
    assertThat(rig.waiting()).isEmpty();
    rig.pass(1_000);
    assertThat(rig.waiting()).hasSize(1);
  }

  @Test
  void a_call_that_gets_no_answer_is_repeated_after_longer_and_longer_waits() {
    rig.receive(new UpdatesTooLong());
    CallFailedException lost =
        new CallFailedException("any", Reason.TIMED_OUT, Progress.SENT, null);
    for (long wait : new long[] {1, 2, 4, 8, 16, 32, 64, 64}) {
      rig.fail(GetDifference.class, lost);
      rig.pass(wait * 1_000 - 1);
      assertThat(rig.waiting()).isEmpty();
      rig.pass(1);
      assertThat(rig.waiting()).hasSize(1);
    }
    rig.answer(GetDifference.class, new DifferenceEmpty(Tl.DATE, 1));
    rig.receive(new UpdatesTooLong());
    rig.fail(GetDifference.class, lost);
    rig.pass(1_000);
    assertThat(rig.waiting()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PERSISTENT_TIMESTAMP_INVALID", "PERSISTENT_TIMESTAMP_EMPTY"})
  void a_pts_that_telegram_does_not_know_starts_anew_from_the_state(String error) {
    rig.watchJoined(5, 30, 4);
    rig.receive(new UpdatesTooLong());
    rig.fail(GetDifference.class, refusal(400, error));
    rig.pass(1_000);
    rig.answer(GetState.class, Tl.state(400, 2, Tl.DATE + 100, 9));
    assertThat(rig.all(Effect.CommonSkipped.class)).hasSize(1);
    // From the date of before: Telegram tells in which channels something happened since.
    assertThat(rig.call(GetDifference.class).date()).isEqualTo(Tl.DATE);
    assertThat(rig.call(GetDifference.class).pts()).isEqualTo(400);
    rig.call(dev.jobradar.tl.api.method.Updates.GetChannelDifference.class);
  }

  @Test
  void a_new_numbering_is_asked_for_as_a_state() {
    rig.receive(new UpdatePtsChanged());
    rig.answer(GetState.class, Tl.state(3, 0, Tl.DATE + 100, 9));
    assertThat(rig.call(GetDifference.class).pts()).isEqualTo(3);
    assertThat(rig.common()).isEmpty();
  }

  @Test
  void a_new_numbering_during_a_difference_is_asked_for_after_it() {
    rig.receive(new UpdatesTooLong());
    rig.receive(new UpdatePtsChanged());
    rig.answer(GetDifference.class, new DifferenceEmpty(Tl.DATE, 1));
    rig.call(GetState.class);
  }

  @Test
  void the_answer_to_a_call_that_is_over_changes_nothing() {
    rig.receive(new UpdatesTooLong());
    Effect.Call call = rig.calls().getFirst();
    rig.answer(call, new DifferenceEmpty(Tl.DATE, 1));
    rig.answer(call, Tl.difference(Tl.state(50, 0, Tl.DATE, 9), List.of(Tl.letter(1))));
    assertThat(rig.standing()).isEqualTo("u10.0.1700000000.1");
    assertThat(rig.common()).isEmpty();
  }

  // Short forms, and one's own calls

  @Test
  void a_short_private_message_stands_for_a_whole_one() {
    UpdateShortMessage in =
        UpdateShortMessage.builder()
            .id(1)
            .userId(9)
            .message("hello")
            .pts(11)
            .ptsCount(1)
            .date(Tl.DATE)
            .build();
    rig.receive(in);
    rig.receive(in.toBuilder().out(true).id(2).pts(12).build());
    Message first = (Message) ((UpdateNewMessage) rig.common().get(0)).message();
    assertThat(first.message()).isEqualTo("hello");
    assertThat(first.peerId()).isEqualTo(new PeerUser(9));
    assertThat(first.fromId()).isEqualTo(new PeerUser(9));
    Message second = (Message) ((UpdateNewMessage) rig.common().get(1)).message();
    assertThat(second.peerId()).isEqualTo(new PeerUser(9));
    assertThat(second.fromId()).isEqualTo(new PeerUser(Rig.SELF));
  }

  @Test
  void a_short_group_message_stands_for_a_whole_one() {
    rig.receive(
        UpdateShortChatMessage.builder()
            .id(1)
            .fromId(9)
            .chatId(8)
            .message("hello")
            .pts(11)
            .ptsCount(1)
            .date(Tl.DATE)
            .build());
    Message message = (Message) ((UpdateNewMessage) rig.common().getFirst()).message();
    assertThat(message.peerId()).isEqualTo(new PeerChat(8));
    assertThat(message.fromId()).isEqualTo(new PeerUser(9));
  }

  @Test
  void ones_own_message_takes_its_place_without_being_delivered() {
    UpdateShortSentMessage sent =
        UpdateShortSentMessage.builder().out(true).id(1).pts(11).ptsCount(1).date(Tl.DATE).build();
    rig.engine.result(new Messages.DeleteMessages(false, List.of()), sent, rig.now);
    rig.receive(Tl.newLetter(2, 12));
    assertThat(rig.common()).containsExactly(Tl.newLetter(2, 12));
  }

  @Test
  void events_that_ones_own_call_made_take_their_place() {
    rig.engine.result(
        new Messages.DeleteMessages(false, List.of(1, 2)), new AffectedMessages(12, 2), rig.now);
    rig.receive(Tl.newLetter(3, 13));
    assertThat(rig.common()).containsExactly(Tl.newLetter(3, 13));
  }

  @Test
  void an_answer_that_says_nothing_of_updates_changes_nothing() {
    rig.engine.result(
        new Messages.ReadHistory(new InputPeerSelf(), 1), new AffectedMessages(0, 0), rig.now);
    rig.engine.result(new Messages.ReadHistory(new InputPeerSelf(), 1), true, rig.now);
    rig.take();
    assertThat(rig.standing()).isEqualTo("u10.0.1700000000.1");
  }

  // The date that is stored

  @Test
  void the_stored_date_stays_behind_while_a_watched_channel_is_out_of_step() {
    rig.watchJoined(5, 30, 4);
    rig.receive(Tl.newPost(5, 6, 32));
    rig.receive(Tl.inOrder(2, Tl.DATE + 1_000, Tl.mark(1)));
    CommonPosition held = rig.all(Effect.Common.class).getLast().position();
    assertThat(held.date()).isLessThanOrEqualTo(Tl.DATE);
    assertThat(held.seq()).isEqualTo(2);
    rig.receive(Tl.newPost(5, 5, 31));
    rig.receive(Tl.inOrder(3, Tl.DATE + 2_000, Tl.mark(2)));
    assertThat(rig.all(Effect.Common.class).getLast().position().date()).isEqualTo(Tl.DATE + 2_000);
  }

  @Test
  void what_a_difference_tells_of_a_channel_holds_its_date_back() {
    rig.watchJoined(5, 30, 4);
    rig.receive(new UpdatesTooLong());
    rig.answer(
        GetDifference.class,
        Tl.difference(
            Tl.state(11, 0, Tl.DATE + 1_000, 1), List.of(), new UpdateChannelTooLong(5L, null)));
    assertThat(rig.engine.position().orElseThrow().date()).isLessThanOrEqualTo(Tl.DATE);
    rig.answer(
        dev.jobradar.tl.api.method.Updates.GetChannelDifference.class, Tl.nothingNew(30, null));
    assertThat(rig.engine.position().orElseThrow().date()).isEqualTo(Tl.DATE + 1_000);
  }

  @Test
  void a_channel_that_is_watched_later_leaves_the_date_open_until_it_was_asked() {
    rig.engine.watch(5, 35, true, new ChannelPosition(30, 4, 0), rig.now);
    rig.receive(Tl.mark(1));
    // A restart from here would be told of every channel.
    assertThat(rig.all(Effect.Common.class).getLast().position().date()).isEqualTo(1);
    rig.answer(
        dev.jobradar.tl.api.method.Updates.GetChannelDifference.class, Tl.nothingNew(30, null));
    rig.receive(Tl.mark(2));
    assertThat(rig.all(Effect.Common.class).getLast().position().date()).isEqualTo(Tl.DATE);
  }

  @Test
  void nothing_goes_by_seq_while_a_difference_is_wanted_that_could_not_be_had() {
    rig.receive(new UpdatesTooLong());
    rig.fail(GetDifference.class, refusal(420, "FLOOD_WAIT_9"));
    rig.receive(Tl.inOrder(2, Tl.DATE + 5, Tl.mark(1)));
    rig.pass(9_000);
    // With a later date Telegram would not tell what happened in channels before.
    assertThat(rig.call(GetDifference.class).date()).isEqualTo(Tl.DATE);
    rig.answer(GetDifference.class, new DifferenceEmpty(Tl.DATE + 1, 1));
    assertThat(rig.common()).containsExactly(Tl.mark(1));
    assertThat(rig.standing()).isEqualTo("u10.0.1700000005.2");
  }
}
