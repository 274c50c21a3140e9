package dev.jobradar.mtproto.session;

import java.util.Arrays;

/**
 * The ids of the last messages that were received, so that none is taken twice
 * (core.telegram.org/mtproto/security_guidelines#checking-msg-id).
 *
 * <p>Holds up to {@link #CAPACITY} ids, and only as much memory as there are.
 */
public final class ReceivedIds {
  /** How many ids are remembered: a full container's worth. */
  public static final int CAPACITY = 1024;

  /** The result of a lookup. */
  public enum Verdict {
    /** Not seen before: now it is remembered. */
    NEW,
    /** Seen before. */
    DUPLICATE,
    /** Lower than all that are remembered, where as many are as can be: it may have been seen. */
    TOO_OLD
  }

  private static final int START = 8;

  /** Ascending. */
  private long[] ids = new long[START];

  private int size;

  /** Looks an id up and remembers it when it is new. */
  public Verdict add(long id) {
    int at = find(id);
    if (at >= 0) {
      return Verdict.DUPLICATE;
    }
    at = -at - 1;
    if (size == CAPACITY) {
      if (at == 0) {
        return Verdict.TOO_OLD;
      }
      System.arraycopy(ids, 1, ids, 0, at - 1);
      ids[at - 1] = id;
      return Verdict.NEW;
    }
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, Math.min(CAPACITY, size * 2));
    }
    System.arraycopy(ids, at, ids, at + 1, size - at);
    ids[at] = id;
    size++;
    return Verdict.NEW;
  }

  /** Whether an id is remembered. */
  public boolean contains(long id) {
    return find(id) >= 0;
  }

  /** How many ids are remembered. */
  public int size() {
    return size;
  }

  /**
   * Gives memory back in quiet times: forgets all ids below {@code id}. Safe once messages with
   * such ids are refused for their age.
   */
  public void forgetBelow(long id) {
    int at = find(id);
    int from = at >= 0 ? at : -at - 1;
    if (from == 0) {
      return;
    }
    size -= from;
    ids = Arrays.copyOfRange(ids, from, from + Math.max(START, size));
  }

  private int find(long id) {
    // Ids mostly ascend: the usual new one stands behind the last.
    if (size == 0 || id > ids[size - 1]) {
      return -size - 1;
    }
    return Arrays.binarySearch(ids, 0, size, id);
  }
}
