package dev.jobradar.server.signin;

import java.time.Duration;

/** Why JobRadar itself does not go on with a sign-in. What Telegram objects to is not among it. */
public abstract sealed class SignInException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private SignInException(String message) {
    super(message, null, false, false);
  }

  /** The person cannot sign in this way, or not here. */
  public static final class Refused extends SignInException {
    private static final long serialVersionUID = 1L;
    private final Reason reason;

    Refused(Reason reason) {
      super("the sign-in is refused: " + reason);
      this.reason = reason;
    }

    /** Why. */
    public Reason reason() {
      return reason;
    }
  }

  /** Reasons of {@link Refused}. */
  public enum Reason {
    /** Telegram wants an e-mail address set up first, in one of its own apps. */
    EMAIL_SETUP_REQUIRED,
    /** Telegram sends codes for this number to its own apps only. */
    OFFICIAL_APPS_ONLY,
    /** No Telegram account has this number. */
    NO_SUCH_ACCOUNT,
    /** The user is disabled. Only thrown after they have proven who they are. */
    ACCOUNT_DISABLED,
    /** The one-time code is wrong, too old, used, or was never sent. */
    WRONG_ONE_TIME_CODE
  }

  /** The code before has expired, and Telegram has sent another one for the same sign-in. */
  public static final class CodeRenewed extends SignInException {
    private static final long serialVersionUID = 1L;
    private final transient SignInStart start;

    CodeRenewed(SignInStart start) {
      super("the code has expired, and another one was sent");
      this.start = start;
    }

    /** How the new code travels. */
    public SignInStart start() {
      return start;
    }
  }

  /** Telegram wants to be paid before it sends a code. */
  public static final class PaymentRequired extends SignInException {
    private static final long serialVersionUID = 1L;
    private final String currency;
    private final long amount;

    PaymentRequired(String currency, long amount) {
      super("Telegram wants " + amount + " " + currency + " for this sign-in");
      this.currency = currency;
      this.amount = amount;
    }

    /** Three letters, such as {@code USD}. */
    public String currency() {
      return currency;
    }

    /** In the smallest units of the currency. */
    public long amount() {
      return amount;
    }
  }

  /** A limit of one-time codes is reached. */
  public static final class TooManyOneTimeCodes extends SignInException {
    private static final long serialVersionUID = 1L;
    private final boolean entered;
    private final Duration wait;

    TooManyOneTimeCodes(boolean entered, Duration wait) {
      super(
          "too many one-time codes were "
              + (entered ? "entered" : "requested")
              + "; the next is allowed in "
              + wait);
      this.entered = entered;
      this.wait = wait;
    }

    /** Whether too many wrong ones were entered; else too many were requested. */
    public boolean entered() {
      return entered;
    }

    /** How long until the next one is allowed. */
    public Duration delay() {
      return wait;
    }
  }
}
