package dev.jobradar.clients;

/** A pending sign-in is at another step: nothing was done. */
public final class WrongStepException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  WrongStepException(String message) {
    super(message);
  }
}
