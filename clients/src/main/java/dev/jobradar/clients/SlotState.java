package dev.jobradar.clients;

import dev.jobradar.clients.SlotEvent.Holder;
import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.telegram.session.SavedSession;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a user's slot is doing. A value: {@link #next} is the only way from one to another, and a
 * state holds just what exists in it.
 *
 * <p><b>One line at a time.</b> A slot opens a line only out of a state that holds none, and leaves
 * a line only by {@link SlotEvent.SeenClosed}. So as long as there is one slot for a user at a
 * time, there is one connection: a slot is removed in {@link Gone} only, which holds no line.
 */
sealed interface SlotState {
  /** After the store could not be asked. */
  Duration STORE_REST = Duration.ofSeconds(1);

  /** The store is asked for the sign-in. */
  record Loading() implements SlotState {}

  /**
   * Opened, and not connected yet.
   *
   * @param trouble why the last attempt failed, null while the first is under way
   * @param nextTry when the next one begins, or began
   */
  record Connecting(Line line, @Nullable MtprotoException trouble, @Nullable Instant nextTry)
      implements SlotState {}

  /**
   * Connected; store and hook are being told.
   *
   * @param round counts the connections of this line
   */
  record Greeting(Line line, int round) implements SlotState {}

  /**
   * Connected.
   *
   * @param answer what callers get
   */
  record Connected(Line line, int round, Answer.Connected answer) implements SlotState {}

  /** It lost its connection and repairs it by itself. */
  record Repairing(Line line, int round, MtprotoException cause, Instant nextTry)
      implements SlotState {}

  /**
   * Being closed. It stays so until the line was seen closed, however long that takes.
   *
   * @param overdue whether that should have been by now
   */
  record Closing(Line line, Then then, boolean overdue) implements SlotState {}

  /** Nothing is open, and the store is being told why. */
  record Noting(@Nullable SessionEnd end) implements SlotState {}

  /** Nothing is open, and nothing is tried before {@code until}. */
  record Resting(Exception cause, Instant until) implements SlotState {}

  /** Nothing is open, and nothing will be before the holder gives a line or lets go. */
  record Held(Holder holder) implements SlotState {}

  /**
   * Nothing is open, and the slot is out of the map.
   *
   * @param answer what those who waited are told, null when they may ask again
   */
  record Gone(@Nullable Answer answer) implements SlotState {}

  /** What follows once a line was seen closed. */
  sealed interface Then {
    /** Why the line is closed. */
    ClosedBecause why();

    /** The slot goes. */
    record Go(ClosedBecause why) implements Then {}

    /** The store notes that the sign-in is over, then the slot goes. */
    record Note(SessionEnd end) implements Then {
      @Override
      public ClosedBecause why() {
        return ClosedBecause.SESSION_ENDED;
      }
    }

    /** The store forgets the sign-in if that was ended at Telegram, then the slot goes. */
    record Forget() implements Then {
      @Override
      public ClosedBecause why() {
        return ClosedBecause.LOGGED_OUT;
      }
    }

    /** The slot rests. */
    record Rest(MtprotoException cause) implements Then {
      @Override
      public ClosedBecause why() {
        return ClosedBecause.FAILED;
      }
    }

    /** The slot is kept closed. */
    record Keep(Holder holder) implements Then {
      @Override
      public ClosedBecause why() {
        return ClosedBecause.REPLACED;
      }
    }
  }

  /** The line that it holds, null when there is none. */
  default @Nullable Line line() {
    return switch (this) {
      case Connecting(Line line, _, _) -> line;
      case Greeting(Line line, _) -> line;
      case Connected(Line line, _, _) -> line;
      case Repairing(Line line, _, _, _) -> line;
      case Closing(Line line, _, _) -> line;
      case Loading(), Noting(_), Resting(_, _), Held(_), Gone(_) -> null;
    };
  }

  /** A state and what is to be done on reaching it. */
  record Step(SlotState state, List<SlotEffect> effects) {
    static Step to(SlotState state, SlotEffect... effects) {
      return new Step(state, List.of(effects));
    }
  }

