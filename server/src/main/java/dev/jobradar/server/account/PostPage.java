package dev.jobradar.server.account;

import java.util.List;

/**
 * A page of a history.
 *
 * @param posts newest first
 * @param next the {@code beforeId} of the next, older page; 0 when this was the last
 * @param total how many messages the channel has, as far as Telegram tells
 * @param passedOver posts within the page that cannot be read
 */
public record PostPage(
    List<ReceivedPost> posts, int next, int total, List<SkippedPosts> passedOver) {
  /** Copies the lists. */
  public PostPage {
    posts = List.copyOf(posts);
    passedOver = List.copyOf(passedOver);
  }
}
