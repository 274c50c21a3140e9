package dev.jobradar.clients;

import dev.jobradar.telegram.TelegramClient;

/**
 * Accompanies each user's client through its life, to watch channels on it for example.
 *
 * <p>For one user its methods are called one after another, in order, on a virtual thread, with no
 * lock held; for different users at once. What they throw is logged and ignored. A user's next
 * client is opened only after {@link #closed} has returned for the one before: methods must come
 * back when a client that they use is closed, and one that does not is reported as overdue.
 */
public interface ClientHook {
  /** Does nothing. */
  ClientHook NONE = new ClientHook() {};

  /**
   * A new client of a user is connected, and is handed out as soon as this returns. The client is
   * the only thing to use here: {@link UserClients#get} of the same user would wait for this.
   */
  default void opened(UserId user, TelegramClient client) {}

  /** A client that {@link #opened} was called with is closed, and its connection gone. */
  default void closed(UserId user, TelegramClient client, CloseReason why) {}
}
