package dev.jobradar.clients;

import org.jspecify.annotations.Nullable;

/**
 * There is no such pending sign-in: it was never begun, has expired, was replaced, is done, or
 * Telegram ended it; the cause then says so.
 */
public final class NoSuchSignInException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NoSuchSignInException() {
    this(null);
  }

  NoSuchSignInException(@Nullable Throwable cause) {
    super("there is no such pending sign-in, or no longer", cause);
  }
}
