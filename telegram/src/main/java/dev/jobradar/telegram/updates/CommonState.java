package dev.jobradar.telegram.updates;

import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.mtproto.RpcException;

/**
 * What is known of the account's common updates, and what is to be asked for next. A value: {@link
 * #next} is the only way from one to another. The numbers themselves are {@link CommonBox}'s.
 *
 * <p><b>Falling numbers.</b> Message ids tell what is new, whatever {@code pts} says: a new message
 * whose {@code pts} is not above ours means that the server may have begun its numbers again, and
 * the state tells whether it has.
 */
sealed interface CommonState {
  /** "Limit 1000-10000 otherwise" (api/updates#recovering-gaps). */
  int SLICE = 1_000;

  /** So many events in a row are stepped over, one by one, before all are given up. */
  int MOST_STEPPED_OVER = 20;

  /** A shorter FLOOD_WAIT is no stall. */
  long SHORT_FLOOD_SECONDS = 30;

  /** The numbers are not known: the state is to be asked for. */
  record Unknown() implements CommonState {}

  /** Everything is delivered, as far as is known. */
  record InStep() implements CommonState {}

  /**
   * A push contradicts the numbers: the state is to be asked for to see whether the server's {@code
   * pts} has fallen.
   *
   * @param from the {@code pts} before that push
   */
  record Doubtful(int from) implements CommonState {}

  /**
   * The difference is to be asked for.
   *
   * @param limit of so many events at most, fewer when an answer could not be read
   * @param steppedOver how many events in a row were stepped over because they cannot be read
   */
  record Behind(int limit, int steppedOver) implements CommonState {}

  /**
   * The difference fails. Meanwhile channels repair themselves, and pushes that follow each other
   * are delivered.
   *
   * @param goal what it goes on trying; never itself stalled
   */
  record Stalled(CommonState goal, StallCause cause, String error) implements CommonState {
    /** Whether pushes are delivered although something is missing before them. */
    boolean bridges() {
      return cause == StallCause.REFUSED;
    }
  }

  /** What happens to it. */
  sealed interface Event {
    /** Something is missing, or nothing has come for long, or there is a new connection. */
    record Asked() implements Event {}

    /** Telegram begins its numbers again, or does not know ours. */
    record NumbersLost() implements Event {}

    /**
     * A new message was pushed whose {@code pts} is not above ours.
     *
     * @param from the {@code pts} before that push
     */
    record Doubted(int from) implements Event {}

    /**
     * The state was told.
     *
     * @param pts the server's
     * @param ours ours, 0 while it is not known
     * @param begins whether nothing is known from before: there is nothing to catch up on
     * @param idsKnown whether ids tell which messages were delivered before
     */
    record StateTold(int pts, int ours, boolean begins, boolean idsKnown) implements Event {}

    /** The last part of a difference was told. */
    record LastPart() implements Event {}

    /** A part of a difference was told that leads further. */
    record Part() implements Event {}

    /** An answer that leads nowhere. */
    record Nothing() implements Event {}

    /**
     * Its call failed.
     *
     * @param lasting whether it has failed for so long that it counts as a stall
     */
    record Failed(MtprotoException why, boolean lasting) implements Event {}
  }

  /** What a transition means for the numbers and for when to go on. */
  enum Verdict {
    /** It changes nothing of what is known. */
    NONE,
    /** Everything up to now is delivered. */
    SETTLED,
    /** Go on at once. */
    ON,
    /** The server's {@code pts} has fallen: on from before the message that showed it. */
    FALLEN,
    /**
     * It is not below ours, and yet a new message was: it may have fallen and grown again. Look for
     * what is new in what we should know.
     */
    LOOK_BACK,
    /** The next call after a growing pause. */
    LATER,
    /** Ask for less. */
    LESS,
    /** The next event cannot be read: count it as passed over. */
    STEP_OVER
  }

  /** The next state, and what it means. */
  record Next(CommonState state, Verdict verdict) {}

  /** What it goes on trying. */
  default CommonState aim() {
    return this instanceof Stalled stalled ? stalled.goal() : this;
  }

