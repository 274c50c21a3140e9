package dev.jobradar.telegram.signin;

import dev.jobradar.telegram.Me;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What asking for a code led to: the kinds of {@code auth.SentCode}. */
public sealed interface CodeRequest {
  /**
   * A code is on its way.
   *
   * @param delivery how, and what it looks like
   * @param next how it would be sent next, null when there is no other way
   * @param resendAfter how long to wait before asking for that, null when that is not said
   */
  record Sent(
      CodeDelivery delivery, CodeDelivery.@Nullable Next next, @Nullable Duration resendAfter)
      implements CodeRequest {}

  /** No code was needed: Telegram recognised a token of an earlier log-out. */
  record SignedIn(Me me) implements CodeRequest {}

  /**
   * No code was needed, but the two-step password is.
   *
   * @param hint the person's hint to it, null when there is none
   */
  record PasswordNeeded(@Nullable String hint) implements CodeRequest {}

  /**
   * Telegram wants money for a code to this number, which only its own apps can pay.
   *
   * @param currency ISO 4217
   * @param amount in the smallest unit of the currency
   */
  record PaymentRequired(String currency, long amount) implements CodeRequest {}
}
