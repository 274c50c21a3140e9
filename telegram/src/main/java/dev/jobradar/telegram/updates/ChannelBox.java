package dev.jobradar.telegram.updates;

import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.mtproto.RpcException;
import dev.jobradar.telegram.updates.GapBuffer.Capacity;
import dev.jobradar.telegram.updates.GapBuffer.Counter;
import dev.jobradar.telegram.updates.GapBuffer.Step;
import dev.jobradar.tl.TlMethod;
import dev.jobradar.tl.api.ChannelFull;
import dev.jobradar.tl.api.ChannelMessagesFilterEmpty;
import dev.jobradar.tl.api.Dialog;
import dev.jobradar.tl.api.InputChannel;
import dev.jobradar.tl.api.InputPeerChannel;
import dev.jobradar.tl.api.Message;
import dev.jobradar.tl.api.TypeMessage;
import dev.jobradar.tl.api.TypeUpdate;
import dev.jobradar.tl.api.UpdateNewChannelMessage;
import dev.jobradar.tl.api.messages.ChannelMessages;
import dev.jobradar.tl.api.messages.ChatFull;
import dev.jobradar.tl.api.messages.MessagesNotModified;
import dev.jobradar.tl.api.messages.MessagesSlice;
import dev.jobradar.tl.api.messages.TypeMessages;
import dev.jobradar.tl.api.method.Channels;
import dev.jobradar.tl.api.method.Messages;
import dev.jobradar.tl.api.method.Updates;
import dev.jobradar.tl.api.updates.ChannelDifference;
import dev.jobradar.tl.api.updates.ChannelDifferenceEmpty;
import dev.jobradar.tl.api.updates.ChannelDifferenceTooLong;
import dev.jobradar.tl.api.updates.TypeChannelDifference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One watched channel: its message box, seen from here.
 *
 * <p>What it needs next follows from its fields, in this order: its {@code pts} when that is not
 * known; the posts that only the history has ({@code fillTo}); the difference ({@code behind}).
 * While a call is under way, and until the first two are done, what is pushed is kept back.
 *
 * <p><b>Two guards.</b> {@code pts} tells whether something is missing; {@code last}, the id of the
 * last message, tells whether a post was delivered before. A channel's message gets its id and its
 * {@code pts} in one step, so ids ascend with {@code pts} (a scheduled message gets its id when it
 * is published; an edit is another kind of update). Therefore a new message whose id is not above
 * {@code last} has been delivered already, by another way, and is passed over.
 */
final class ChannelBox {
  static final long NEVER = Long.MAX_VALUE;

  /** "Limit 10-100 for channels" (api/updates#recovering-gaps); a page of history holds as much. */
  private static final int PAGE = 100;

  /** "It may be useful to wait up to 0.5 seconds" for what is missing. */
  static final long GAP_PATIENCE = 500;

  /** A stored position is at most so many events old: one page. */
  private static final int LAG = PAGE;

  /** A difference without a time-out is asked for again after a second. */
  private static final int DEFAULT_POLL_SECONDS = 1;

  private static final int LONGEST_POLL_SECONDS = 15 * 60;

  /** So many empty pages in a row, and the message that the fill is to end at has been deleted. */
  private static final int EMPTY_PAGES = 4;

  /** Updates may overtake each other by so much: how much earlier a held-back date is. */
  private static final int DATE_MARGIN = 60;

  private static final int LONG_AGO = 1;

  /** Telegram's names for why a channel cannot be read by this account, now or ever. */
  static final Set<String> NO_ACCESS =
      Set.of(
          "CHANNEL_PRIVATE",
          "CHANNEL_INVALID",
          "CHANNEL_PUBLIC_GROUP_NA",
          "CHANNEL_BANNED",
          "CHANNEL_MONOFORUM_UNSUPPORTED",
          "CHAT_FORBIDDEN",
          "CHAT_ID_INVALID",
          "PEER_ID_INVALID",
          "USER_BANNED_IN_CHANNEL",
          "USER_NOT_PARTICIPANT");

  private final long id;
  private long accessHash;
  private boolean polled;

  private int pts;
  private int last;
  private int fillTo;

  /** The difference is to be asked for. */
  private boolean behind;

  /** It is to be asked for once more after the call that is under way. */
  private boolean again;

  /** The history did not tell the {@code pts}: the full information will. */
  private boolean askFull;

  /** The number of the call that is under way, 0 for none. */
  private int call;

  private int failures;
  private int emptyPages;
  private long notBefore = Long.MIN_VALUE;

