package dev.jobradar.telegram;

import dev.jobradar.mtproto.MtprotoException;

/**
 * Hears what happens to a client. Its methods are called one after another on a thread of the
 * client; they may block. What they throw is logged and ignored.
 */
public interface ClientListener {
  /** Hears nothing. */
  ClientListener NONE = new ClientListener() {};

  /** Calls travel, for the first time or again. */
  default void onReady() {}

  /** The connection failed and will be dialled again. */
  default void onLost(MtprotoException cause) {}

  /**
   * It can never work again, and is closed.
   *
   * @param cause why: as a rule a {@link dev.jobradar.mtproto.RpcException.SessionEnded}, or a
   *     transport error 404 when Telegram does not know the key any more
   */
  default void onEnded(MtprotoException cause) {}

  /** Its owner closed it. It may still be ending its connection, see {@code awaitClosed}. */
  default void onClosed() {}
}
