package dev.jobradar.telegram.updates;

import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.mtproto.RpcException;
import dev.jobradar.telegram.updates.ChannelState.InStep;
import dev.jobradar.telegram.updates.ChannelState.Stalled;
import dev.jobradar.telegram.updates.ChannelTransitions.Transition;
import dev.jobradar.telegram.updates.GapBuffer.Capacity;
import dev.jobradar.telegram.updates.GapBuffer.Counter;
import dev.jobradar.telegram.updates.GapBuffer.Step;
import dev.jobradar.tl.TlMethod;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One watched channel: the shell around its {@link ChannelState}. It says when the state's call is
 * due, keeps back what is pushed meanwhile, and tells of stalls.
 */
final class ChannelBox {
  static final long NEVER = Long.MAX_VALUE;

  /** "It may be useful to wait up to 0.5 seconds" for what is missing. */
  static final long GAP_PATIENCE = 500;

  /** A stored position is at most so many events old: one page. */
  private static final int LAG = ChannelState.PAGE;

  /** A difference without a time-out is asked for again after a second. */
  private static final int DEFAULT_POLL_SECONDS = 1;

  private static final int LONGEST_POLL_SECONDS = 15 * 60;

  /** While the difference fails, the history of a polled channel is read as often as this. */
  private static final long POLL_BY_HISTORY = 15_000;

  /** So many failures in a row, about seven seconds, are a stall. */
  private static final int FAILURES_OF_A_STALL = 4;

  /** Steps towards what cannot be read: the first so many follow each other fast. */
  private static final int FAST_STEPS = 12;

  private static final long FAST_STEP = 250;

  /** Updates may overtake each other by so much: how much earlier a held-back date is. */
  private static final int DATE_MARGIN = 60;

  private static final int LONG_AGO = 1;

  /**
   * A channel whose pushes stay away is asked after a half, a quarter, an eighth of the silence.
   */
  private static final int MOST_HALVINGS = 3;

  /** While a channel stalls it is asked after this at the latest. */
  private static final long STALL_CHECK = 15 * 60_000;

  /** The first check of a stall comes after this part of that, then doubling. */
  private static final int STALL_CHECKS = 15;

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
  private ChannelState state;

  /** A fingerprint of the last description, 0 for none. */
  private int description;

  /** The difference is to be asked for once more after what is under way. */
  private boolean again;

  /** The number of the call that is under way, 0 for none. */
  private int call;

  private int failures;

  /** How often the stall was checked; {@link #STALL_CHECKS} while there is none. */
  private int stallChecks = STALL_CHECKS;

  private int carefulSteps;

  /** Whether the call under way is for silence alone. */
  private boolean checking;

  /** How often a check found, lately, what should have been pushed. */
  private int withheld;

  private long notBefore = Long.MIN_VALUE;

  /** When a gap has waited long enough, or when it is time to poll. */
  private long wakeAt = NEVER;

  /** When the channel was heard of last: a push, or a difference. */
  private long heardAt;

  /** When everything was delivered last, as far as is known. */
  private long settledAt;

  private @Nullable GapBuffer kept;

  /** The stall that was told last, null when there is none. */
  private @Nullable Stalled toldStall;

  /** The {@code pts} of the position that was handed out last. */
  private int toldPts;

  /** The account's date when this channel fell behind, 0 while that date has not moved on. */
  private int heldDate;

  /**
   * @param inStep whether the account's difference tells what happened here since the position
   */
  ChannelBox(
      long id, long accessHash, boolean joined, ChannelPosition from, boolean inStep, long now) {
    this.id = id;
    this.accessHash = accessHash;
    this.polled = !joined;
    this.state = ChannelState.of(from, polled || !inStep);
    this.toldPts = from.pts();
    this.heardAt = now;
    this.settledAt = now;
    this.heldDate = polled || (from.pts() != 0 && !inStep) ? LONG_AGO : 0;
  }

  long id() {
    return id;
  }

  UpdateMode updateMode() {
    return polled ? UpdateMode.POLLED : UpdateMode.PUSHED;
  }

  ChannelPosition position() {
    return state.position();
  }

  // --- what comes by push ------------------------------------------------------------------

  /** An update of this channel's box. */
  void pushed(Step step, long now, Capacity capacity, EffectBuffer out) {
    heard(now);
    withheld = 0;
    checking = false;
    if (step.backwards()) {
      return;
    }
    if (call != 0) {
      keep(step, capacity);
    } else {
      deliver(step, now, capacity, out);
      drain(now, capacity, out);
    }
    tellStall(now, out);
  }

  /** The channel is not silent; one that stalls is asked from time to time, whatever is heard. */
  private void heard(long now) {
    if (!(state instanceof Stalled)) {
      heardAt = now;
    }
  }

