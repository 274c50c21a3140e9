package dev.jobradar.clients;

import dev.jobradar.clients.SlotEvent.Reservation;
import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.telegram.session.SavedSession;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a user's slot is doing. A value: {@link #next} is the only way from one to another, and a
 * state holds only what exists in it.
 *
 * <p><b>One client at a time.</b> A slot opens a client only out of a state that holds none, and
 * leaves a client only by {@link SlotEvent.SeenClosed}. So as long as there is one slot for a user
 * at a time, there is one connection: a slot is removed in {@link Gone} only, which holds no
 * client.
 */
sealed interface SlotState {
  /** Delay after a failed lookup. */
  Duration LOOKUP_RETRY = Duration.ofSeconds(1);

  /** Looking up the sign-in in the store. */
  record Loading() implements SlotState {}

  /**
   * Opened, and not connected yet.
   *
   * @param trouble why the last attempt failed, null while the first is under way
   * @param nextTry when the next one begins, or began
   */
  record Connecting(
      ManagedClient client, @Nullable MtprotoException trouble, @Nullable Instant nextTry)
      implements SlotState {}

  /**
   * Connected; store and hook are being called.
   *
   * @param round counts the connections of this client
   */
  record Preparing(ManagedClient client, int round) implements SlotState {}

  /**
   * Connected.
   *
   * @param answer what callers get
   */
  record Connected(ManagedClient client, int round, ClientResult.Connected answer)
      implements SlotState {}

  /** Lost its connection, and repairs it by itself. */
  record Repairing(ManagedClient client, int round, MtprotoException cause, Instant nextTry)
      implements SlotState {}

  /**
   * Being closed, until the client was seen closed, however long that takes.
   *
   * @param overdue whether it should be closed by now
   */
  record Closing(ManagedClient client, AfterClose then, boolean overdue) implements SlotState {}

  /** Nothing is open; the store is recording why. */
  record Recording(@Nullable SessionEnd end) implements SlotState {}

  /** Nothing is open, and nothing is opened before {@code until}. */
  record BackingOff(Exception cause, Instant until) implements SlotState {}

  /** Nothing is open until the reservation hands a client over or is released. */
  record Reserved(Reservation reservation) implements SlotState {}

  /**
   * Nothing is open, and the slot is out of the map.
   *
   * @param answer what waiting callers get, null when they should ask again
   */
  record Gone(@Nullable ClientResult answer) implements SlotState {}

  /** What happens after a client was seen closed. */
  sealed interface AfterClose {
    /** Why the client is closed. */
    CloseReason why();

    /** The slot is removed. */
    record Remove(CloseReason why) implements AfterClose {}

    /** The store records the end of the sign-in, then the slot is removed. */
    record RecordEnd(SessionEnd end) implements AfterClose {
      @Override
      public CloseReason why() {
        return CloseReason.SESSION_ENDED;
      }
    }

    /** The store deletes a sign-in that was logged out at Telegram, then the slot is removed. */
    record Forget() implements AfterClose {
      @Override
      public CloseReason why() {
        return CloseReason.LOGGED_OUT;
      }
    }

    /** The slot backs off. */
    record BackOff(MtprotoException cause) implements AfterClose {
      @Override
      public CloseReason why() {
        return CloseReason.FAILED;
      }
    }

    /** The slot stays reserved. */
    record Reserve(Reservation reservation) implements AfterClose {
      @Override
      public CloseReason why() {
        return CloseReason.REPLACED;
      }
    }
  }

  /** The client that it holds, null when there is none. */
  default @Nullable ManagedClient client() {
    return switch (this) {
      case Connecting(ManagedClient client, _, _) -> client;
      case Preparing(ManagedClient client, _) -> client;
      case Connected(ManagedClient client, _, _) -> client;
      case Repairing(ManagedClient client, _, _, _) -> client;
      case Closing(ManagedClient client, _, _) -> client;
      case Loading(), Recording(_), BackingOff(_, _), Reserved(_), Gone(_) -> null;
    };
  }

  /** A state, and the effects of reaching it. */
  record Step(SlotState state, List<SlotEffect> effects) {
    static Step to(SlotState state, SlotEffect... effects) {
      return new Step(state, List.of(effects));
    }
  }

