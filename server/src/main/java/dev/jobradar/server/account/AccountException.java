package dev.jobradar.server.account;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Why something could not be done with a user's account. The subtype says what can be done. */
public abstract sealed class AccountException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private AccountException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** A stable name: Telegram's own for what it refused, else one of {@link FailureCode}. */
  public final String code() {
    return switch (this) {
      case NoSuchName name -> name.taken() ? FailureCode.NOT_A_CHANNEL : FailureCode.NO_SUCH_NAME;
      case Refused refused -> refused.error();
      case FloodWait _, SlowMode _ -> FailureCode.FLOOD_WAIT;
      case Unreachable later -> later.code;
      case NotSignedIn _ -> FailureCode.NOT_SIGNED_IN;
      case SessionEnded _ -> FailureCode.SESSION_ENDED;
    };
  }

  /** There is no Telegram session: the user has to sign in. */
  public static final class NotSignedIn extends AccountException {
    private static final long serialVersionUID = 1L;

    /** For a user without a session. */
    public NotSignedIn() {
      super("there is no Telegram session", null);
    }
  }

  /** Telegram ended the session: the user has to sign in again; trying again never helps. */
  public static final class SessionEnded extends AccountException {
    private static final long serialVersionUID = 1L;
    private final String reason;

    /**
     * @param reason Telegram's name for it, such as {@code SESSION_REVOKED}
     */
    public SessionEnded(String reason) {
      super("Telegram ended the session: " + reason, null);
      this.reason = reason;
    }

    /** Telegram's name for the reason. */
    public String reason() {
      return reason;
    }
  }

  /** Telegram cannot be reached now, or did not answer in time. Repeating is right, later. */
  public static final class Unreachable extends AccountException {
    private static final long serialVersionUID = 1L;
    private final @Nullable Instant nextTry;
    private final boolean thisCallOnly;
    private final String code;

    /**
     * @param nextTry when connecting is tried next, null when it is tried on demand
     */
    public Unreachable(@Nullable Instant nextTry, @Nullable Throwable cause) {
      this(nextTry, false, FailureCode.UNREACHABLE, cause);
    }

    private Unreachable(
        @Nullable Instant nextTry, boolean thisCallOnly, String code, @Nullable Throwable cause) {
      super("Telegram cannot be reached now", cause);
      this.nextTry = nextTry;
      this.thisCallOnly = thisCallOnly;
      this.code = code;
    }

    /** Telegram was reached, and failed at what it was asked. */
    public static Unreachable atThisCall(@Nullable Throwable cause) {
      return new Unreachable(null, true, FailureCode.UNREACHABLE, cause);
    }

    /** Telegram answered with something that this version cannot read. */
    public static Unreachable unreadable(@Nullable Throwable cause) {
      return new Unreachable(null, true, FailureCode.UNREADABLE, cause);
    }

    /** Telegram answered with an error of its own. */
    public static Unreachable failing(@Nullable Throwable cause) {
      return new Unreachable(null, true, FailureCode.FAILING, cause);
    }

    /** Whether Telegram was reached and failed at this very call: others may go well. */
    public boolean thisCallOnly() {
      return thisCallOnly;
    }

    /** When connecting is tried next, null when it is tried on demand. */
    public @Nullable Instant nextTry() {
      return nextTry;
    }
  }

  /** Telegram wants this account to wait with this method, to the second. */
  public static final class FloodWait extends AccountException {
    private static final long serialVersionUID = 1L;
    private final String method;
    private final Duration delay;

    /**
     * @param method the TL name of the method
     * @param delay how long to wait
     */
    public FloodWait(String method, Duration delay, @Nullable Throwable cause) {
      super(method + " has to wait " + delay.toSeconds() + " s", cause);
      this.method = method;
      this.delay = delay;
    }

    /** The TL name of the method that has to wait. */
    public String method() {
      return method;
    }

    /** How long. */
    public Duration delay() {
      return delay;
    }
  }

  /** This one chat takes the next message later; other chats are not concerned. */
  public static final class SlowMode extends AccountException {
    private static final long serialVersionUID = 1L;
    private final Duration delay;

    /**
     * @param delay how long to wait
     */
    public SlowMode(Duration delay, @Nullable Throwable cause) {
      super("this chat takes the next message in " + delay.toSeconds() + " s", cause);
      this.delay = delay;
    }

    /** How long. */
    public Duration delay() {
      return delay;
    }
  }

  /** There is no channel of that name. */
  public static final class NoSuchName extends AccountException {
    private static final long serialVersionUID = 1L;
    private final boolean taken;

    /**
     * @param taken whether the name belongs to a person or bot
     */
    public NoSuchName(boolean taken, @Nullable Throwable cause) {
      super(taken ? "the name is not a channel's" : "there is no such name", cause);
      this.taken = taken;
    }

    /** Whether the name belongs to a person or bot. */
    public boolean taken() {
      return taken;
    }
  }

  /** Telegram's name for a channel that cannot be reached as it was known any more. */
  public static final String STALE_CHANNEL = "CHANNEL_INVALID";

  /** Telegram refused it, and will again. */
  public static final class Refused extends AccountException {
    private static final long serialVersionUID = 1L;
    private final String error;

    /**
     * @param error Telegram's name for it, such as {@code CHAT_WRITE_FORBIDDEN}
     */
    public Refused(String error, @Nullable Throwable cause) {
      super("Telegram refused: " + error, cause);
      this.error = error;
    }

    /** Telegram's name for the error. */
    public String error() {
      return error;
    }

    /** Whether resolving the channel's name again may help. */
    public boolean isStaleChannel() {
      return error.equals(STALE_CHANNEL);
    }
  }
}
