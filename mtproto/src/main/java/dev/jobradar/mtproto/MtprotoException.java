package dev.jobradar.mtproto;

/**
 * Root of all exceptions of this library except those for a caller's mistake.
 *
 * <p>The subtype says what can be done: {@link RpcException} (Telegram answered with an error),
 * {@link TransportException} (the network, or a transport error code: reconnecting may help),
 * {@link ProtocolException} (the other side broke the protocol: what it sent was discarded), {@link
 * CallFailedException} (a call got no answer; says how far it got) and {@link
 * ConnectionClosedException} (closed for good, with the reason).
 *
 * <p>Messages name what was got and what was expected. They never hold a key, a phone number, a
 * code, a password or text of a user.
 */
public abstract sealed class MtprotoException extends RuntimeException
    permits RpcException,
        TransportException,
        ProtocolException,
        CallFailedException,
        ConnectionClosedException {
  private static final long serialVersionUID = 1L;

  MtprotoException(String message) {
    super(message);
  }

  MtprotoException(String message, @org.jspecify.annotations.Nullable Throwable cause) {
    super(message, cause);
  }
}
