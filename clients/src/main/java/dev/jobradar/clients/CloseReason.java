package dev.jobradar.clients;

/** Why a user's client was closed. */
public enum CloseReason {
  /** {@link UserClients#disconnect}: the user logged out. */
  DISCONNECTED,
  /** {@link UserClients#logOut}: the sign-in was ended at Telegram. */
  LOGGED_OUT,
  /** Nothing was asked of it for long enough. */
  IDLE,
  /** {@link UserClients#disconnectAll} or {@link UserClients#close}. */
  SHUTDOWN,
  /** A sign-in of the same account took its place. */
  REPLACED,
  /** Telegram ended the sign-in. */
  SESSION_ENDED,
  /** A failure that an immediate retry does not fix, such as a refused api_id. */
  FAILED,
  /** Somebody called {@code close} on a client that was handed out. */
  CLOSED_BY_CALLER
}
