package dev.jobradar.telegram;

import java.util.List;

/**
 * A page of a history.
 *
 * @param posts newest first; messages about the channel itself (joined, pinned …) are left out
 * @param next where the next, older page begins: the {@code beforeId} to ask for; 0 when this was
 *     the last
 * @param total how many messages the channel has, as far as Telegram tells
 */
public record HistoryPage(List<Post> posts, int next, int total) {
  /** Copies the list. */
  public HistoryPage {
    posts = List.copyOf(posts);
  }
}