  /**
   * The state that follows, and what is to be done. Every event may come in every state: they come
   * from threads that do not wait for each other. One that comes too late changes nothing.
   *
   * @param drain the longest to wait for calls of a line that makes room for another
   * @param rest how long to rest after a failure that trying again at once does not mend
   */
  static Step next(SlotState state, SlotEvent event, Instant now, Duration drain, Duration rest) {
    return switch (event) {
      case SlotEvent.Found(Line line) ->
          state instanceof Loading
              ? Step.to(new Connecting(line, null, null), new SlotEffect.Open(line))
              : Step.to(state);
      case SlotEvent.NotFound(Answer answer) ->
          Step.to(state instanceof Loading ? new Gone(answer) : state);
      case SlotEvent.LookupFailed(Exception cause) ->
          state instanceof Loading ? rest(cause, now.plus(STORE_REST)) : Step.to(state);
      case SlotEvent.Ready(Line line) -> line.equals(state.line()) ? ready(state) : Step.to(state);
      case SlotEvent.Greeted(Line line, int round) ->
          Step.to(
              state instanceof Greeting(Line mine, int mineRound)
                      && mine.equals(line)
                      && mineRound == round
                  ? new Connected(line, round, new Answer.Connected(line.client()))
                  : state);
      case SlotEvent.Lost(Line line, MtprotoException cause, Instant nextTry) ->
          Step.to(line.equals(state.line()) ? lost(state, cause, nextTry) : state);
      case SlotEvent.Doomed(Line line, MtprotoException cause) ->
          line.equals(state.line()) ? doomed(state, cause, now) : Step.to(state);
      case SlotEvent.ClosedByCaller(Line line) ->
          line.equals(state.line())
              ? close(state, new Then.Go(ClosedBecause.CLOSED_BY_CALLER), Duration.ZERO)
              : Step.to(state);
      case SlotEvent.Disconnect(ClosedBecause why, Duration patience) ->
          disconnect(state, why, patience);
      case SlotEvent.LogOut() -> logOut(state);
      case SlotEvent.SeenClosed(Line line, boolean loggedOut) ->
          state instanceof Closing(Line mine, Then then, _) && mine.equals(line)
              ? closed(line, then, loggedOut, now.plus(rest))
              : Step.to(state);
      case SlotEvent.NotClosedInTime(Line line) ->
          Step.to(
              state instanceof Closing(Line mine, Then then, _) && mine.equals(line)
                  ? new Closing(line, then, true)
                  : state);
      case SlotEvent.Noted() ->
          Step.to(
              state instanceof Noting(SessionEnd end)
                  ? new Gone(end == null ? new Answer.NoSession() : new Answer.SessionEnded(end))
                  : state);
      case SlotEvent.Rested() -> Step.to(state instanceof Resting ? new Gone(null) : state);
      case SlotEvent.Hold(Holder holder) -> hold(state, holder, drain);
      case SlotEvent.Give(Holder holder, Line line) ->
          Step.to(
              state instanceof Held(Holder mine) && mine == holder
                  ? new Connecting(line, null, null)
                  : state);
      case SlotEvent.Release(Holder holder) -> release(state, holder);
    };
  }

  private static Step ready(SlotState state) {
    return switch (state) {
      case Connecting(Line line, _, _) -> greet(line, 0);
      case Repairing(Line line, int round, _, _) -> greet(line, round + 1);
      case Connected(Line line, int round, _) ->
          // Connected elsewhere, without having been lost: Telegram has moved it.
          Step.to(state, new SlotEffect.Greet(line, round));
      case Greeting _, Closing _ -> Step.to(state);
      case Loading _, Noting _, Resting _, Held _, Gone _ -> Step.to(state);
    };
  }

  private static Step greet(Line line, int round) {
    return Step.to(new Greeting(line, round), new SlotEffect.Greet(line, round));
  }

  private static SlotState lost(SlotState state, MtprotoException cause, Instant nextTry) {
    return switch (state) {
      case Connecting(Line line, _, _) -> new Connecting(line, cause, nextTry);
      case Greeting(Line line, int round) -> new Repairing(line, round, cause, nextTry);
      case Connected(Line line, int round, _) -> new Repairing(line, round, cause, nextTry);
      case Repairing(Line line, int round, _, _) -> new Repairing(line, round, cause, nextTry);
      case Closing _ -> state;
      case Loading _, Noting _, Resting _, Held _, Gone _ -> state;
    };
  }

