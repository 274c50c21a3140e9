package dev.jobradar.clients;

import dev.jobradar.telegram.Me;
import dev.jobradar.telegram.signin.CodeDelivery;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where a pending sign-in stands, and so what comes next. */
public sealed interface SignInStep {
  /**
   * A code is on its way: {@link PendingSignIns#submitCode} comes next. As the result of that same
   * method it says that the code before has expired and this is another one.
   *
   * @param delivery how it travels, and what it looks like
   * @param next how it would be sent next, null when there is no other way
   * @param resendAfter how long to wait before asking for that, null when that is not said
   */
  record CodeSent(
      CodeDelivery delivery, CodeDelivery.@Nullable Next next, @Nullable Duration resendAfter)
      implements SignInStep {}

  /**
   * The account has a two-step password: {@link PendingSignIns#submitPassword} comes next.
   *
   * @param hint the person's own hint to it, null when there is none
   */
  record PasswordNeeded(@Nullable String hint) implements SignInStep {}

  /** Telegram has accepted: {@link PendingSignIns#complete} comes next. */
  record Accepted(Me account) implements SignInStep {}

  /** There is no account with this phone number. The sign-in is over. */
  record NoSuchAccount() implements SignInStep {}

  /**
   * Telegram wants money for a code to this number, which only its own apps can pay. The sign-in is
   * over.
   *
   * @param currency ISO 4217
   * @param amount in the smallest unit of the currency
   */
  record PaymentRequired(String currency, long amount) implements SignInStep {}
}
