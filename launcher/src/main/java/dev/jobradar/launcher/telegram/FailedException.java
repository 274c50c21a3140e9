package dev.jobradar.launcher.telegram;

/** A verb could not do its work, for a reason that its user can understand and perhaps mend. */
public final class FailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FailedException(String message) {
    super(message);
  }
}
