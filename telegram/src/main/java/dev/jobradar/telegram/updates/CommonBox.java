package dev.jobradar.telegram.updates;

import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.mtproto.RpcException;
import dev.jobradar.telegram.updates.GapBuffer.Capacity;
import dev.jobradar.telegram.updates.GapBuffer.Counter;
import dev.jobradar.telegram.updates.GapBuffer.Step;
import dev.jobradar.tl.TlMethod;
import dev.jobradar.tl.api.TypeEncryptedMessage;
import dev.jobradar.tl.api.TypeMessage;
import dev.jobradar.tl.api.TypeUpdate;
import dev.jobradar.tl.api.UpdateMessageID;
import dev.jobradar.tl.api.UpdateNewEncryptedMessage;
import dev.jobradar.tl.api.UpdateNewMessage;
import dev.jobradar.tl.api.method.Updates;
import dev.jobradar.tl.api.updates.Difference;
import dev.jobradar.tl.api.updates.DifferenceEmpty;
import dev.jobradar.tl.api.updates.DifferenceSlice;
import dev.jobradar.tl.api.updates.DifferenceTooLong;
import dev.jobradar.tl.api.updates.State;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an account has in common for all its chats but channels: the common message box ({@code
 * pts}), the secondary sequence ({@code qts}) and the sequence of {@code Updates} objects ({@code
 * seq} and {@code date}).
 *
 * <p>What it needs next follows from its fields: the state when {@code pts} is not known, else the
 * difference when it is {@code behind}. While it needs one of them, what is pushed is kept back.
 */
final class CommonBox {
  /** "Limit 1000-10000 otherwise" (api/updates#recovering-gaps). */
  private static final int SLICE = 1_000;

  /** Further behind than this, the common box is not caught up on (pts_total_limit). */
  private static final int MOST_BEHIND = 10_000;

  /** "Long period without updates: no updates for 15 minutes or longer". */
  static final long LONGEST_SILENCE = 15 * 60_000L;

  /** A stored position is at most so many events, and so many seconds, old. */
  private static final int LAG = 100;

  private static final int DATE_LAG = 60;

  /** The clocks of Telegram's servers may differ by so many seconds. */
  private static final int CLOCKS_DIFFER = 60;

  private final Capacity capacity;
  private final WatchedChannels channels;
  private final EffectBuffer out;

  private int pts;
  private int qts;
  private int date;
  private int seq;

  private boolean behind;

  /** The difference is to be asked for once more after the call that is under way. */
  private boolean again;

  /** The state is to be asked for after the call that is under way. */
  private boolean forgotten;

  private int call;
  private int failures;
  private long notBefore = Long.MIN_VALUE;
  private long gapAt = ChannelBox.NEVER;
  private long heardAt;
  private @Nullable GapBuffer kept;

  private int toldPts;
  private int toldDate;

  CommonBox(
      @Nullable CommonPosition from,
      long now,
      Capacity capacity,
      WatchedChannels channels,
      EffectBuffer out) {
    this.capacity = capacity;
    this.channels = channels;
    this.out = out;
    this.heardAt = now;
    if (from != null) {
      pts = from.pts();
      qts = from.qts();
      date = from.date();
      seq = from.seq();
      toldPts = pts;
      toldDate = date;
    }
  }

  /** Where it stands, null while that is not known. */
  @Nullable CommonPosition position() {
    return pts == 0 ? null : here();
  }

  private CommonPosition here() {
    return new CommonPosition(pts, qts, channels.heldBack(date), seq);
  }

  // --- what comes by push ------------------------------------------------------------------

  /** Something came from Telegram: it is not silent. */
  void heard(long now) {
    heardAt = now;
  }

  /**
   * Goes on by a step, keeps it for later, or passes it over.
   *
   * <p>It is kept as soon as the difference is wanted, not only while it is under way: a seq that
   * moved the date on would hide from the difference what happened in channels before.
   */
  void step(Step step, long now) {
    if (step.backwards()) {
      return;
    }
    if (call != 0 || wantsCall()) {
      keep(step);
      return;
    }
    int local = local(step.counter());
    if (step.from() == local) {
      apply(step);
      drain(now);
    } else if (step.from() > local) {
      keep(step);
      awaitMissing(now);
    }
  }

