package dev.jobradar.server.channels;

import dev.jobradar.clients.UserId;

/** Hears that a name means something else than before. */
public interface ChannelNameListener {
  /**
   * From now on a name belongs to another channel for this user: how far the channel before was
   * read does not count any more. A part of the transaction that stores it.
   */
  void movedToAnotherChannel(UserId user, ChannelName name);
}
