package dev.jobradar.sandbox.world;

import java.util.List;

/** What a client missed of a channel's sequence. */
public sealed interface ChannelDifference {

  /** Nothing. */
  record Empty(int pts) implements ChannelDifference {}

  /**
   * Some or all of it.
   *
   * @param updates in order; a post that has been deleted since is left out
   * @param pts where the client stands once it has read these
   * @param complete whether that is all
   */
  record Part(List<Update.OfChannel> updates, int pts, boolean complete)
      implements ChannelDifference {
    public Part {
      updates = List.copyOf(updates);
    }
  }

  /** Too much: the newest posts alone, newest first, and the position to go on from. */
  record TooLong(Dialog dialog, int pts, List<Post> newest) implements ChannelDifference {
    public TooLong {
      newest = List.copyOf(newest);
    }
  }
}
