package dev.jobradar.clients;

/** There is no such pending sign-in: it was never begun, has expired, was replaced or is done. */
public final class NoSuchSignInException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NoSuchSignInException() {
    super("there is no such pending sign-in, or no longer");
  }
}
