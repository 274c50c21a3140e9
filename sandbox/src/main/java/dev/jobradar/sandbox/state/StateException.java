package dev.jobradar.sandbox.state;

/** The state on disk is in use, unreadable or cannot be written. */
public final class StateException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public StateException(String message) {
    super(message);
  }

  public StateException(String message, Throwable cause) {
    super(message, cause);
  }
}
