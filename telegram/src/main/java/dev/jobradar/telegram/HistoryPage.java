package dev.jobradar.telegram;

import dev.jobradar.telegram.updates.PassedOver;
import java.util.List;

/**
 * A page of a history. It may hold fewer posts than were asked for, none even, and still not be the
 * last: deleted messages and messages about the channel itself leave pages short.
 *
 * @param posts newest first; messages about the channel itself (joined, pinned …) are left out
 * @param next where the next, older page begins: the {@code beforeId} to ask for; 0 when the
 *     beginning is reached
 * @param total how many messages the channel has, as far as Telegram tells
 * @param passedOver messages within the page that this version cannot read, newest first
 */
public record HistoryPage(List<Post> posts, int next, int total, List<PassedOver> passedOver) {
  /** Copies the lists. */
  public HistoryPage {
    posts = List.copyOf(posts);
    passedOver = List.copyOf(passedOver);
  }
}
