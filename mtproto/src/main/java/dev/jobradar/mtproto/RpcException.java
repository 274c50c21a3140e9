package dev.jobradar.mtproto;

import dev.jobradar.tl.ApiErrors;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An error that Telegram returned for a call (core.telegram.org/api/errors).
 *
 * <p>Classified by its {@link #error() name}, not by its code: {@link #of} finds the subtype. Codes
 * that are not documented count as 500.
 */
public abstract sealed class RpcException extends MtprotoException {
  private static final long serialVersionUID = 1L;

  private static final Pattern WITH_NUMBER =
      Pattern.compile("(?<name>[A-Z0-9_]+?)_(?<number>\\d+)");
  private static final Pattern SAFE_NAME = Pattern.compile("[A-Za-z0-9_.: -]{1,128}");

  private final int code;
  private final String error;
  private final String method;

  private RpcException(int code, String error, String method, String words) {
    super(method + ": " + error + " (" + code + ")" + words);
    this.code = code;
    this.error = error;
    this.method = method;
  }

  /** Telegram's numeric code, such as 400 or 420. */
  public int code() {
    return code;
  }

  /** Telegram's name for it, whole, such as {@code FLOOD_WAIT_31}. */
  public String error() {
    return error;
  }

  /** The TL name of the method that was answered with it. */
  public String method() {
    return method;
  }

  /** Whether its name is just this one. */
  public boolean is(String name) {
    return error.equals(name);
  }

  /**
   * The exception for an {@code rpc_error}.
   *
   * @param code its error_code
   * @param error its error_message
   * @param method the TL name of the method that was called
   */
  public static RpcException of(int code, String error, String method) {
    String name = SAFE_NAME.matcher(error).matches() ? error : "UNREADABLE_ERROR";
    Matcher numbered = WITH_NUMBER.matcher(name);
    if (numbered.matches()) {
      RpcException withNumber =
          withNumber(code, name, numbered.group("name"), numbered.group("number"), method);
      if (withNumber != null) {
        return withNumber;
      }
    }
    SessionEnded.Reason ended = SessionEnded.Reason.of(name);
    if (ended != null) {
      return new SessionEnded(code, name, method, ended);
    }
    if (name.equals("FROZEN_METHOD_INVALID")) {
      return new AccountFrozen(code, name, method);
    }
    if (code == 401 && ApiErrors.codeOf(name).isEmpty()) {
      return new Unauthorized(code, name, method);
    }
    return code == 406 ? new NotAcceptable(code, name, method) : new Other(code, name, method);
  }

  private static @Nullable RpcException withNumber(
      int code, String error, String name, String digits, String method) {
    int number;
    try {
      number = Integer.parseInt(digits);
    } catch (NumberFormatException tooLong) {
      return null;
    }
    return switch (name) {
      case "FLOOD_WAIT", "FLOOD_PREMIUM_WAIT", "FLOOD_TEST_PHONE_WAIT" ->
          new FloodWait(code, error, method, Duration.ofSeconds(number));
      case "SLOWMODE_WAIT" -> new SlowModeWait(code, error, method, Duration.ofSeconds(number));
      case "PHONE_MIGRATE", "USER_MIGRATE", "NETWORK_MIGRATE", "FILE_MIGRATE", "STATS_MIGRATE" ->
          number >= 1 && number <= 999
              ? new Migrate(
                  code,
                  error,
                  method,
                  Migrate.Kind.valueOf(name.substring(0, name.indexOf('_'))),
                  new DcId(number))
              : null;
      default -> null;
    };
  }

  /** The same call may be repeated after {@link #delay()}, not earlier. */
  public static final class FloodWait extends RpcException {
    private static final long serialVersionUID = 1L;

    private final Duration wait;

    private FloodWait(int code, String error, String method, Duration wait) {
      super(code, error, method, ": wait " + wait.toSeconds() + " s");
      this.wait = wait;
    }

    /** How long to wait, to the second. */
    public Duration delay() {
      return wait;
    }
  }

  /** This chat takes the next message after {@link #delay()}; other chats are not concerned. */
  public static final class SlowModeWait extends RpcException {
    private static final long serialVersionUID = 1L;

    private final Duration wait;

    private SlowModeWait(int code, String error, String method, Duration wait) {
      super(code, error, method, ": wait " + wait.toSeconds() + " s in this chat");
      this.wait = wait;
    }

    /** How long to wait, to the second. */
    public Duration delay() {
      return wait;
    }
  }

  /** The call belongs to another data centre (303). */
  public static final class Migrate extends RpcException {
    /** What lives at the other data centre. */
    public enum Kind {
      /** The phone number's account. */
      PHONE,
      /** The signed-in user. */
      USER,
      /** All clients of this network address. */
      NETWORK,
      /** The file. */
      FILE,
      /** The statistics. */
      STATS;

      @Override
      public String toString() {
        return name().toLowerCase(Locale.ROOT);
      }
    }

    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final int dc;

    private Migrate(int code, String error, String method, Kind kind, DcId dc) {
      super(code, error, method, ": go to " + dc);
      this.kind = kind;
      this.dc = dc.value();
    }

    /** What lives there. */
    public Kind kind() {
      return kind;
    }

    /** The data centre to go to. */
    public DcId dc() {
      return new DcId(dc);
    }
  }

  /**
   * This sign-in has ended permanently: do not retry, sign in again.
   *
   * <p>{@code AUTH_KEY_UNREGISTERED} is one of them only on a key that was signed in: on a fresh
   * key it means "sign in first". The caller knows which case it is.
   */
  public static final class SessionEnded extends RpcException {
    /** Telegram's reasons. */
    public enum Reason {
      /** One key was used over two connections at once. */
      AUTH_KEY_DUPLICATED,
      /** The key is not signed in, or no longer. */
      AUTH_KEY_UNREGISTERED,
      /** The key is not valid. */
      AUTH_KEY_INVALID,
      /** The user ended the session from elsewhere. */
      SESSION_REVOKED,
      /** The session expired. */
      SESSION_EXPIRED,
      /** The account was deleted. */
      USER_DEACTIVATED,
      /** The account was banned. */
      USER_DEACTIVATED_BAN;

      static @Nullable Reason of(String name) {
        for (Reason reason : values()) {
          if (reason.name().equals(name)) {
            return reason;
          }
        }
        return null;
      }
    }

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    private SessionEnded(int code, String error, String method, Reason reason) {
      super(code, error, method, "");
      this.reason = reason;
    }

    /** Why it ended. */
    public Reason reason() {
      return reason;
    }
  }

  /** The account is frozen: it may read, and this method is closed to it (420 without a time). */
  public static final class AccountFrozen extends RpcException {
    private static final long serialVersionUID = 1L;

    private AccountFrozen(int code, String error, String method) {
      super(code, error, method, "");
    }
  }

  /**
   * A 401 whose name Telegram does not document: the key may not do this. Retrying never helps; on
   * a key whose sign-in never finished it means that the sign-in is over.
   */
  public static final class Unauthorized extends RpcException {
    private static final long serialVersionUID = 1L;

    private Unauthorized(int code, String error, String method) {
      super(code, error, method, "");
    }
  }

  /**
   * Any other 406: Telegram shows people an {@code updateServiceNotification}; do not show a text
   * made from its name.
   */
  public static final class NotAcceptable extends RpcException {
    private static final long serialVersionUID = 1L;

    private NotAcceptable(int code, String error, String method) {
      super(code, error, method, "");
    }
  }

  /** Every other error, distinguished by its {@link #error() name}. */
  public static final class Other extends RpcException {
    private static final long serialVersionUID = 1L;

    private Other(int code, String error, String method) {
      super(code, error, method, "");
    }
  }
}
