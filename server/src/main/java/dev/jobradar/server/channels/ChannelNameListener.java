package dev.jobradar.server.channels;

import dev.jobradar.clients.UserId;

/** Hears that something else is known of a user's channels than before. */
public interface ChannelNameListener {
  /** Names, titles or rules of channels have changed. A part of the transaction that stores it. */
  default void channelsChanged(UserId user) {}

  /**
   * From now on a channel has this name for this user, and its old one means nothing, or another
   * channel. A part of the transaction that stores it.
   *
   * @param to a name that no other channel of the user has
   */
  void renamed(UserId user, ChannelName from, ChannelName to);
}
