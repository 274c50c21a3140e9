package dev.jobradar.mtproto;

import org.jspecify.annotations.Nullable;

/**
 * The connection was closed for good, by its owner or because it can never work again; its cause
 * then says why.
 */
public final class ConnectionClosedException extends MtprotoException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message who closed it
   * @param cause why it can never work again, or null when its owner closed it
   */
  public ConnectionClosedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
