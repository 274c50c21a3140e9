package dev.jobradar.server.signin;

import dev.jobradar.clients.SignInId;
import dev.jobradar.clients.SignInStep;

/** How a sign-in began. */
public sealed interface SignInStart {
  /**
   * A one-time code of ours is in the user's Saved Messages. It works for who holds the {@linkplain
   * Requester#freshSecret fresh secret}.
   *
   * @param codeLength in characters
   */
  record OneTimeCodeSent(int codeLength) implements SignInStart {}

  /**
   * Telegram's own sign-in is pending.
   *
   * @param step {@link SignInStep.CodeSent}, {@link SignInStep.PasswordNeeded} or {@link
   *     SignInStep.Accepted}
   */
  record Pending(SignInId id, SignInStep step) implements SignInStart {}
}