  /**
   * The next state and its effects. Every event may come in every state, since events come from
   * threads that do not wait for each other. An event that comes too late changes nothing.
   *
   * @param drain the longest to wait for calls of a client that makes room for another
   * @param rest how long to back off after a failure that an immediate retry does not fix
   */
  static Step next(SlotState state, SlotEvent event, Instant now, Duration drain, Duration rest) {
    return switch (event) {
      case SlotEvent.Found(ManagedClient client) ->
          state instanceof Loading
              ? Step.to(new Connecting(client, null, null), new SlotEffect.Open(client))
              : Step.to(state);
      case SlotEvent.NotFound(ClientResult answer) ->
          Step.to(state instanceof Loading ? new Gone(answer) : state);
      case SlotEvent.LookupFailed(Exception cause) ->
          state instanceof Loading ? rest(cause, now.plus(LOOKUP_RETRY)) : Step.to(state);
      case SlotEvent.Ready(ManagedClient client) ->
          client.equals(state.client()) ? ready(state) : Step.to(state);
      case SlotEvent.Prepared(ManagedClient client, int round) ->
          Step.to(
              state instanceof Preparing(ManagedClient mine, int mineRound)
                      && mine.equals(client)
                      && mineRound == round
                  ? new Connected(client, round, new ClientResult.Connected(client.telegram()))
                  : state);
      case SlotEvent.Lost(ManagedClient client, MtprotoException cause, Instant nextTry) ->
          Step.to(client.equals(state.client()) ? lost(state, cause, nextTry) : state);
      case SlotEvent.Failed(ManagedClient client, MtprotoException cause) ->
          client.equals(state.client()) ? doomed(state, cause, now) : Step.to(state);
      case SlotEvent.ClosedByCaller(ManagedClient client) ->
          client.equals(state.client())
              ? close(state, new AfterClose.Remove(CloseReason.CLOSED_BY_CALLER), Duration.ZERO)
              : Step.to(state);
      case SlotEvent.Disconnect(CloseReason why, Duration within) -> disconnect(state, why, within);
      case SlotEvent.LogOut() -> logOut(state);
      case SlotEvent.SeenClosed(ManagedClient client, boolean loggedOut) ->
          state instanceof Closing(ManagedClient mine, AfterClose then, _) && mine.equals(client)
              ? closed(client, then, loggedOut, now.plus(rest))
              : Step.to(state);
      case SlotEvent.NotClosedInTime(ManagedClient client) ->
          Step.to(
              state instanceof Closing(ManagedClient mine, AfterClose then, _)
                      && mine.equals(client)
                  ? new Closing(client, then, true)
                  : state);
      case SlotEvent.Recorded() ->
          Step.to(
              state instanceof Recording(SessionEnd end)
                  ? new Gone(
                      end == null
                          ? new ClientResult.NoSession()
                          : new ClientResult.SessionEnded(end))
                  : state);
      case SlotEvent.BackoffOver() -> Step.to(state instanceof BackingOff ? new Gone(null) : state);
      case SlotEvent.Reserve(Reservation reservation) -> reserve(state, reservation, drain);
      case SlotEvent.HandOver(Reservation reservation, ManagedClient client) ->
          Step.to(
              state instanceof Reserved(Reservation mine) && mine == reservation
                  ? new Connecting(client, null, null)
                  : state);
      case SlotEvent.Release(Reservation reservation) -> release(state, reservation);
    };
  }

  private static Step ready(SlotState state) {
    return switch (state) {
      case Connecting(ManagedClient client, _, _) -> greet(client, 0);
      case Repairing(ManagedClient client, int round, _, _) -> greet(client, round + 1);
      case Connected(ManagedClient client, int round, _) ->
          // Connected elsewhere without a loss: Telegram has moved it.
          Step.to(state, new SlotEffect.Prepare(client, round));
      case Preparing _, Closing _ -> Step.to(state);
      case Loading _, Recording _, BackingOff _, Reserved _, Gone _ -> Step.to(state);
    };
  }

  private static Step greet(ManagedClient client, int round) {
    return Step.to(new Preparing(client, round), new SlotEffect.Prepare(client, round));
  }

  private static SlotState lost(SlotState state, MtprotoException cause, Instant nextTry) {
    return switch (state) {
      case Connecting(ManagedClient client, _, _) -> new Connecting(client, cause, nextTry);
      case Preparing(ManagedClient client, int round) ->
          new Repairing(client, round, cause, nextTry);
      case Connected(ManagedClient client, int round, _) ->
          new Repairing(client, round, cause, nextTry);
      case Repairing(ManagedClient client, int round, _, _) ->
          new Repairing(client, round, cause, nextTry);
      case Closing _ -> state;
      case Loading _, Recording _, BackingOff _, Reserved _, Gone _ -> state;
    };
  }

  private static Step doomed(SlotState state, MtprotoException cause, Instant now) {
    SessionEnd end = SessionEnd.of(cause, now);
    if (state instanceof Closing(ManagedClient client, AfterClose then, boolean overdue)) {
      // Telegram ended the sign-in while the client was being closed anyway: keep the reason.
      return Step.to(
          end != null && then instanceof AfterClose.Remove
              ? new Closing(client, new AfterClose.RecordEnd(end), overdue)
              : state);
    }
    return close(
        state,
        end == null ? new AfterClose.BackOff(cause) : new AfterClose.RecordEnd(end),
        Duration.ZERO);
  }

