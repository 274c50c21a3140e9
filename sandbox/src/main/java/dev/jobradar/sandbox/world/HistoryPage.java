package dev.jobradar.sandbox.world;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * A page of a history, newest first.
 *
 * @param total how many the whole history holds
 * @param offset how many newer ones precede the first of this page
 * @param items the page
 * @param <T> what the history is made of
 */
public record HistoryPage<T extends HistoryEntry>(int total, int offset, List<T> items) {

  public HistoryPage {
    items = List.copyOf(items);
  }

  /**
   * Cuts a page out of a history: the offset is the number of items down to and with {@code
   * offsetId}, plus {@code addOffset}; the slice of {@code limit} items from there is then thinned
   * by {@code maxId} and {@code minId} (api/offsets). A slice that begins above the newest item
   * loses what lies above.
   *
   * @param ascending the whole history, oldest first
   */
  static <T extends HistoryEntry> HistoryPage<T> cut(List<T> ascending, HistoryQuery query) {
    int total = ascending.size();
    int newerOrSame = 0;
    if (query.offsetId() > 0) {
      newerOrSame = total - firstAtOrAbove(ascending, query.offsetId(), item -> item.id());
    } else if (query.offsetDate() > 0) {
      newerOrSame = total - firstAtOrAbove(ascending, query.offsetDate(), item -> item.date());
    }
    long from = (long) newerOrSame + query.addOffset();
    int begin = Math.clamp(from, 0, total);
    int end = Math.clamp(from + query.limit(), 0, total);
    Predicate<T> wanted =
        item ->
            (query.maxId() <= 0 || item.id() < query.maxId())
                && (query.minId() <= 0 || item.id() > query.minId());
    List<T> items = ascending.subList(total - end, total - begin).reversed();
    return new HistoryPage<>(total, begin, items.stream().filter(wanted).toList());
  }

  /**
   * The page with at most so many items: those nearest to where it was asked from, so that a client
   * that goes on from there misses none.
   */
  public HistoryPage<T> shortened(HistoryQuery query, int most) {
    if (items.size() <= most) {
      return this;
    }
    boolean upwards = query.addOffset() < 0;
    return new HistoryPage<>(
        total,
        upwards ? offset + items.size() - most : offset,
        upwards ? items.subList(items.size() - most, items.size()) : items.subList(0, most));
  }

  /** The index of the first item whose key is not below the bound; the size if there is none. */
  static <T> int firstAtOrAbove(List<T> ascending, int bound, ToIntFunction<T> key) {
    int low = 0;
    int high = ascending.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (key.applyAsInt(ascending.get(middle)) < bound) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