  private void deliver(Step step, long now, Capacity capacity, EffectBuffer out) {
    Transition next = move(new ChannelEvent.Pushed(step), out);
    switch (next.verdict()) {
      case KEPT -> {
        keep(step, capacity);
        if (!state.wantsCall()) {
          awaitMissing(now);
        }
      }
      case APPLIED -> {
        settledAt = now;
        tellIfOld(out);
      }
      // The numbers begin again: what is kept back counts by the old ones.
      case ON -> drop();
      case IGNORED, SETTLED, CAREFULLY, LATER -> {}
    }
  }

  /** Telegram wants the difference to be asked for; with the channel's pts, if it said it. */
  void tooLong(@Nullable Integer remotePts) {
    if (remotePts == null || remotePts != state.pts()) {
      ask();
    }
  }

  /** The difference is to be asked for. */
  void ask() {
    if (call == 0) {
      state = ChannelTransitions.next(id, state, new ChannelEvent.Asked()).state();
    } else {
      again = true;
    }
  }

  /**
   * Takes how Telegram describes the channel: its title, names and the like.
   *
   * @param fingerprint of the description
   * @return whether it differs from the one before; true for the first
   */
  boolean described(int fingerprint) {
    boolean changed = description != fingerprint;
    description = fingerprint;
    return changed;
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

  /** Delivers of what is kept back what can be delivered now. */
  private void drain(long now, Capacity capacity, EffectBuffer out) {
    if (kept == null) {
      return;
    }
    GapBuffer buffer = kept;
    for (Step step = next(buffer); step != null && kept == buffer; step = next(buffer)) {
      deliver(step, now, capacity, out);
    }
    if (kept == null) {
      return;
    }
    if (buffer.isEmpty()) {
      kept = null;
      // What was missing is there; a channel that is polled is then asked a little early.
      wakeAt = polled ? wakeAt : NEVER;
    } else if (!state.wantsCall()) {
      awaitMissing(now);
    }
  }

  private @Nullable Step next(GapBuffer buffer) {
    return switch (state) {
      case Stalled stalled when stalled.bridges() -> buffer.lowest(Counter.PTS, Integer.MAX_VALUE);
      case Stalled stalled when stalled.goal() instanceof InStep ->
          buffer.lowest(Counter.PTS, state.pts());
      case InStep inStep -> buffer.lowest(Counter.PTS, state.pts());
      case ChannelState.Behind behind -> buffer.lowest(Counter.PTS, state.pts());
      case Stalled stalled -> null;
      case ChannelState.Unknown unknown -> null;
      case ChannelState.Filling filling -> null;
    };
  }

  private Transition move(ChannelEvent event, EffectBuffer out) {
    Transition next = ChannelTransitions.next(id, state, event);
    state = next.state();
    for (Effect effect : next.effects()) {
      switch (effect) {
        case Effect.Post post -> toldPts = post.position().pts();
        case Effect.ChannelMoved moved -> toldPts = moved.position().pts();
        case Effect.MessagesPassedOver passed -> toldPts = passed.position().pts();
        default -> {}
      }
      out.add(effect);
    }
    return next;
  }

  private void tellIfOld(EffectBuffer out) {
    if (state.position().fillTo() == 0 && state.pts() - toldPts >= LAG) {
      toldPts = state.pts();
      out.add(new Effect.ChannelMoved(id, position()));
    }
  }

  // --- what is asked for -------------------------------------------------------------------

  /**
   * When there will be something to do; {@link #NEVER} while a call is under way.
   *
   * @param silence how long a channel may be silent before it is asked
   */
  long dueAt(long silence) {
    if (call != 0) {
      return NEVER;
    }
    if (!state.wantsCall()) {
      return Math.min(wakeAt, checkAt(silence));
    }
    return state instanceof Stalled ? Math.min(notBefore, checkAt(silence)) : notBefore;
  }

  /**
   * Spread, so that the channels of an account are not asked all at once. One that stalls is asked
   * sooner at first: most stalls pass, and their end is to be noticed. One whose pushes stay away
   * is asked more often, until they come again or there is nothing to find.
   */
  private long checkAt(long silence) {
    if (polled && !(state instanceof Stalled)) {
      return NEVER;
    }
    long stalled = Math.max(silence, STALL_CHECK);
    long pause =
        state instanceof Stalled
            ? Math.min(stalled, (stalled / STALL_CHECKS) << Math.min(stallChecks, STALL_CHECKS))
            : silence >> withheld;
    return heardAt + pause + Math.floorMod(id * 31, pause / 4);
  }

  boolean calling() {
    return call != 0;
  }

  boolean calling(int number) {
    return call == number;
  }

  /** Whether its call is to be made now. */
  boolean wantsCallAt(long now) {
    return call == 0 && state.wantsCall() && notBefore <= now;
  }

  /** Since when its call is due. */
  long callDueAt() {
    return notBefore;
  }

  boolean wantsCall() {
    return state.wantsCall();
  }

  /** Lets time pass. */
  void wake(long now, long silence) {
    if (call != 0) {
      return;
    }
    if (checkAt(silence) <= now) {
      heardAt = now;
      stallChecks = state instanceof Stalled ? stallChecks + 1 : STALL_CHECKS;
      checking = state instanceof InStep;
      state = ChannelTransitions.next(id, state, new ChannelEvent.CheckDue()).state();
    }
    if (wakeAt <= now) {
      wakeAt = NEVER;
      ask();
    }
  }

  /** The call to make now. */
  TlMethod<?> begin(int number) {
    TlMethod<?> method = state.call(id, accessHash);
    if (method == null) {
      throw new IllegalStateException("nothing to ask for in " + state);
    }
    call = number;
    wakeAt = NEVER;
    return method;
  }

  /** The answer to the call that was under way. */
  void answered(Object answer, long now, Capacity capacity, EffectBuffer out) {
    call = 0;
    heard(now);
    boolean begins = state instanceof ChannelState.Unknown;
    int before = state.pts();
    follow(move(new ChannelEvent.Answered(answer), out), null, now);
    if (checking) {
      checking = false;
      withheld = state.pts() > before ? Math.min(withheld + 1, MOST_HALVINGS) : 0;
    }
    if (!state.wantsCall() || state instanceof Stalled) {
      drain(now, capacity, out);
    }
    if (begins && polled) {
      // The first difference is what makes Telegram push.
      ask();
    }
    tellIfOld(out);
    tellStall(now, out);
  }

  /**
   * The call that was under way failed.
   *
   * @param online whether calls travel: a lost connection is no stall
   * @return Telegram's name for the reason why the channel can no longer be read, null otherwise
   */
  @Nullable String failed(
      MtprotoException why, boolean online, long now, Capacity capacity, EffectBuffer out) {
    call = 0;
    if (why instanceof RpcException rpc && NO_ACCESS.contains(rpc.error())) {
      return rpc.error();
    }
    boolean lasting = online && failures + 1 >= FAILURES_OF_A_STALL;
    follow(move(new ChannelEvent.Failed(why, lasting), out), why, now);
    drain(now, capacity, out);
    tellStall(now, out);
    return null;
  }

  /** When to go on. */
  private void follow(Transition next, @Nullable MtprotoException why, long now) {
    notBefore = Long.MIN_VALUE;
    switch (next.verdict()) {
      case SETTLED -> settled(next.timeout(), now);
      case ON, APPLIED -> {
        failures = 0;
        carefulSteps = 0;
        if (state instanceof ChannelState.Behind) {
          again = false;
        }
      }
      case CAREFULLY -> {
        carefulSteps++;
        notBefore =
            now
                + (carefulSteps <= FAST_STEPS
                    ? FAST_STEP
                    : Backoff.after(carefulSteps - FAST_STEPS));
      }
      case LATER -> {
        failures++;
        notBefore = now + (why == null ? Backoff.after(failures) : Backoff.after(failures, why));
      }
      case IGNORED, KEPT -> {}
    }
  }

  private void settled(@Nullable Integer timeout, long now) {
    failures = 0;
    carefulSteps = 0;
    settledAt = now;
    if (polled) {
      int seconds = timeout == null ? DEFAULT_POLL_SECONDS : timeout;
      long pause = 1000L * Math.clamp(seconds, DEFAULT_POLL_SECONDS, LONGEST_POLL_SECONDS);
      wakeAt = now + (state instanceof Stalled ? Math.max(pause, POLL_BY_HISTORY) : pause);
    }
    if (again) {
      again = false;
      ask();
    }
  }

  // --- stalls ------------------------------------------------------------------------------

  /** Tells of a stall once, of another cause, and of its end when everything is delivered. */
  private void tellStall(long now, EffectBuffer out) {
    switch (state) {
      case Stalled stalled -> {
        stallChecks = toldStall == null ? 0 : stallChecks;
        heardAt = toldStall == null ? now : heardAt;
        if (toldStall == null
            || toldStall.cause() != stalled.cause()
            || toldStall.history() != stalled.history()) {
          toldStall = stalled;
          out.add(
              new Effect.WatchStalled(
                  id,
                  stalled.cause(),
                  stalled.error(),
                  now - settledAt,
                  behind(),
                  !stalled.history()));
        }
      }
      case InStep inStep -> {
        stallChecks = STALL_CHECKS;
        if (toldStall != null) {
          toldStall = null;
          out.add(new Effect.WatchResumed(id));
        }
      }
      case ChannelState.Unknown unknown -> {}
      case ChannelState.Behind behind -> {}
      case ChannelState.Filling filling -> {}
    }
  }

  private int behind() {
    int highest = kept == null ? 0 : kept.highest(Counter.PTS);
    return highest > state.pts() && state.pts() > 0 ? highest - state.pts() : -1;
  }

  // --- the account's date ------------------------------------------------------------------

  /**
   * Whether something may have happened here that was not delivered. A restart must then be told of
   * this channel; of one that is polled it finds out by itself.
   */
  private boolean unsettled() {
    return !polled && (state.wantsCall() || call != 0 || kept != null);
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
