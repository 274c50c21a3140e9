package dev.jobradar.telegram;

import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.mtproto.RpcException;
import dev.jobradar.telegram.MigrationState.Home;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a client's life has come. A value: {@link #next} is the only way from one to another, and
 * a state holds only what exists in it. Times are milliseconds of a clock that never runs
 * backwards.
 *
 * <p><b>Lines.</b> The client's connections are numbered, and a move has the number of the
 * connection that it leads to. What an earlier one says comes too late and changes nothing.
 */
sealed interface ClientState {
  /**
   * Where the client belongs.
   *
   * @param signedIn whether an account is signed in there, as far as is known
   */
  record Identity(Home home, boolean signedIn) {
    /** Whether a new connection can ask at once who is signed in. */
    boolean hasSignIn() {
      return signedIn && home.key() != null;
    }

    private Identity at(Home other) {
      return new Identity(other, signedIn);
    }

    private Identity signedIn(boolean now) {
      return new Identity(home, now);
    }
  }

  /** Who it is, in every state. */
  Identity who();

  /** Not opened yet. */
  record Fresh(Identity who) implements ClientState {}

  /**
   * One connection, which repairs itself, leads to where it belongs.
   *
   * @param moves how many moves in a row led to data centres that did not keep the account
   * @param readySince when the connection was ready first, null for not yet
   */
  record On(Identity who, int line, int moves, @Nullable Long readySince) implements ClientState {}

  /**
   * It is on its way to another data centre; there is no line until it has arrived.
   *
   * @param who where it was, until it has arrived
   * @param line the number of the next line
   * @param moves how many moves in a row led nowhere, with this one
   */
  record Moving(Identity who, int line, int moves) implements ClientState {}

  /** It can never work again. */
  record Ended(Identity who, MtprotoException why) implements ClientState {}

  /**
   * Its owner closed it.
   *
   * @param line the line or the way that it had then, 0 for none
   */
  record Closed(Identity who, int line) implements ClientState {}

  /** A state, and what to do on reaching it. */
  record Step(ClientState state, List<ClientEffect> effects) {
    private static Step to(ClientState state, ClientEffect... effects) {
      return new Step(state, List.of(effects));
    }
  }

  /**
   * The next state. Every event may come in every state, since events come from threads that do not
   * wait for each other; one that comes too late changes nothing.
   *
   * @param settled a data centre that has kept the account for so long will go on keeping it
   */
  static Step next(ClientState state, ClientEvent event, long now, Duration settled) {
    return switch (event) {
      case ClientEvent.Open() ->
          state instanceof Fresh(Identity who) ? connect(who, 1, 0) : Step.to(state);
      case ClientEvent.KeyMade(int line, var key) ->
          state instanceof On(var who, int mine, int moves, var readySince) && mine == line
              ? Step.to(
                  new On(
                      who.at(new Home(who.home().dc(), who.home().told(), key)),
                      line,
                      moves,
                      readySince))
              : Step.to(state);
      case ClientEvent.Ready(int line) ->
          state instanceof On(var who, int mine, int moves, var readySince) && mine == line
              ? Step.to(
                  new On(who, line, moves, readySince == null ? Long.valueOf(now) : readySince),
                  new ClientEffect.TellReady())
              : Step.to(state);
      case ClientEvent.Lost(int line, MtprotoException cause) ->
          isOn(state, line) ? Step.to(state, new ClientEffect.TellLost(cause)) : Step.to(state);
      case ClientEvent.Dropped(int line, MtprotoException cause) ->
          dropped(state, line, cause, now, settled);
      case ClientEvent.SentAway(int line, RpcException.Migrate to) ->
          state instanceof On on && on.line() == line ? move(on, to, now, settled) : Step.to(state);
      case ClientEvent.Refused(int line, RpcException why) ->
          isOn(state, line) && state.who().signedIn() ? end(state, why) : Step.to(state);
      case ClientEvent.Arrived(int line, Home home) ->
          state instanceof Moving(Identity who, int mine, int moves) && mine == line
              ? connect(who.at(home), line, moves)
              : afterWay(state, line);
      case ClientEvent.EndedOnTheWay(int line, RpcException why) ->
          isOnTheWay(state, line) ? end(state, why) : afterWay(state, line);
      case ClientEvent.GaveUp(int line) -> afterWay(state, line);
      case ClientEvent.SignedIn() -> Step.to(with(state, state.who().signedIn(true)));
      case ClientEvent.LoggedOut() -> Step.to(with(state, state.who().signedIn(false)));
      case ClientEvent.Close() -> Step.to(close(state));
    };
  }

  /** Whether that connection is the client's. */
  static boolean isOn(ClientState state, int line) {
    return state instanceof On on && on.line() == line;
  }

  /** Whether the client is on that way. */
  static boolean isOnTheWay(ClientState state, int line) {
    return state instanceof Moving moving && moving.line() == line;
  }

  /** Whether the client was on that line and goes on without it. */
  static boolean hasLeft(ClientState state, int line) {
    return switch (state) {
      case On on -> on.line() != line;
      case Moving moving -> true;
      case Fresh _, Ended _, Closed _ -> false;
    };
  }

  /** Whether an account that is sent elsewhere takes its connection along. */
  static boolean concernsAccount(RpcException.Migrate elsewhere) {
    return switch (elsewhere.kind()) {
      case PHONE, USER, NETWORK -> true;
      case FILE, STATS -> false;
    };
  }

  private static Step connect(Identity who, int line, int moves) {
    return Step.to(new On(who, line, moves, null), new ClientEffect.Connect(line, who));
  }

  private static Step dropped(
      ClientState state, int line, @Nullable MtprotoException cause, long now, Duration settled) {
    if (!(state instanceof On on) || on.line() != line) {
      return afterWay(state, line);
    }
    return switch (cause) {
      case null -> Step.to(state);
      case RpcException.Migrate elsewhere when concernsAccount(elsewhere) ->
          move(on, elsewhere, now, settled);
      default -> end(state, cause);
    };
  }

  /** What its owner closed is closed with its last connection. */
  private static Step afterWay(ClientState state, int line) {
    return state instanceof Closed closed && closed.line() == line
        ? Step.to(state, new ClientEffect.TellClosed())
        : Step.to(state);
  }

  private static Step move(On on, RpcException.Migrate to, long now, Duration settled) {
    Long readySince = on.readySince();
    boolean kept = readySince != null && now - readySince >= settled.toMillis();
    int failed = kept ? 0 : on.moves();
    int next = on.line() + 1;
    return Step.to(
        new Moving(on.who(), next, failed + 1),
        new ClientEffect.SetOut(next, on.who(), to, failed),
        new ClientEffect.TellLost(to));
  }

  private static Step end(ClientState state, MtprotoException why) {
    return Step.to(
        new Ended(state.who(), why), new ClientEffect.Finish(why), new ClientEffect.TellEnded(why));
  }

  private static ClientState close(ClientState state) {
    return switch (state) {
      case Fresh(Identity who) -> new Closed(who, 0);
      case On on -> new Closed(on.who(), on.line());
      case Moving moving -> new Closed(moving.who(), moving.line());
      case Ended _, Closed _ -> state;
    };
  }

  private static ClientState with(ClientState state, Identity who) {
    return switch (state) {
      case Fresh _ -> new Fresh(who);
      case On on -> new On(who, on.line(), on.moves(), on.readySince());
      case Moving moving -> new Moving(who, moving.line(), moving.moves());
      case Ended ended -> new Ended(who, ended.why());
      case Closed closed -> new Closed(who, closed.line());
    };
  }
}
