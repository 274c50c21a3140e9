package dev.jobradar.telegram.updates;

import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.mtproto.RpcException;

/**
 * What is known of the account's common updates, and what is to be asked for next. A value: {@link
 * #next} is the only way from one to another. The numbers themselves are {@link CommonBox}'s.
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
  enum Event {
    /** Something is missing, or nothing has come for long, or there is a new connection. */
    ASKED,
    /** Telegram begins its numbers again, or does not know ours. */
    NUMBERS_LOST,
    /** The state was told. */
    STATE,
    /** The last part of a difference was told. */
    LAST_PART,
    /** A part of a difference was told that leads further. */
    PART,
    /** An answer that leads nowhere. */
    NOTHING
  }

  /** What a transition means for the numbers and for when to go on. */
  enum Verdict {
    NONE,
    /** Go on at once. */
    ON,
    /** The next call after a growing pause. */
    LATER,
    /** Ask for less. */
    LESS,
    /** The next event cannot be read: count it as passed over. */
    STEP_OVER
  }

  /** The next state, and what it means. */
  record Next(CommonState state, Verdict verdict) {}

  /** The state that follows an event. */
  static CommonState next(CommonState state, Event event) {
    return switch (event) {
      case ASKED -> asked(state);
      case NUMBERS_LOST -> new Unknown();
      case STATE -> state instanceof Unknown ? new Behind(SLICE, 0) : goalOf(state);
      case LAST_PART -> new InStep();
      case PART ->
          goalOf(state) instanceof Behind behind
              ? new Behind(Math.min(SLICE, behind.limit() * 10), 0)
              : new Behind(SLICE, 0);
      case NOTHING -> goalOf(state) instanceof InStep ? new Behind(SLICE, 0) : state;
    };
  }

  private static CommonState asked(CommonState state) {
    return switch (state) {
      case InStep inStep -> new Behind(SLICE, 0);
      case Stalled stalled -> new Stalled(asked(stalled.goal()), stalled.cause(), stalled.error());
      case Unknown unknown -> state;
      case Doubtful doubtful -> state;
      case Behind behind -> state;
    };
  }

  private static CommonState goalOf(CommonState state) {
    return state instanceof Stalled stalled ? stalled.goal() : state;
  }

  /**
   * The state that follows the failure of its call.
   *
   * @param lasting whether it has failed for so long that it counts as a stall
   */
  static Next failed(CommonState state, MtprotoException why, boolean lasting) {
    CommonState goal = goalOf(state);
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