  /** When a gap has waited long enough, or when it is time to poll. */
  private long wakeAt = NEVER;

  private @Nullable GapBuffer kept;

  /** The {@code pts} of the position that was handed out last. */
  private int toldPts;

  /** The account's date when this channel fell behind, 0 while that date has not moved on. */
  private int heldDate;

  /**
   * @param inStep whether the account's difference tells what happened here since the position
   */
  ChannelBox(long id, long accessHash, boolean joined, ChannelPosition from, boolean inStep) {
    this.id = id;
    this.accessHash = accessHash;
    this.polled = !joined;
    this.pts = from.pts();
    this.last = from.lastMessageId();
    this.fillTo = from.fillTo();
    this.toldPts = pts;
    this.behind = polled || (pts != 0 && !inStep);
    this.heldDate = behind ? LONG_AGO : 0;
  }

  long id() {
    return id;
  }

  UpdateMode updateMode() {
    return polled ? UpdateMode.POLLED : UpdateMode.PUSHED;
  }

  ChannelPosition position() {
    return new ChannelPosition(pts, last, fillTo);
  }

  // --- what comes by push ------------------------------------------------------------------

  /** An update of this channel's box. */
  void pushed(Step step, long now, Capacity capacity, EffectBuffer out) {
    if (step.backwards()) {
      return;
    }
    if (call != 0 || pts == 0 || fillTo != 0) {
      keep(step, capacity);
    } else if (step.from() == pts) {
      apply(step, out);
      drain(now, out);
    } else if (step.from() > pts) {
      keep(step, capacity);
      awaitMissing(now);
    }
  }

  /** Telegram wants the difference to be asked for; with the channel's pts, if it said it. */
  void tooLong(@Nullable Integer remotePts) {
    if (remotePts == null || pts == 0 || remotePts > pts) {
      ask();
    }
  }

  /** The difference is to be asked for. */
  void ask() {
    if (call == 0) {
      behind = true;
    } else {
      again = true;
    }
  }

  /** What a channel's own constructor says of it; null for nothing new. */
  @Nullable UpdateMode seen(@Nullable Long newAccessHash, boolean left) {
    if (newAccessHash != null) {
      accessHash = newAccessHash;
    }
    if (left == polled) {
      return null;
    }
    polled = left;
    ask();
    return updateMode();
  }

  private void keep(Step step, Capacity capacity) {
    if (kept == null) {
      kept = new GapBuffer(capacity);
    }
    if (!kept.add(step)) {
      drop();
      ask();
    }
  }

  /** Forgets what is kept back. */
  void drop() {
    if (kept != null) {
      kept.clear();
      kept = null;
    }
  }

  private void awaitMissing(long now) {
    wakeAt = Math.min(wakeAt, now + GAP_PATIENCE);
  }

  private void drain(long now, EffectBuffer out) {
    if (kept == null) {
      return;
    }
    for (Step step = kept.next(Counter.PTS, pts);
        step != null;
        step = kept.next(Counter.PTS, pts)) {
      apply(step, out);
    }
    if (kept.isEmpty()) {
      kept = null;
      // What was missing is there; a channel that is polled is then asked a little early.
      wakeAt = polled ? wakeAt : NEVER;
    } else {
      awaitMissing(now);
    }
  }

  private void apply(Step step, EffectBuffer out) {
    pts = step.to();
    for (TypeUpdate update : step.updates()) {
      if (update instanceof UpdateNewChannelMessage added) {
        arrived(added.message(), out);
      }
    }
    if (pts - toldPts >= LAG) {
      tell(out);
    }
  }

  /** A new message, with the state as it is after it. */
  private void arrived(TypeMessage message, EffectBuffer out) {
    if (UpdateSequence.idOf(message) <= last) {
      return;
    }
    last = UpdateSequence.idOf(message);
    if (message instanceof Message post) {
      toldPts = pts;
      out.add(new Effect.Post(id, post, position()));
    }
  }

  private void tell(EffectBuffer out) {
    toldPts = pts;
    out.add(new Effect.ChannelMoved(id, position()));
  }

  // --- what is asked for -------------------------------------------------------------------

  /** When there will be something to do; {@link #NEVER} while a call is under way. */
  long dueAt() {
    if (call != 0) {
      return NEVER;
    }
    return wantsCall() ? notBefore : wakeAt;
  }

  boolean calling() {
    return call != 0;
  }

  boolean calling(int number) {
    return call == number;
  }

