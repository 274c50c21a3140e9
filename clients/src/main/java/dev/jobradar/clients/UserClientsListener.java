package dev.jobradar.clients;

import java.time.Duration;

/**
 * Receives events, for meters and records. Called with no lock held, on the thread of the event:
 * methods must be quick. What they throw is logged and ignored.
 */
public interface UserClientsListener {
  /** Ignores everything. */
  UserClientsListener NONE = new UserClientsListener() {};

  /** Both receive everything, in this order. */
  static UserClientsListener both(UserClientsListener first, UserClientsListener second) {
    return new BothListeners(first, second);
  }

  /** How a wait for a client ended. */
  enum Outcome {
    /** With a client. */
    CONNECTED,
    /** With {@link ClientResult.NoSession}. */
    NO_SESSION,
    /** With {@link ClientResult.SessionEnded}. */
    SESSION_ENDED,
    /** With {@link ClientResult.Unreachable}. */
    UNREACHABLE,
    /** The waiting thread was interrupted. */
    INTERRUPTED,
    /** The pool was closed meanwhile. */
    CLOSED
  }

  /**
   * A client is connected for the first time.
   *
   * @param took since the lookup of the user's sign-in began
   */
  default void connected(UserId user, Duration took) {}

  /**
   * A client has reconnected.
   *
   * @param took since it was lost
   */
  default void reconnected(UserId user, Duration took) {}

  /** An attempt to connect failed, or a connection was lost; it will be retried. */
  default void failed(UserId user, Exception cause) {}

  /** Telegram ended a sign-in. */
  default void sessionEnded(UserId user, SessionEnd end) {}

  /** A client was closed. */
  default void closed(UserId user, CloseReason why) {}

  /**
   * A client does not close, or a store or hook does not return: its user gets no other client
   * until it does.
   */
  default void overdue(UserId user) {}

  /**
   * A user signed in again, and Telegram did not confirm the log-out of the previous sign-in: it
   * stays in their list of devices, where they can end it.
   */
  default void oldSessionRemains(UserId user) {}

  /** A caller of {@link UserClients#get} had to wait. Results without a wait are not reported. */
  default void waited(UserId user, Outcome outcome, Duration wait) {}
}