  private static Step close(SlotState state, AfterClose then, Duration drain) {
    return switch (state) {
      case Connecting(ManagedClient client, _, _) -> close(client, then, drain);
      case Preparing(ManagedClient client, _) -> close(client, then, drain);
      case Connected(ManagedClient client, _, _) -> close(client, then, drain);
      case Repairing(ManagedClient client, _, _, _) -> close(client, then, drain);
      case Closing _ -> Step.to(state);
      case Loading _, Recording _, BackingOff _, Reserved _, Gone _ -> Step.to(state);
    };
  }

  private static Step close(ManagedClient client, AfterClose then, Duration drain) {
    return Step.to(new Closing(client, then, false), new SlotEffect.Close(client, drain));
  }

  private static Step disconnect(SlotState state, CloseReason why, Duration drain) {
    return switch (state) {
      case Connecting _, Preparing _, Connected _, Repairing _ ->
          close(state, new AfterClose.Remove(why), drain);
      case Closing(ManagedClient client, AfterClose then, boolean overdue) ->
          Step.to(
              switch (then) {
                case AfterClose.BackOff _ ->
                    new Closing(client, new AfterClose.Remove(why), overdue);
                case AfterClose.Reserve _ ->
                    why == CloseReason.SHUTDOWN
                        ? new Closing(client, new AfterClose.Remove(why), overdue)
                        : state;
                case AfterClose.Remove _, AfterClose.RecordEnd _, AfterClose.Forget _ -> state;
              });
      // The store records first. A lookup under way comes too late.
      case Recording _, Gone _ -> Step.to(state);
      case Loading _, BackingOff _ -> Step.to(new Gone(null));
      case Reserved _ -> Step.to(why == CloseReason.SHUTDOWN ? new Gone(null) : state);
    };
  }

  private static Step logOut(SlotState state) {
    return switch (state) {
      case Preparing _, Connected _, Repairing _, Connecting _ -> {
        ManagedClient client = state.client();
        yield client == null
            ? Step.to(state)
            : Step.to(
                new Closing(client, new AfterClose.Forget(), false), new SlotEffect.LogOut(client));
      }
      case Closing _, Loading _, Recording _, BackingOff _, Reserved _, Gone _ -> Step.to(state);
    };
  }

  private static Step closed(
      ManagedClient client, AfterClose then, boolean loggedOut, Instant rested) {
    SlotEffect tell = new SlotEffect.ReportClosed(then.why());
    SavedSession session = client.session();
    return switch (then) {
      case AfterClose.Remove _ -> Step.to(new Gone(null), tell);
      case AfterClose.RecordEnd(SessionEnd end) ->
          session == null
              ? Step.to(new Gone(new ClientResult.SessionEnded(end)), tell)
              : Step.to(new Recording(end), tell, new SlotEffect.RecordEnd(session, end));
      case AfterClose.Forget() ->
          session == null || !loggedOut
              ? Step.to(new Gone(null), tell)
              : Step.to(new Recording(null), tell, new SlotEffect.RecordLogOut(session));
      case AfterClose.BackOff(MtprotoException cause) ->
          Step.to(new BackingOff(cause, rested), tell, new SlotEffect.Wake(rested));
      case AfterClose.Reserve(Reservation reservation) -> Step.to(new Reserved(reservation), tell);
    };
  }

  private static Step rest(Exception cause, Instant until) {
    return Step.to(new BackingOff(cause, until), new SlotEffect.Wake(until));
  }

  private static Step reserve(SlotState state, Reservation reservation, Duration drain) {
    return switch (state) {
      case Connecting _, Preparing _, Connected _, Repairing _ ->
          close(state, new AfterClose.Reserve(reservation), drain);
      case Loading _, BackingOff _ -> Step.to(new Reserved(reservation));
      // Who reserves waits until these have passed, and asks again.
      case Closing _, Recording _, Reserved _, Gone _ -> Step.to(state);
    };
  }

  private static Step release(SlotState state, Reservation reservation) {
    if (state instanceof Reserved(Reservation mine) && mine == reservation) {
      return Step.to(new Gone(null));
    }
    if (state
            instanceof
            Closing(ManagedClient client, AfterClose.Reserve(Reservation mine), boolean overdue)
        && mine == reservation) {
      return Step.to(new Closing(client, new AfterClose.Remove(CloseReason.DISCONNECTED), overdue));
    }
    return Step.to(state);
  }
}