  boolean wantsCall() {
    return pts == 0 || fillTo != 0 || behind;
  }

  /** Lets time pass. */
  void wake(long now) {
    if (call == 0 && wakeAt <= now) {
      wakeAt = NEVER;
      behind = true;
    }
  }

  /** The call to make now. */
  TlMethod<?> begin(int number) {
    call = number;
    wakeAt = NEVER;
    if (pts == 0 && askFull) {
      return new Channels.GetFullChannel(new InputChannel(id, accessHash));
    }
    if (pts == 0 || fillTo == ChannelPosition.UNKNOWN) {
      return history(0, 0, 1, 0);
    }
    if (fillTo != 0) {
      // The oldest messages above `last`: the slice of PAGE results that reaches one below where
      // the offset of `last` is counted to, whether that counts `last` itself or not (api/offsets);
      // min_id then takes off what is not above it. An offset_id of 0 would mean the newest.
      return history(Math.max(last, 1), 1 - PAGE, PAGE, last);
    }
    behind = false;
    return Updates.GetChannelDifference.builder()
        .channel(new InputChannel(id, accessHash))
        .filter(new ChannelMessagesFilterEmpty())
        .pts(pts)
        .limit(PAGE)
        .build();
  }

  private Messages.GetHistory history(int offsetId, int addOffset, int limit, int minId) {
    return new Messages.GetHistory(
        new InputPeerChannel(id, accessHash), offsetId, 0, addOffset, limit, 0, minId, 0);
  }

  /** The answer to the call that was under way. */
  void answered(Object answer, long now, EffectBuffer out) {
    call = 0;
    notBefore = Long.MIN_VALUE;
    // Each by what was asked for, so that an answer to something else counts as none.
    switch (answer) {
      case TypeChannelDifference difference when pts != 0 && fillTo == 0 ->
          difference(difference, now, out);
      case ChatFull(ChannelFull full, var chats, var users)
          when pts == 0 && askFull && full.pts() > 0 -> {
        pts = full.pts();
        fillTo = ChannelPosition.UNKNOWN;
      }
      case MessagesNotModified nothing -> stumble(now);
      case TypeMessages history when pts == 0 || fillTo == ChannelPosition.UNKNOWN ->
          newest(history, now, out);
      case TypeMessages history when fillTo != 0 -> page(messagesOf(history), now, out);
      default -> stumble(now);
    }
  }

  /**
   * The call that was under way failed.
   *
   * @return Telegram's name for the reason why the channel can no longer be read, null otherwise
   */
  @Nullable String failed(MtprotoException why, long now) {
    call = 0;
    behind = true;
    failures++;
    notBefore = now + Backoff.after(failures, why);
    if (why instanceof RpcException rpc) {
      if (NO_ACCESS.contains(rpc.error())) {
        return rpc.error();
      }
      if (rpc.is("PERSISTENT_TIMESTAMP_INVALID") || rpc.is("PERSISTENT_TIMESTAMP_EMPTY")) {
        // A new start from the state of now; what was posted in between is in the history.
        pts = 0;
        fillTo = ChannelPosition.UNKNOWN;
      }
    }
    return null;
  }

  /** An answer that leads no further: the same again, later. */
  private void stumble(long now) {
    behind = true;
    failures++;
    notBefore = now + Backoff.after(failures);
  }

  /**
   * The newest message. That answer tells the channel's pts as well, and both are of one moment:
   * asked for one after the other, a post could be in neither.
   */
  private void newest(TypeMessages history, long now, EffectBuffer out) {
    if (pts == 0) {
      pts = history instanceof ChannelMessages channel ? Math.max(channel.pts(), 0) : 0;
      if (pts == 0) {
        askFull = true;
        return;
      }
    }
    askFull = false;
    int top = newestOf(messagesOf(history));
    if (last == ChannelPosition.UNKNOWN) {
      last = top;
    }
    fillTo = top > last ? top : 0;
    tell(out);
    if (fillTo == 0) {
      behind = behind || polled;
      rest(now, out);
    }
  }

  /** A page of what the difference left out, oldest first. */
  private void page(List<TypeMessage> page, long now, EffectBuffer out) {
    List<TypeMessage> messages = newOnes(page);
    for (TypeMessage message : messages) {
      if (UpdateSequence.idOf(message) >= fillTo) {
        fillTo = 0;
      }
      arrived(message, out);
    }
    if (!messages.isEmpty()) {
      failures = 0;
      emptyPages = 0;
    } else if (++emptyPages < EMPTY_PAGES) {
      // The message to end at is not there: a replica that lags, or it has been deleted.
      stumble(now);
    } else {
      emptyPages = 0;
      last = fillTo;
      fillTo = 0;
    }
    if (fillTo == 0) {
      behind = true;
      again = false;
      tell(out);
    }
  }

