package dev.jobradar.telegram.signin;

import dev.jobradar.telegram.Me;
import org.jspecify.annotations.Nullable;

/** What a code led to. */
public sealed interface SignInResult {
  /** The client is signed in. */
  record SignedIn(Me me) implements SignInResult {}

  /**
   * The code was right, and the account has a two-step password.
   *
   * @param hint the person's hint to it, null when there is none
   */
  record PasswordNeeded(@Nullable String hint) implements SignInResult {}

  /** The code was right, and there is no account with this phone number. None is made here. */
  record NoSuchAccount() implements SignInResult {}
}
