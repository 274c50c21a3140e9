package dev.jobradar.mtproto;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Bytes could not be transferred: the network failed, the other side closed, or it sent a transport
 * error code in place of a message (core.telegram.org/mtproto/mtproto-transports#transport-errors).
 */
public final class TransportException extends MtprotoException {
  /** Unknown authorisation key, or a message that the server could not read at all. */
  public static final int AUTH_KEY_NOT_FOUND = 404;

  /** Too many connections from one address in a short time, or a list that was too long. */
  public static final int FLOOD = 429;

  /** The data centre of the key exchange or of the proxy header is not the one that was reached. */
  public static final int INVALID_DC = 444;

  private static final long serialVersionUID = 1L;

  private final int code;

  /**
   * @param message what happened
   * @param cause the network's own error, if there is one
   */
  public TransportException(String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = 0;
  }

  private TransportException(int code) {
    super("the server answered with transport error -" + code + meaning(code));
    this.code = code;
  }

  /**
   * The error for a code that the server sent.
   *
   * @param code the positive code, such as 404 where the wire carried −404
   */
  public static TransportException ofCode(int code) {
    return new TransportException(code);
  }

  /** The server's code as a positive number (404, 429, 444), empty when the network failed. */
  public OptionalInt code() {
    return code == 0 ? OptionalInt.empty() : OptionalInt.of(code);
  }

  /** Whether the server sent just this code. */
  public boolean is(int wanted) {
    return code == wanted;
  }

  private static String meaning(int code) {
    return switch (code) {
      case AUTH_KEY_NOT_FOUND -> " (authorisation key not known there)";
      case FLOOD -> " (too many connections or too much at once)";
      case INVALID_DC -> " (wrong data centre)";
      default -> "";
    };
  }
}