  /** Takes updates that are in no order. */
  void unordered(List<TypeUpdate> updates) {
    if (pts == 0) {
      keep(new Step(Counter.NONE, 0, 0, 0, updates));
    } else {
      deliver(updates);
    }
  }

  /** The difference is to be asked for; while the state is not known, that comes first and does. */
  void ask() {
    if (call == 0) {
      behind = pts != 0;
    } else {
      again = true;
    }
  }

  /** Telegram numbers the common message box anew: the state is to be asked for. */
  void forget() {
    channels.askAll();
    if (call == 0) {
      pts = 0;
    } else {
      forgotten = true;
    }
  }

  private int local(Counter counter) {
    return switch (counter) {
      case PTS -> pts;
      case QTS -> qts;
      case SEQ -> seq;
      case NONE -> 0;
    };
  }

  private void keep(Step step) {
    if (kept == null) {
      kept = new GapBuffer(capacity);
    }
    if (!kept.add(step)) {
      kept.clear();
      kept = null;
      ask();
    }
  }

  private void awaitMissing(long now) {
    gapAt = Math.min(gapAt, now + ChannelBox.GAP_PATIENCE);
  }

  private void drain(long now) {
    if (kept == null) {
      return;
    }
    for (Counter counter : Counter.values()) {
      for (Step step = kept.next(counter, local(counter));
          step != null;
          step = kept.next(counter, local(counter))) {
        apply(step);
      }
    }
    if (kept.isEmpty()) {
      kept = null;
      gapAt = ChannelBox.NEVER;
    } else {
      awaitMissing(now);
    }
  }

  private void apply(Step step) {
    switch (step.counter()) {
      case PTS -> pts = step.to();
      case QTS -> qts = step.to();
      case SEQ -> {
        seq = step.to();
        moveDate(Math.max(date, step.date()));
      }
      case NONE -> {}
    }
    deliver(step.updates());
  }

  private void deliver(List<TypeUpdate> updates) {
    if (!updates.isEmpty()) {
      told();
      out.add(new Effect.Common(updates, here()));
    } else if (pts - toldPts >= LAG || date - toldDate >= DATE_LAG) {
      tell();
    }
  }

  private void save(List<TypeUpdate> updates) {
    if (updates.isEmpty()) {
      tell();
    } else {
      deliver(updates);
    }
  }

  private void tell() {
    told();
    out.add(new Effect.CommonMoved(here()));
  }

  private void told() {
    toldPts = pts;
    toldDate = date;
  }

  private void moveDate(int to) {
    if (to != date) {
      if (date != 0) {
        channels.dateMoves(date);
      }
      date = to;
    }
  }

  // --- what is asked for -------------------------------------------------------------------

  boolean calling(int number) {
    return call == number;
  }

  /** When there will be something to do; never while a call is under way. */
  long dueAt() {
    if (call != 0) {
      return ChannelBox.NEVER;
    }
    return wantsCall() ? notBefore : Math.min(gapAt, heardAt + LONGEST_SILENCE);
  }

  boolean wantsCall() {
    return pts == 0 || behind;
  }

  /** Lets time pass. */
  void wake(long now) {
    if (call == 0 && Math.min(gapAt, heardAt + LONGEST_SILENCE) <= now) {
      behind = true;
    }
  }

  /** The call to make now. */
  TlMethod<?> begin(int number, long now) {
    call = number;
    gapAt = ChannelBox.NEVER;
    heardAt = now;
    if (pts == 0) {
      return new Updates.GetState();
    }
    behind = false;
    return Updates.GetDifference.builder()
        .pts(pts)
        .ptsLimit(SLICE)
        .ptsTotalLimit(MOST_BEHIND)
        .date(date)
        .qts(qts)
        .build();
  }

