package dev.jobradar.mtproto.client;

import dev.jobradar.mtproto.session.ClientSession;
import java.time.Duration;
import java.util.function.Supplier;

/** What the check about every second finds on an open TCP connection. */
enum ConnectionCheck {
  /** Nothing is to be done. */
  QUIET,
  /** The session has something to send. */
  TO_SEND,
  /** The server has not answered the session's ping in time. */
  NO_PONG,
  /** The key or the first query takes too long. */
  HANDSHAKE_TIMED_OUT;

  /**
   * Checks the handshake, then the session.
   *
   * @param millisInState how long the connection has been in that state
   * @param session the session's own check, {@code QUIET} when there is none; asked only when the
   *     handshake is in time, and not while a new key is made
   */
  static ConnectionCheck of(
      ConnectionState state,
      long millisInState,
      Duration handshakeTimeout,
      Supplier<ClientSession.Health> session) {
    boolean late = millisInState >= handshakeTimeout.toMillis();
    return switch (state) {
      case ConnectionState.ExchangingKeys _ -> late ? HANDSHAKE_TIMED_OUT : QUIET;
      case ConnectionState.Initializing _ -> late ? HANDSHAKE_TIMED_OUT : of(session.get());
      case ConnectionState.Idle _,
          ConnectionState.Dialing _,
          ConnectionState.Ready _,
          ConnectionState.WaitingToRetry _,
          ConnectionState.Closed _ ->
          of(session.get());
    };
  }

  private static ConnectionCheck of(ClientSession.Health session) {
    return switch (session) {
      case DEAD -> NO_PONG;
      case TO_SEND -> TO_SEND;
      case QUIET -> QUIET;
    };
  }
}
