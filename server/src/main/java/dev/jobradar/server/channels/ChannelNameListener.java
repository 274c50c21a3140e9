package dev.jobradar.server.channels;

import dev.jobradar.clients.UserId;

/** Hears that a channel has another name than before. */
public interface ChannelNameListener {
  /**
   * From now on a channel has this name for this user, and its old one means nothing, or another
   * channel. A part of the transaction that stores it.
   *
   * @param to a name that no other channel of the user has
   */
  void renamed(UserId user, ChannelName from, ChannelName to);
}
