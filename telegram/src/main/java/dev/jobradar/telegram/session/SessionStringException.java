package dev.jobradar.telegram.session;

/**
 * A text is no session string, or a session cannot be written in the form that was asked for: the
 * caller's input is wrong. The message can be shown to whoever gave it; neither it nor the stack
 * trace holds any part of the text.
 */
public final class SessionStringException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** What is wrong, for those who say it in words of their own. */
  public enum Reason {
    /** There is nothing but white space. */
    EMPTY,
    /** Longer than any session string. */
    TOO_LONG,
    /** It holds characters that no session string has, or is cut off. */
    NOT_BASE64,
    /** None of the forms that are known. */
    UNKNOWN_FORMAT,
    /** One of the forms by its outline, but what is in it cannot be. */
    DAMAGED,
    /** The session lacks what that form must hold, or holds what does not fit into it. */
    NOT_WRITABLE
  }

  private final Reason reason;

  SessionStringException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  static SessionStringException damaged(SessionFormat format, String what) {
    return new SessionStringException(
        Reason.DAMAGED, "a session string of the form " + format + ", but damaged: " + what);
  }

  static SessionStringException notWritable(SessionFormat format, String why) {
    return new SessionStringException(
        Reason.NOT_WRITABLE, "cannot be written in the form " + format + ": " + why);
  }

  /** What is wrong. */
  public Reason reason() {
    return reason;
  }
}
