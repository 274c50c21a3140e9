package dev.jobradar.server.web.pages.account;

import dev.jobradar.clients.SignInId;
import dev.jobradar.server.signin.SignInFlow;
import dev.jobradar.server.web.pages.LocalPath;
import dev.jobradar.server.web.signin.Started;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A sign-in under way in one browser: a value.
 *
 * @param phone digits with the country code
 * @param next where the person wants to go
 * @param how what Telegram or we have sent, and what comes next
 * @param resendAt when another code may be asked for; null when there is no other way
 * @param expiresAt when it is over
 * @param waitUntil when the next try is allowed; null for now
 */
record Underway(
    String phone,
    LocalPath next,
    Started how,
    @Nullable Instant resendAt,
    Instant expiresAt,
    @Nullable Instant waitUntil) {
  /** Sooner a message of ours is still on its way. */
  private static final Duration PAUSE = Duration.ofSeconds(30);

  static Underway begun(String phone, LocalPath next, Started how, Instant now) {
    return new Underway(phone, next, how, resendAt(how, now), now.plus(SignInFlow.VALID_FOR), null);
  }

  private static @Nullable Instant resendAt(Started how, Instant now) {
    Long after = how.resendAfter();
    if (isOurs(how)) {
      return now.plus(PAUSE);
    }
    return how.nextType() == null ? null : now.plusSeconds(after == null ? 0 : after);
  }

  private static boolean isOurs(Started how) {
    return how.authId() == null;
  }

  /** Whether the code is one of ours, in Saved Messages. */
  public boolean isOurCode() {
    return isOurs(how);
  }

  /** Whether the two-step password comes next. */
  boolean needsPassword() {
    return how.requiresPassword();
  }

  /** Whether Telegram has accepted it without asking for anything. */
  boolean isAccepted() {
    return !isOurCode() && !needsPassword() && how.codeType().equals("none");
  }

  /** Telegram's sign-in; not of a code of ours. */
  SignInId id() {
    return new SignInId(Objects.requireNonNull(how.authId(), "a code of ours has none"));
  }

  boolean isOverAt(Instant now) {
    return !now.isBefore(expiresAt);
  }

  boolean mayResendAt(Instant now) {
    return resendAt != null && !now.isBefore(resendAt);
  }

  /** The step after another code was sent in the same sign-in: that has not become younger. */
  Underway sent(Started another, Instant now) {
    return new Underway(phone, next, another, resendAt(another, now), expiresAt, null);
  }

  /** The step after the code. */
  Underway password(@Nullable String hint) {
    Started step =
        new Started(true, how.authId(), how.loginVia(), "none", null, null, null, null, true, hint);
    return new Underway(phone, next, step, null, expiresAt, null);
  }

  Underway waiting(Instant until) {
    return new Underway(phone, next, how, resendAt, expiresAt, until);
  }

  /** It is known to be over. */
  Underway over() {
    return new Underway(phone, next, how, null, Instant.MIN, null);
  }

  /** The person is signed in. What stays is where they wanted to go, for their other tabs. */
  Underway done() {
    return new Underway("", next, how, null, Instant.MIN, null);
  }

  boolean isDone() {
    return phone.isEmpty();
  }

  /** Shows no number. */
  @Override
  public String toString() {
    return "Underway[" + how.codeType() + " until " + expiresAt + "]";
  }
}
