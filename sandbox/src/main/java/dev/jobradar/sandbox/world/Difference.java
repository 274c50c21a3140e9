package dev.jobradar.sandbox.world;

import java.util.List;

/** What a client missed of an account's common sequence. */
public sealed interface Difference {

  /** Nothing. */
  record Empty(int date, int seq) implements Difference {}

  /**
   * Some or all of it.
   *
   * @param updates in order
   * @param behind joined channels in which something happened meanwhile
   * @param state where the client stands once it has read these
   * @param complete whether that is all
   */
  record Part(
      List<Update.OfBox> updates, List<ChannelInfo> behind, BoxState state, boolean complete)
      implements Difference {
    public Part {
      updates = List.copyOf(updates);
      behind = List.copyOf(behind);
    }
  }

  /** More than the client asked for; continue from this position. */
  record TooLong(int pts) implements Difference {}
}
