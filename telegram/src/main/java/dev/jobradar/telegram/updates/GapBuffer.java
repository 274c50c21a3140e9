package dev.jobradar.telegram.updates;

import dev.jobradar.tl.api.TypeUpdate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Updates of one box that cannot be applied yet: something before them is missing, or a difference
 * is under way. Bounded by itself and, through {@link Capacity}, together with those of the other
 * boxes of the account.
 */
final class GapBuffer {
  /** The most that one box keeps back. */
  static final int MOST = 100;

  /** The places left for kept-back updates in all boxes of an account. */
  static final class Capacity {
    /** The most that all boxes of an account keep back together. */
    static final int MOST = 256;

    private int left = MOST;

    int left() {
      return left;
    }
  }

  /** The numbers that updates are ordered by. */
  enum Counter {
    PTS,
    QTS,
    SEQ,
    /** In no order: always at 0. */
    NONE
  }

  /**
   * Something that takes a counter from one number to another.
   *
   * @param date the date that goes with {@code seq}, else 0
   * @param updates what there is to apply, perhaps nothing
   */
  record Step(Counter counter, int from, int to, int date, List<TypeUpdate> updates) {
    /** What an update with a {@code pts} does. */
    static Step pts(int pts, int count, List<TypeUpdate> updates) {
      return new Step(Counter.PTS, pts - count, pts, 0, updates);
    }

    /** No counter runs backwards: what says so cannot be meant. */
    boolean backwards() {
      return to < from || from < 0;
    }

    private int size() {
      return Math.max(1, updates.size());
    }
  }

  private final Capacity capacity;
  private final List<Step> steps = new ArrayList<>(4);
  private int size;

  GapBuffer(Capacity capacity) {
    this.capacity = capacity;
  }

  /** Keeps a step; false when there is no place for it. */
  boolean add(Step step) {
    if (step.size() > Math.min(capacity.left, MOST - size)) {
      return false;
    }
    capacity.left -= step.size();
    size += step.size();
    steps.add(step);
    return true;
  }

  /**
   * Takes out, of the steps that do not begin above a number, the one that begins lowest.
   *
   * @param local the number, {@link Integer#MAX_VALUE} for any step
   */
  @Nullable Step lowest(Counter counter, int local) {
    Step lowest = null;
    for (Step step : steps) {
      if (step.counter == counter && step.from <= local) {
        lowest = lowest == null || step.from < lowest.from ? step : lowest;
      }
    }
    if (lowest != null) {
      steps.remove(lowest);
      capacity.left += lowest.size();
      size -= lowest.size();
    }
    return lowest;
  }

  /** Where a counter stands at the server at least, 0 when nothing is kept of it. */
  int highest(Counter counter) {
    int highest = 0;
    for (Step step : steps) {
      highest = step.counter == counter ? Math.max(highest, step.to) : highest;
    }
    return highest;
  }

  boolean isEmpty() {
    return steps.isEmpty();
  }

  /** Drops everything. */
  void clear() {
    capacity.left += size;
    size = 0;
    steps.clear();
  }
}