  private static Step doomed(SlotState state, MtprotoException cause, Instant now) {
    SessionEnd end = SessionEnd.of(cause, now);
    if (state instanceof Closing(Line line, Then then, boolean overdue)) {
      // Telegram had the last word while it was being closed anyway: that is worth keeping.
      return Step.to(
          end != null && then instanceof Then.Go
              ? new Closing(line, new Then.Note(end), overdue)
              : state);
    }
    return close(state, end == null ? new Then.Rest(cause) : new Then.Note(end), Duration.ZERO);
  }

  private static Step close(SlotState state, Then then, Duration drain) {
    return switch (state) {
      case Connecting(Line line, _, _) -> close(line, then, drain);
      case Greeting(Line line, _) -> close(line, then, drain);
      case Connected(Line line, _, _) -> close(line, then, drain);
      case Repairing(Line line, _, _, _) -> close(line, then, drain);
      case Closing _ -> Step.to(state);
      case Loading _, Noting _, Resting _, Held _, Gone _ -> Step.to(state);
    };
  }

  private static Step close(Line line, Then then, Duration drain) {
    return Step.to(new Closing(line, then, false), new SlotEffect.Close(line, drain));
  }

  private static Step disconnect(SlotState state, ClosedBecause why, Duration drain) {
    return switch (state) {
      case Connecting _, Greeting _, Connected _, Repairing _ ->
          close(state, new Then.Go(why), drain);
      case Closing(Line line, Then then, boolean overdue) ->
          Step.to(
              switch (then) {
                case Then.Rest _ -> new Closing(line, new Then.Go(why), overdue);
                case Then.Keep _ ->
                    why == ClosedBecause.SHUTDOWN
                        ? new Closing(line, new Then.Go(why), overdue)
                        : state;
                case Then.Go _, Then.Note _, Then.Forget _ -> state;
              });
      // What the store has to know comes first. A lookup that is under way is answered too late.
      case Noting _, Gone _ -> Step.to(state);
      case Loading _, Resting _ -> Step.to(new Gone(null));
      case Held _ -> Step.to(why == ClosedBecause.SHUTDOWN ? new Gone(null) : state);
    };
  }

  private static Step logOut(SlotState state) {
    return switch (state) {
      case Greeting _, Connected _, Repairing _, Connecting _ -> {
        Line line = state.line();
        yield line == null
            ? Step.to(state)
            : Step.to(new Closing(line, new Then.Forget(), false), new SlotEffect.LogOut(line));
      }
      case Closing _, Loading _, Noting _, Resting _, Held _, Gone _ -> Step.to(state);
    };
  }

  private static Step closed(Line line, Then then, boolean loggedOut, Instant rested) {
    SlotEffect tell = new SlotEffect.TellClosed(then.why());
    SavedSession session = line.session();
    return switch (then) {
      case Then.Go _ -> Step.to(new Gone(null), tell);
      case Then.Note(SessionEnd end) ->
          session == null
              ? Step.to(new Gone(new Answer.SessionEnded(end)), tell)
              : Step.to(new Noting(end), tell, new SlotEffect.NoteEnd(session, end));
      case Then.Forget() ->
          session == null || !loggedOut
              ? Step.to(new Gone(null), tell)
              : Step.to(new Noting(null), tell, new SlotEffect.NoteLogOut(session));
      case Then.Rest(MtprotoException cause) ->
          Step.to(new Resting(cause, rested), tell, new SlotEffect.Wake(rested));
      case Then.Keep(Holder holder) -> Step.to(new Held(holder), tell);
    };
  }

  private static Step rest(Exception cause, Instant until) {
    return Step.to(new Resting(cause, until), new SlotEffect.Wake(until));
  }

  private static Step hold(SlotState state, Holder holder, Duration drain) {
    return switch (state) {
      case Connecting _, Greeting _, Connected _, Repairing _ ->
          close(state, new Then.Keep(holder), drain);
      case Loading _, Resting _ -> Step.to(new Held(holder));
      // Whoever wants to hold waits for these to pass, and asks again.
      case Closing _, Noting _, Held _, Gone _ -> Step.to(state);
    };
  }

  private static Step release(SlotState state, Holder holder) {
    if (state instanceof Held(Holder mine) && mine == holder) {
      return Step.to(new Gone(null));
    }
    if (state instanceof Closing(Line line, Then.Keep(Holder mine), boolean overdue)
        && mine == holder) {
      return Step.to(new Closing(line, new Then.Go(ClosedBecause.DISCONNECTED), overdue));
    }
    return Step.to(state);
  }
}
