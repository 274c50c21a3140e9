package dev.jobradar.tl;

/**
 * Bytes that are no TL value, or a value that TL cannot write. The one exception of this package
 * for whatever comes in; messages name ids, counts and lengths, never contents.
 */
public final class TlException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What was wrong. */
  public enum Reason {
    /** The bytes end before the value does. */
    TRUNCATED,
    /** An id that the schema, or the place where it stands, does not know. */
    UNKNOWN_CONSTRUCTOR,
    /** More than {@link TlLimits} allow. */
    LIMIT,
    /** Anything else that the format forbids. */
    MALFORMED
  }

  private final Reason reason;

  public TlException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public TlException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** An id that does not fit where a value of a type was expected. */
  public static TlException unknownConstructor(String type, int id) {
    return new TlException(
        Reason.UNKNOWN_CONSTRUCTOR, "expected %s, got constructor #%08x".formatted(type, id));
  }

  public Reason reason() {
    return reason;
  }
}
