package dev.jobradar.sandbox.world;

/**
 * Which part of a history is wanted, in the words of Telegram's page api/offsets.
 *
 * @param offsetId count the offset from this id; 0 for the newest
 * @param offsetDate count the offset from this date, unix seconds, when offsetId is 0; 0 for none
 * @param addOffset added to the offset; negative reaches newer ones
 * @param limit how many at most; 0 or less means {@value #DEFAULT_LIMIT}, more than {@value
 *     #MAX_LIMIT} means {@value #MAX_LIMIT}
 * @param maxId only ids below this one; 0 for all
 * @param minId only ids above this one; 0 for all
 */
public record HistoryQuery(
    int offsetId, int offsetDate, int addOffset, int limit, int maxId, int minId) {

  /** The most that one page holds. */
  public static final int MAX_LIMIT = 100;

  /** What 0 stands for ("often an intermediate value like ~20", api/offsets). */
  public static final int DEFAULT_LIMIT = 20;

  public HistoryQuery {
    limit = limit <= 0 ? DEFAULT_LIMIT : Math.min(limit, MAX_LIMIT);
  }

  /** The newest ones. */
  public static HistoryQuery newest(int limit) {
    return new HistoryQuery(0, 0, 0, limit, 0, 0);
  }

  /** The ones right below an id. */
  public static HistoryQuery before(int id, int limit) {
    return new HistoryQuery(id, 0, 0, limit, 0, 0);
  }
}