  /** The state that follows an event. */
  static Next next(CommonState state, Event event) {
    return switch (event) {
      case Event.Asked() -> new Next(asked(state), Verdict.NONE);
      case Event.NumbersLost() -> new Next(new Unknown(), Verdict.NONE);
      case Event.Doubted(int from) -> new Next(doubted(state, from), Verdict.NONE);
      case Event.StateTold told -> stateTold(state, told);
      case Event.LastPart() ->
          state.aim() instanceof Behind
              ? new Next(new InStep(), Verdict.SETTLED)
              : next(state, new Event.Nothing());
      case Event.Part() ->
          state.aim() instanceof Behind behind
              ? new Next(new Behind(Math.min(SLICE, behind.limit() * 10), 0), Verdict.ON)
              : next(state, new Event.Nothing());
      case Event.Nothing() -> new Next(state, Verdict.LATER);
      case Event.Failed failed -> failed(state, failed.why(), failed.lasting());
    };
  }

  private static CommonState asked(CommonState state) {
    return switch (state) {
      case InStep inStep -> new Behind(SLICE, 0);
      case Unknown unknown -> state;
      case Doubtful doubtful -> state;
      case Behind behind -> state;
      case Stalled stalled -> state;
    };
  }

  private static CommonState doubted(CommonState state, int from) {
    return switch (state) {
      case InStep inStep -> new Doubtful(from);
      // The difference fails, and asking from numbers that are not the server's may be why.
      case Stalled(Behind behind, var cause, var error) ->
          new Stalled(new Doubtful(from), cause, error);
      case Stalled stalled -> state;
      // Either is over with the answer that it waits for.
      case Unknown unknown -> state;
      case Doubtful doubtful -> state;
      case Behind behind -> state;
    };
  }

  private static Next stateTold(CommonState state, Event.StateTold told) {
    return switch (state.aim()) {
      case Unknown unknown ->
          told.begins()
              ? new Next(new InStep(), Verdict.SETTLED)
              : new Next(new Behind(SLICE, 0), Verdict.ON);
      case Doubtful doubtful -> {
        if (told.pts() < told.ours()) {
          yield new Next(with(state, new Behind(SLICE, 0)), Verdict.FALLEN);
        }
        if (state instanceof Stalled) {
          yield new Next(with(state, new Behind(SLICE, 0)), Verdict.ON);
        }
        yield told.idsKnown()
            ? new Next(new Behind(SLICE, 0), Verdict.LOOK_BACK)
            : new Next(new InStep(), Verdict.SETTLED);
      }
      // An answer to something else counts as none.
      case Behind behind -> new Next(state, Verdict.LATER);
      case InStep inStep -> new Next(state, Verdict.LATER);
      case Stalled stalled -> throw new IllegalStateException("a goal is never itself stalled");
    };
  }

  private static CommonState with(CommonState state, CommonState goal) {
    return state instanceof Stalled stalled
        ? new Stalled(goal, stalled.cause(), stalled.error())
        : goal;
  }

  private static Next failed(CommonState state, MtprotoException why, boolean lasting) {
    CommonState goal = state.aim();
    if (why instanceof RpcException rpc
        && (rpc.is("PERSISTENT_TIMESTAMP_INVALID") || rpc.is("PERSISTENT_TIMESTAMP_EMPTY"))) {
      return new Next(new Unknown(), Verdict.LATER);
    }
    StallCause cause = StallCause.of(why);
    if (cause == StallCause.UNREADABLE && goal instanceof Behind behind) {
      return unreadable(behind);
    }
    boolean stalls =
        switch (cause) {
          case REFUSED, UNREADABLE -> true;
          case FLOOD_WAIT ->
              why instanceof RpcException.FloodWait flood
                  && flood.delay().toSeconds() >= SHORT_FLOOD_SECONDS;
          case FAILING -> lasting;
        };
    return new Next(
        stalls ? new Stalled(goal, cause, StallCause.nameOf(why)) : state, Verdict.LATER);
  }

  private static Next unreadable(Behind behind) {
    if (behind.limit() > 1) {
      return new Next(new Behind(behind.limit() / 10, behind.steppedOver()), Verdict.LESS);
    }
    return behind.steppedOver() < MOST_STEPPED_OVER
        ? new Next(new Behind(1, behind.steppedOver() + 1), Verdict.STEP_OVER)
        : new Next(new Unknown(), Verdict.LESS);
  }
}
