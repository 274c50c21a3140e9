package dev.jobradar.telegram;

import dev.jobradar.mtproto.MtprotoException;

/**
 * Receives a client's events. Its methods are called one at a time on a thread of the client; they
 * may block. What they throw is logged and ignored.
 */
public interface ClientListener {
  /** Ignores everything. */
  ClientListener NONE = new ClientListener() {};

  /** The client is connected, for the first time or again. */
  default void onReady() {}

  /** The connection failed; the client will reconnect. */
  default void onLost(MtprotoException cause) {}

  /**
   * The client can never work again, and is closed.
   *
   * @param cause why: as a rule a {@link dev.jobradar.mtproto.RpcException.SessionEnded}, or a
   *     transport error 404 when Telegram does not know the key any more
   */
  default void onEnded(MtprotoException cause) {}

  /** The owner closed the client. Its connection may still be closing, see {@code awaitClosed}. */
  default void onClosed() {}
}
