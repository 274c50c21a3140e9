package dev.jobradar.sandbox.event;

/** A line that is no command, or a command that cannot be done. */
public final class BadCommandException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public BadCommandException(String message) {
    super(message);
  }
}
