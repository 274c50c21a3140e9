package dev.jobradar.clients;

/** Why a user's client cannot be had at this moment although nothing has failed yet. */
public final class NotConnectedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotConnectedException(String message) {
    super(message, null, false, false);
  }
}
