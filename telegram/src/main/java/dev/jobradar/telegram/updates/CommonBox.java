package dev.jobradar.telegram.updates;

import dev.jobradar.mtproto.MtprotoException;
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
 * <p>The shell around a {@link CommonState}: it holds the numbers, says when the state's call is
 * due, and keeps back what is pushed meanwhile.
 */
final class CommonBox {
  /** Further behind than this, the common box is not caught up on (pts_total_limit). */
  private static final int MOST_BEHIND = 10_000;

  /** "Long period without updates: no updates for 15 minutes or longer". */
  static final long LONGEST_SILENCE = 15 * 60_000L;

  /** A stored position is at most so many events, and so many seconds, old. */
  private static final int LAG = 100;

  private static final int DATE_LAG = 60;

  /** So many failures in a row, about seven seconds, are a stall. */
  private static final int FAILURES_OF_A_STALL = 4;

  /** How long an answer that could not be read waits before less is asked for. */
  private static final long FAST_STEP = 250;

  /** A contradiction between a push and the numbers is looked into this often at most. */
  private static final long BETWEEN_DOUBTS = 60_000;

  /**
   * From so far below the message that shows a fall the difference is asked for: it has what was
   * missed since the fall, and ids tell what was delivered before.
   */
  private static final int LOOK_BACK = CommonState.SLICE;

  /** The clocks of Telegram's servers may differ by so many seconds. */
  private static final int CLOCKS_DIFFER = 60;

  private final Capacity capacity;
  private final WatchedChannels channels;
  private final EffectBuffer out;

  private int pts;
  private int qts;
  private int date;
  private int seq;

  private CommonState state;

  /** The highest message id that was seen, 0 for none yet. */
  private int lastMessage;

  /** Messages up to this one are in a difference for the second time: the server's pts fell. */
  private int repeatedUpTo;

  /**
   * While the difference looks back: the pts that a restart goes on from, which looks back no more.
   */
  private int floor;

  /** A contradiction is looked into no earlier than this. */
  private long doubtFrom = Long.MIN_VALUE;

  /** The difference is to be asked for once more after the call that is under way. */
  private boolean again;

  /** The state is to be asked for after the call that is under way. */
  private boolean forgotten;

  /** When everything was delivered last, as far as is known. */
  private long settledAt;