  /** The call that was under way failed. */
  void failed(MtprotoException why, long now) {
    call = 0;
    behind = pts != 0;
    failures++;
    notBefore = now + Backoff.after(failures, why);
    if (why instanceof RpcException rpc
        && (rpc.is("PERSISTENT_TIMESTAMP_INVALID") || rpc.is("PERSISTENT_TIMESTAMP_EMPTY"))) {
      forget();
    }
  }

  /**
   * The answer to the call that was under way.
   *
   * @param others what the engine left of the answer's updates: those of no channel
   */
  void answered(Object answer, List<TypeUpdate> others, long now) {
    call = 0;
    notBefore = Long.MIN_VALUE;
    if (pts != 0 && dateOf(answer) < date - CLOCKS_DIFFER) {
      // The date that was asked with is from a clock that was ahead: what happened in channels
      // since the true one, the answer does not tell.
      channels.askAll();
    }
    switch (answer) {
      case State state when pts == 0 -> state(state, now);
      // An answer to something else counts as none.
      case Object nothing when pts == 0 -> goOn(false, now);
      case DifferenceEmpty(int newDate, int newSeq) -> {
        seq = Math.max(0, newSeq);
        moveDate(Math.max(1, newDate));
        deliver(List.of());
        finish(now);
      }
      case Difference all -> {
        enter(all.state());
        save(batch(all.newMessages(), all.newEncryptedMessages(), others));
        finish(now);
      }
      case DifferenceSlice some -> {
        boolean progress = enter(some.intermediateState());
        save(batch(some.newMessages(), some.newEncryptedMessages(), others));
        goOn(progress, now);
      }
      case DifferenceTooLong(int newPts) -> {
        // "The specified state must be used to refetch updates": with the date from before, so that
        // the channels in which something happened are told.
        boolean progress = newPts > pts;
        pts = Math.max(pts, newPts);
        channels.askAll();
        told();
        out.add(new Effect.CommonSkipped(here()));
        goOn(progress, now);
      }
      default -> goOn(false, now);
    }
  }

  /** The server's date in a difference. */
  private static int dateOf(Object answer) {
    return switch (answer) {
      case DifferenceEmpty empty -> empty.date();
      case Difference all -> all.state().date();
      case DifferenceSlice some -> some.intermediateState().date();
      default -> Integer.MAX_VALUE;
    };
  }

  private void state(State state, long now) {
    if (pts == 0 && date == 0) {
      enter(state);
      tell();
      finish(now);
      return;
    }
    // The date stays as it was, and with it what the difference tells of the channels.
    pts = Math.max(1, state.pts());
    qts = Math.max(0, state.qts());
    told();
    out.add(new Effect.CommonSkipped(here()));
    goOn(true, now);
  }

  /** Takes over a state; whether it is another one. */
  private boolean enter(State state) {
    int newPts = Math.max(1, state.pts());
    int newQts = Math.max(0, state.qts());
    int newDate = Math.max(1, state.date());
    boolean moved = newPts != pts || newQts != qts || newDate != date;
    pts = newPts;
    qts = newQts;
    seq = Math.max(0, state.seq());
    moveDate(newDate);
    return moved;
  }

  private void goOn(boolean progress, long now) {
    behind = true;
    if (progress) {
      failures = 0;
    } else {
      failures++;
      notBefore = now + Backoff.after(failures);
    }
  }

  private void finish(long now) {
    failures = 0;
    behind = behind || again;
    again = false;
    if (forgotten) {
      forgotten = false;
      pts = 0;
    }
    if (!wantsCall()) {
      drain(now);
    }
  }

  private List<TypeUpdate> batch(
      List<TypeMessage> messages, List<TypeEncryptedMessage> encrypted, List<TypeUpdate> others) {
    List<TypeUpdate> batch = new ArrayList<>(messages.size() + encrypted.size() + others.size());
    // Which of one's own messages the following ones are.
    others.stream().filter(UpdateMessageID.class::isInstance).forEach(batch::add);
    messages.forEach(message -> batch.add(new UpdateNewMessage(message, pts, 0)));
    encrypted.forEach(message -> batch.add(new UpdateNewEncryptedMessage(message, qts)));
    others.stream().filter(update -> !(update instanceof UpdateMessageID)).forEach(batch::add);
    return batch;
  }
}
