package dev.jobradar.mtproto.client;

import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.mtproto.RpcException;
import dev.jobradar.mtproto.TransportException;
import org.jspecify.annotations.Nullable;

/**
 * The state of a connection, as a value: {@link #next} is the only transition function, and each
 * state holds only what exists in it.
 *
 * <p>{@code attempt} counts the failures since the connection was last ready for as long as the
 * longest wait between attempts: a server that accepts and drops the connection at once is
 * redialled less and less often, like one that is unreachable. {@code keyDoubted} says that the
 * server rejected the key once (−404): the second time is final.
 */
public sealed interface ConnectionState {
  /** Not opened yet. */
  record Idle() implements ConnectionState {}

  /** A TCP connection is being opened. */
  record Dialing(int attempt, boolean keyDoubted) implements ConnectionState {}

  /** An authorisation key is being created. */
  record ExchangingKeys(int attempt) implements ConnectionState {}

  /** The first query, with {@code initConnection}, is in flight. */
  record Initializing(int attempt, boolean keyDoubted) implements ConnectionState {}

  /** Calls are sent. */
  record Ready(int attempt, long since) implements ConnectionState {}

  /** The last attempt failed; the next one begins at {@code until}. */
  record WaitingToRetry(int attempt, boolean keyDoubted, long until, MtprotoException cause)
      implements ConnectionState {}

  /**
   * Closed permanently.
   *
   * @param cause why it cannot be reopened, null when its owner closed it
   */
  record Closed(@Nullable MtprotoException cause) implements ConnectionState {}

  /** What happens to a connection. */
  sealed interface Event {
    /** Its owner opens it. */
    record Open() implements Event {}

    /** The TCP connection is open. */
    record Dialed(boolean keyKnown) implements Event {}

    /** The authorisation key is created. */
    record KeyMade() implements Event {}

    /** The first query was answered. */
    record Initialized() implements Event {}

    /** The TCP connection could not be opened, or is closed. */
    record Lost(MtprotoException cause) implements Event {}

    /** The backoff has elapsed. */
    record RetryDue() implements Event {}

    /** A permanent failure: retrying is useless. */
    record Failed(MtprotoException cause) implements Event {}

    /** Its owner closes it. */
    record Close() implements Event {}
  }

  /**
   * The state that follows.
   *
   * @param now milliseconds since 1970
   * @param backoff how long to wait after a failure
   * @param jitter random, 0 to 1
   * @throws IllegalStateException when this event cannot happen in this state
   */
  static ConnectionState next(
      ConnectionState state, Event event, long now, Backoff backoff, double jitter) {
    if (state instanceof Closed) {
      return state;
    }
    return switch (event) {
      case Event.Close() -> new Closed(null);
      case Event.Failed(MtprotoException cause) -> new Closed(cause);
      case Event.Open() -> {
        if (state instanceof Idle) {
          yield new Dialing(0, false);
        }
        throw impossible(state, event);
      }
      case Event.Dialed(boolean keyKnown) -> {
        if (state instanceof Dialing(int attempt, boolean doubted)) {
          yield keyKnown ? new Initializing(attempt, doubted) : new ExchangingKeys(attempt);
        }
        throw impossible(state, event);
      }
      case Event.KeyMade() -> {
        if (state instanceof ExchangingKeys(int attempt)) {
          yield new Initializing(attempt, false);
        }
        throw impossible(state, event);
      }
      case Event.Initialized() -> {
        if (state instanceof Initializing(int attempt, boolean doubted)) {
          yield new Ready(attempt, now);
        }
        throw impossible(state, event);
      }
      case Event.RetryDue() -> {
        if (state instanceof WaitingToRetry wait) {
          yield new Dialing(wait.attempt(), wait.keyDoubted());
        }
        throw impossible(state, event);
      }
      case Event.Lost(MtprotoException cause) -> lost(state, cause, now, backoff, jitter);
    };
  }

  private static ConnectionState lost(
      ConnectionState state, MtprotoException cause, long now, Backoff backoff, double jitter) {
    return switch (state) {
      case Dialing(int attempt, boolean doubted) ->
          retry(attempt, doubted, cause, now, backoff, jitter);
      case ExchangingKeys(int attempt) -> {
        // A retry would not change the data centre's number.
        yield is(cause, TransportException.INVALID_DC)
            ? new Closed(cause)
            : retry(attempt, false, cause, now, backoff, jitter);
      }
      case Initializing(int attempt, boolean doubted) ->
          denied(attempt, doubted, cause, now, backoff, jitter);
      case Ready(int attempt, long since) -> {
        boolean lasted = now - since >= backoff.most().toMillis();
        yield denied(lasted ? 0 : attempt, false, cause, now, backoff, jitter);
      }
      case Idle idle -> throw impossible(state, new Event.Lost(cause));
      case WaitingToRetry wait -> throw impossible(state, new Event.Lost(cause));
      case Closed closed -> closed;
    };
  }

  /** An existing key was in use: the server may have rejected it. */
  private static ConnectionState denied(
      int attempt,
      boolean doubted,
      MtprotoException cause,
      long now,
      Backoff backoff,
      double jitter) {
    if (is(cause, TransportException.INVALID_DC)) {
      return new Closed(cause);
    }
    boolean unknownKey = is(cause, TransportException.AUTH_KEY_NOT_FOUND);
    if (unknownKey && doubted) {
      return new Closed(cause);
    }
    return retry(attempt, doubted || unknownKey, cause, now, backoff, jitter);
  }

  private static ConnectionState retry(
      int attempt,
      boolean doubted,
      MtprotoException cause,
      long now,
      Backoff backoff,
      double jitter) {
    boolean flood = is(cause, TransportException.FLOOD);
    long wait = backoff.delay(attempt, flood, jitter).toMillis();
    if (cause instanceof RpcException.FloodWait floodWait) {
      wait = Math.max(wait, floodWait.delay().toMillis());
    }
    return new WaitingToRetry(attempt + 1, doubted, now + wait, cause);
  }

  private static boolean is(MtprotoException cause, int code) {
    return cause instanceof TransportException transport && transport.is(code);
  }

  private static IllegalStateException impossible(ConnectionState state, Event event) {
    return new IllegalStateException(event + " cannot happen in " + state);
  }
}
