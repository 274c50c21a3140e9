package dev.jobradar.server.account;

/**
 * Posts that can never be delivered. Not every id in the range need have been a post.
 *
 * @param fromId the first id
 * @param toId the last id, at least {@code fromId}
 * @param unreadable whether they are of a kind that this version cannot read; else Telegram gives
 *     them in no way
 * @param detail what was wrong, for the log
 */
public record SkippedPosts(int fromId, int toId, boolean unreadable, String detail) {
  /** How many there are at most. */
  public int count() {
    return toId - fromId + 1;
  }
}
