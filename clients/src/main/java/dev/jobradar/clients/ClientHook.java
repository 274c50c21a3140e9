package dev.jobradar.clients;

import dev.jobradar.telegram.TelegramClient;

/**
 * Called when each user's client opens and closes, for example to watch channels on it.
 *
 * <p>For one user its methods are called one after another, in order, on a virtual thread, with no
 * lock held; for different users at once. What they throw is logged and ignored. A user's next
 * client is opened only after {@link #closed} has returned for the one before: methods must return
 * when a client that they use is closed; one that does not is reported as overdue.
 */
public interface ClientHook {
  /** Does nothing. */
  ClientHook NONE = new ClientHook() {};

  /**
   * A new client of a user is connected; callers get it as soon as this returns. Use only this
   * client here: {@link UserClients#get} of the same user would wait for this method.
   */
  default void opened(UserId user, TelegramClient client) {}

  /** A client that {@link #opened} was called with is closed, and its connection gone. */
  default void closed(UserId user, TelegramClient client, CloseReason why) {}
}
