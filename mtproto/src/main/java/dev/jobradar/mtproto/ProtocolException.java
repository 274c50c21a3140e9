package dev.jobradar.mtproto;

import org.jspecify.annotations.Nullable;

/**
 * The other side sent something that MTProto forbids, or that cannot be read. The message was
 * discarded whole; the connection that carried it is closed and reopened
 * (core.telegram.org/mtproto/security_guidelines).
 */
public final class ProtocolException extends MtprotoException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message which rule was broken: got and expected, without secrets
   */
  public ProtocolException(String message) {
    super(message);
  }

  /**
   * @param message which rule was broken: got and expected, without secrets
   * @param cause what reading it threw
   */
  public ProtocolException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