  private void difference(TypeChannelDifference difference, long now, EffectBuffer out) {
    switch (difference) {
      case ChannelDifferenceEmpty empty -> {
        pts = Math.max(pts, empty.pts());
        finish(empty.timeout(), now, out);
      }
      case ChannelDifference some -> {
        boolean progress = some.pts() > pts;
        part(some, out);
        if (some.final_()) {
          finish(some.timeout(), now, out);
        } else if (progress) {
          behind = true;
          failures = 0;
        } else {
          stumble(now);
        }
      }
      case ChannelDifferenceTooLong tooLong -> tooLong(tooLong, now, out);
    }
  }

  private void part(ChannelDifference part, EffectBuffer out) {
    List<TypeMessage> all = new ArrayList<>(part.newMessages());
    for (TypeUpdate update : part.otherUpdates()) {
      if (update instanceof UpdateNewChannelMessage added) {
        all.add(added.message());
      }
    }
    List<TypeMessage> messages = newOnes(all);
    int then = Math.max(pts, part.pts());
    for (int i = 0; i < messages.size(); i++) {
      // Between the messages only their ids tell how far it went.
      pts = i == messages.size() - 1 ? then : pts;
      arrived(messages.get(i), out);
    }
    pts = then;
    if (pts != toldPts) {
      tell(out);
    }
  }

  private void tooLong(ChannelDifferenceTooLong tooLong, long now, EffectBuffer out) {
    int newPts = 0;
    int top = newestOf(tooLong.messages());
    if (tooLong.dialog() instanceof Dialog dialog) {
      newPts = dialog.pts() == null ? 0 : dialog.pts();
      top = Math.max(top, dialog.topMessage());
    }
    if (newPts <= 0) {
      pts = 0;
      fillTo = ChannelPosition.UNKNOWN;
    } else if (newPts <= pts) {
      stumble(now);
    } else {
      pts = newPts;
      fillTo = top > last ? top : 0;
      tell(out);
      if (fillTo == 0) {
        finish(tooLong.timeout(), now, out);
      }
    }
  }

  /** The difference is complete. */
  private void finish(@Nullable Integer timeout, long now, EffectBuffer out) {
    if (polled) {
      int seconds = timeout == null ? DEFAULT_POLL_SECONDS : timeout;
      wakeAt = now + 1000L * Math.clamp(seconds, DEFAULT_POLL_SECONDS, LONGEST_POLL_SECONDS);
    }
    rest(now, out);
    if (pts - toldPts >= LAG) {
      tell(out);
    }
  }

  private void rest(long now, EffectBuffer out) {
    failures = 0;
    behind = behind || again;
    again = false;
    drain(now, out);
  }

  /** Those above {@code last}, in ascending order. */
  private List<TypeMessage> newOnes(List<TypeMessage> messages) {
    return messages.stream()
        .filter(message -> UpdateSequence.idOf(message) > last)
        .sorted(Comparator.comparingInt(UpdateSequence::idOf))
        .toList();
  }

  private static int newestOf(List<TypeMessage> messages) {
    return Math.max(0, messages.stream().mapToInt(UpdateSequence::idOf).max().orElse(0));
  }

  private static List<TypeMessage> messagesOf(TypeMessages history) {
    return switch (history) {
      case ChannelMessages some -> some.messages();
      case MessagesSlice some -> some.messages();
      case dev.jobradar.tl.api.messages.Messages some -> some.messages();
      case MessagesNotModified nothing -> List.of();
    };
  }

  // --- the account's date ------------------------------------------------------------------

  /**
   * Whether something may have happened here that was not delivered. A restart must then be told of
   * this channel; of one that is polled it finds out by itself.
   */
  private boolean unsettled() {
    return !polled && (wantsCall() || call != 0 || kept != null);
  }

  /** The account's date is about to move on from this one. */
  void dateMoves(int date) {
    if (!unsettled()) {
      heldDate = 0;
    } else if (heldDate == 0) {
      heldDate = Math.max(LONG_AGO, date - DATE_MARGIN);
    }
  }

  /** The date that a stored position must not go beyond. */
  int latestDate() {
    return unsettled() && heldDate != 0 ? heldDate : Integer.MAX_VALUE;
  }
}