  /** The stall that was told last, null when there is none. */
  private @Nullable StallCause toldStall;

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
    this.settledAt = now;
    this.state = from == null ? new CommonState.Unknown() : new CommonState.InStep();
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
    return new CommonPosition(Math.max(pts, floor), qts, channels.heldBack(date), seq);
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
    if (call != 0 || !takesPushes()) {
      keep(step);
      return;
    }
    take(step, now);
    drain(now);
  }

  /** While the difference fails, what can be delivered without it is delivered. */
  private boolean takesPushes() {
    return switch (state) {
      case CommonState.InStep inStep -> true;
      case CommonState.Stalled stalled ->
          pts != 0 && !(stalled.goal() instanceof CommonState.Doubtful);
      case CommonState.Unknown unknown -> false;
      case CommonState.Doubtful doubtful -> false;
      case CommonState.Behind behind -> false;
    };
  }

  private boolean bridges() {
    return state instanceof CommonState.Stalled stalled && stalled.bridges() && takesPushes();
  }

  private void take(Step step, long now) {
    int local = local(step.counter());
    if (step.from() == local) {
      apply(step, now);
    } else if (step.from() > local) {
      keep(step);
      awaitMissing(now);
    } else if (step.counter() == Counter.PTS && contradicts(step)) {
      doubt(step, now);
    }
  }

  private void doubt(Step step, long now) {
    CommonState before = state;
    move(new CommonState.Event.Doubted(step.from()));
    if (!state.equals(before)) {
      notBefore = Math.max(now, doubtFrom);
      doubtFrom = notBefore + BETWEEN_DOUBTS;
      keep(step);
    }
  }

  private CommonState.Verdict move(CommonState.Event event) {
    CommonState.Next next = CommonState.next(state, event);
    state = next.state();
    return next.verdict();
  }

  /** A new message whose pts is not above ours: perhaps the server's pts has fallen. */
  private boolean contradicts(Step step) {
    for (TypeUpdate update : step.updates()) {
      if (update instanceof UpdateNewMessage added
          && UpdateSequence.idOf(added.message()) > lastMessage) {
        return true;
      }
    }
    return false;
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
      move(new CommonState.Event.Asked());
    } else {
      again = true;
    }
  }

  /** Telegram numbers the common message box anew: the state is to be asked for. */
  void forget() {
    channels.askAll();
    if (call == 0) {
      lose();
    } else {
      forgotten = true;
    }
  }

  private void lose() {
    pts = 0;
    floor = 0;
    move(new CommonState.Event.NumbersLost());
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

  /** The numbers are the server's own of now: what is kept below them is known. */
  private void forgetKnown() {
    for (Counter counter : Counter.values()) {
      Step known;
      do {
        known = kept == null ? null : kept.lowest(counter, local(counter) - 1);
      } while (known != null);
    }
  }

  /** Those below our numbers are looked at as well: they may show that the server's have fallen. */
  private void drain(long now) {
    for (Counter counter : Counter.values()) {
      for (Step step = lowestKept(counter); step != null; step = lowestKept(counter)) {
        take(step, now);
      }
    }
    if (kept == null || !takesPushes()) {
      return;
    }
    if (kept.isEmpty()) {
      kept = null;
      gapAt = ChannelBox.NEVER;
    } else {
      awaitMissing(now);
    }
  }

  private @Nullable Step lowestKept(Counter counter) {
    return kept == null || !takesPushes() ? null : kept.lowest(counter, local(counter));
  }

  /** What is missing comes in no way: goes on with what is there, and says that it is missing. */
  private void bridge(long now) {
    if (kept == null) {
      return;
    }
    for (Counter counter : Counter.values()) {
      Step step = kept.lowest(counter, Integer.MAX_VALUE);
      if (step != null) {
        if (step.from() > local(counter)) {
          move(counter, step.from());
          skipped();
        }
        if (step.from() == local(counter)) {
          apply(step, now);
        }
      }
    }
    drain(now);
  }

  private void move(Counter counter, int to) {
    switch (counter) {
      case PTS -> pts = to;
      case QTS -> qts = to;
      case SEQ -> seq = to;
      case NONE -> {}
    }
  }

  private void apply(Step step, long now) {
    move(step.counter(), step.to());
    if (state instanceof CommonState.InStep) {
      settledAt = now;
      // While the difference fails, the date says from where it has to tell of channels.
      if (step.counter() == Counter.SEQ) {
        moveDate(Math.max(date, step.date()));
      }
    }
    deliver(step.updates());
  }

  private void deliver(List<TypeUpdate> all) {
    List<TypeUpdate> updates = withoutRepeated(all);
    if (!updates.isEmpty()) {
      told();
      out.add(new Effect.Common(updates, here()));
    } else if (pts - toldPts >= LAG || date - toldDate >= DATE_LAG) {
      tell();
    }
  }

  private List<TypeUpdate> withoutRepeated(List<TypeUpdate> all) {
    List<TypeUpdate> updates = new ArrayList<>(all.size());
    for (TypeUpdate update : all) {
      int id = update instanceof UpdateNewMessage added ? UpdateSequence.idOf(added.message()) : 0;
      if (id == 0 || id > repeatedUpTo) {
        updates.add(update);
        lastMessage = Math.max(lastMessage, id);
      }
    }
    return updates;
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
    if (state instanceof CommonState.Stalled) {
      return Math.min(notBefore, bridges() ? gapAt : ChannelBox.NEVER);
    }
    return wantsCall() ? notBefore : Math.min(gapAt, heardAt + LONGEST_SILENCE);
  }

  /** When its call is due. */
  boolean wantsCallAt(long now) {
    return call == 0 && wantsCall() && notBefore <= now;
  }

  private boolean wantsCall() {
    return !(state instanceof CommonState.InStep);
  }

  /** Lets time pass. */
  void wake(long now) {
    if (call != 0) {
      return;
    }
    if (state instanceof CommonState.Stalled) {
      if (bridges() && gapAt <= now) {
        gapAt = ChannelBox.NEVER;
        bridge(now);
      }
    } else if (Math.min(gapAt, heardAt + LONGEST_SILENCE) <= now) {
      ask();
    }
  }

  /** The call to make now. */
  TlMethod<?> begin(int number, long now) {
    call = number;
    gapAt = ChannelBox.NEVER;
    heardAt = now;
    return call(state);
  }

  private TlMethod<?> call(CommonState asking) {
    return switch (asking) {
      case CommonState.Unknown unknown -> new Updates.GetState();
      case CommonState.Doubtful doubtful -> new Updates.GetState();
      case CommonState.Stalled stalled -> call(stalled.goal());
      case CommonState.Behind behind -> difference(behind.limit());
      case CommonState.InStep inStep -> difference(CommonState.SLICE);
    };
  }

  private Updates.GetDifference difference(int limit) {
    return Updates.GetDifference.builder()
        .pts(pts)
        .ptsLimit(limit)
        .ptsTotalLimit(MOST_BEHIND)
        .date(date)
        .qts(qts)
        .build();
  }

  /**
   * The call that was under way failed.
   *
   * @param online whether calls travel: a lost connection is no stall
   */
  void failed(MtprotoException why, boolean online, long now) {
    call = 0;
    boolean readAll =
        state instanceof CommonState.Behind(int limit, int over)
            && limit == CommonState.SLICE
            && over == 0;
    boolean stalledBefore = state instanceof CommonState.Stalled;
    boolean lasting = online && failures + 1 >= FAILURES_OF_A_STALL;
    CommonState.Verdict verdict = move(new CommonState.Event.Failed(why, lasting));
    switch (verdict) {
      case LATER -> {
        failures++;
        notBefore = now + Backoff.after(failures, why);
      }
      case LESS -> notBefore = now + FAST_STEP;
      case STEP_OVER -> {
        notBefore = now + FAST_STEP;
        pts++;
        skipped();
      }
      case NONE, SETTLED, ON, FALLEN, LOOK_BACK ->
          throw new IllegalStateException(verdict + " of a failure");
    }
    if (state instanceof CommonState.Unknown) {
      forget();
    } else if (state instanceof CommonState.Stalled && !stalledBefore
        || verdict == CommonState.Verdict.LESS && readAll) {
      // What happened in channels the difference does not tell: they repair themselves.
      channels.askAll();
    }
    tellStall(now);
    drain(now);
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
      case State told -> stateTold(told, now);
      // An answer to something else counts as none.
      case Object nothing when pts == 0 || !(state.aim() instanceof CommonState.Behind) ->
          follow(move(new CommonState.Event.Nothing()), now);
      case DifferenceEmpty(int newDate, int newSeq) -> {
        seq = Math.max(0, newSeq);
        moveDate(Math.max(1, newDate));
        deliver(List.of());
        follow(move(new CommonState.Event.LastPart()), now);
      }
      case Difference all -> {
        enter(all.state());
        save(batch(all.newMessages(), all.newEncryptedMessages(), others));
        follow(move(new CommonState.Event.LastPart()), now);
      }
      case DifferenceSlice some -> {
        boolean progress = enter(some.intermediateState());
        save(batch(some.newMessages(), some.newEncryptedMessages(), others));
        part(progress, now);
      }
      case DifferenceTooLong(int newPts) -> {
        // "The specified state must be used to refetch updates": with the date from before, so that
        // the channels in which something happened are told.
        boolean progress = newPts != pts;
        repeatedUpTo = newPts < pts ? lastMessage : repeatedUpTo;
        pts = Math.max(1, newPts);
        forgetKnown();
        channels.askAll();
        skipped();
        part(progress, now);
      }
      default -> follow(move(new CommonState.Event.Nothing()), now);
    }
  }

  private void part(boolean progress, long now) {
    follow(move(progress ? new CommonState.Event.Part() : new CommonState.Event.Nothing()), now);
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

  private void stateTold(State told, long now) {
    boolean begins = pts == 0 && date == 0;
    CommonState was = state.aim();
    CommonState.Verdict verdict =
        move(
            new CommonState.Event.StateTold(
                Math.max(1, told.pts()), pts, begins, lastMessage != 0));
    switch (was) {
      case CommonState.Unknown unknown when begins -> {
        enter(told);
        tell();
      }
      case CommonState.Unknown unknown -> {
        // The date stays as it was, and with it what the difference tells of the channels.
        pts = Math.max(1, told.pts());
        qts = Math.max(0, told.qts());
        forgetKnown();
        skipped();
      }
      case CommonState.Doubtful(int from) when verdict == CommonState.Verdict.FALLEN -> fall(from);
      case CommonState.Doubtful(int from) when verdict == CommonState.Verdict.LOOK_BACK ->
          lookBack(from);
      case CommonState.Doubtful doubtful -> forgetKnown();
      default -> {}
    }
    follow(verdict, now);
  }

  /**
   * The server's pts has fallen: on from before the message that showed it. What it has from
   * earlier is asked for as well; whether that is everything cannot be known, and this is told.
   */
  private void fall(int from) {
    repeatedUpTo = lastMessage;
    pts = Math.max(1, from);
    skipped();
    // Without a known message nothing tells what was delivered before.
    if (lastMessage != 0 && !(state instanceof CommonState.Stalled)) {
      lookBack(from);
    }
  }

  private void lookBack(int from) {
    repeatedUpTo = lastMessage;
    floor = pts;
    pts = Math.max(1, from - LOOK_BACK);
  }

  private void skipped() {
    told();
    out.add(new Effect.CommonSkipped(here()));
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
    forgetKnown();
    moveDate(newDate);
    return moved;
  }

  private void follow(CommonState.Verdict verdict, long now) {
    switch (verdict) {
      case SETTLED -> finish(now);
      case ON, FALLEN, LOOK_BACK -> {
        failures = 0;
        drain(now);
      }
      case LATER -> {
        failures++;
        notBefore = now + Backoff.after(failures);
      }
      case NONE, LESS, STEP_OVER -> throw new IllegalStateException(verdict + " of an answer");
    }
  }

  private void finish(long now) {
    failures = 0;
    settledAt = now;
    repeatedUpTo = 0;
    floor = 0;
    tellStall(now);
    if (forgotten) {
      forgotten = false;
      lose();
    } else if (again) {
      again = false;
      ask();
    }
    drain(now);
  }

  private void tellStall(long now) {
    if (state instanceof CommonState.Stalled stalled && stalled.cause() != toldStall) {
      toldStall = stalled.cause();
      out.add(
          new Effect.WatchStalled(
              0, stalled.cause(), stalled.error(), now - settledAt, -1, stalled.bridges()));
    } else if (state instanceof CommonState.InStep && toldStall != null) {
      toldStall = null;
      out.add(new Effect.WatchResumed(0));
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
