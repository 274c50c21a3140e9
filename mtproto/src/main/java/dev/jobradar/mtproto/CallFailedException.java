package dev.jobradar.mtproto;

import org.jspecify.annotations.Nullable;

/**
 * A call without an answer. {@link #progress()} says how far it got, and so whether Telegram may
 * have executed it.
 */
public final class CallFailedException extends MtprotoException {
  /** How far a call got before it was given up. */
  public enum Progress {
    /** It was never sent: it was not executed. */
    NEVER_SENT,
    /** It was sent and not acknowledged: it may or may not have been executed. */
    SENT,
    /** The server received it and its answer is missing: it was most likely executed. */
    ACKNOWLEDGED
  }

  /** Why a call was given up. */
  public enum Reason {
    /** The caller's time ran out. */
    TIMED_OUT,
    /** The limit on concurrent calls was reached until the caller's time ran out. */
    TOO_MANY_CALLS,
    /** The server began a new session and no longer knows of the call. */
    SESSION_LOST,
    /** The server knows the call but no longer has its answer. */
    ANSWER_LOST,
    /** The server rejected the call's message again and again, and did not execute it. */
    REJECTED,
    /** The call is larger than a message may be. */
    TOO_LARGE,
    /** The connection was closed. */
    CLOSED
  }

  private static final long serialVersionUID = 1L;

  private final String method;
  private final Reason reason;
  private final Progress progress;

  /**
   * @param method the call's TL name, such as {@code messages.sendMessage}
   * @param reason why it was given up
   * @param progress how far it got
   * @param cause the connection's failure at that time, if any
   */
  public CallFailedException(
      String method, Reason reason, Progress progress, @Nullable Throwable cause) {
    super(
        method
            + ": "
            + words(reason)
            + "; "
            + words(progress)
            + (cause == null ? "" : words(cause)),
        cause);
    this.method = method;
    this.reason = reason;
    this.progress = progress;
  }

  /** The same failure with what is known of its cause. */
  public CallFailedException because(MtprotoException known) {
    return new CallFailedException(method, reason, progress, known);
  }

  /** Why the call was given up. */
  public Reason reason() {
    return reason;
  }

  /** How far it had come. */
  public Progress progress() {
    return progress;
  }

  private static String words(Throwable cause) {
    return " (" + cause.getMessage() + ")";
  }

  private static String words(Reason reason) {
    return switch (reason) {
      case TIMED_OUT -> "no answer in time";
      case TOO_MANY_CALLS -> "too many calls at once";
      case SESSION_LOST -> "the server began a new session";
      case ANSWER_LOST -> "the server has no answer any more";
      case REJECTED -> "the server rejected its message again and again";
      case TOO_LARGE -> "larger than a message may be";
      case CLOSED -> "the connection was closed";
    };
  }

  private static String words(Progress progress) {
    return switch (progress) {
      case NEVER_SENT -> "it was never sent";
      case SENT -> "it was sent and may have been executed";
      case ACKNOWLEDGED -> "the server has received it";
    };
  }
}
