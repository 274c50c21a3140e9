package dev.jobradar.telegram;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a history is wanted, newest first (core.telegram.org/api/offsets).
 *
 * @param beforeId only messages with lower ids; 0 for the newest
 * @param before only messages sent earlier, null for any; with {@code beforeId} at 0 only
 * @param afterId only messages with greater ids; 0 for all
 * @param limit how many at most, 1 to 100: the size of a page
 */
public record HistoryQuery(int beforeId, @Nullable Instant before, int afterId, int limit) {
  /** As many as a page holds. */
  public static final int PAGE = 100;

  /** The newest page. */
  public static final HistoryQuery NEWEST = new HistoryQuery(0, null, 0, PAGE);

  /**
   * @throws IllegalArgumentException when an id is negative or the limit is not 1 to 100
   */
  public HistoryQuery {
    if (beforeId < 0 || afterId < 0) {
      throw new IllegalArgumentException("message ids are not negative");
    }
    if (limit < 1 || limit > PAGE) {
      throw new IllegalArgumentException("a page holds 1 to " + PAGE + " posts, got " + limit);
    }
  }

  /** The page before a post. */
  public static HistoryQuery before(int id) {
    return new HistoryQuery(id, null, 0, PAGE);
  }

  /** The newest page of what was sent before a time. */
  public static HistoryQuery before(Instant time) {
    return new HistoryQuery(0, time, 0, PAGE);
  }

  /** The same with another limit. */
  public HistoryQuery limit(int posts) {
    return new HistoryQuery(beforeId, before, afterId, posts);
  }
}
