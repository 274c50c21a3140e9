package dev.jobradar.mtproto.session;

import java.util.Arrays;

/**
 * What a server remembers of a client's messages: id, seqno and what became of it, for the last
 * {@link #CAPACITY} of them. Holds only as much memory as there are.
 */
final class ClientMessages {
  /** How many are remembered. */
  static final int CAPACITY = 1024;

  // The byte of msgs_state_info [mtproto/service_messages_about_messages].
  static final int UNKNOWN = 1;
  static final int NOT_RECEIVED = 2;
  static final int TOO_HIGH = 3;
  static final int RECEIVED = 4;
  static final int ACKNOWLEDGED = 8;
  static final int NEEDS_NO_ACKNOWLEDGEMENT = 16;
  static final int QUERY = 32;
  static final int ANSWERED = 64;

  private static final int START = 4;

  /** Ascending; the other two arrays go with it. */
  private long[] ids = new long[START];

  private int[] seqNos = new int[START];
  private byte[] states = new byte[START];
  private int size;

  /** Nothing is known of this id and of those below. */
  private long forgotten;

  /** Whether an id is remembered. */
  boolean contains(long id) {
    return find(id) >= 0;
  }

  /** Whether nothing can be said of an id: it is as low as those that were forgotten. */
  boolean isTooOld(long id) {
    return id <= forgotten;
  }

  /** Whether a message with a lower id has a seqno that this one's does not follow. */
  boolean isSeqNoTooLow(long id, int seqNo) {
    int before = -find(id) - 2;
    return before >= 0 && !follows(seqNos[before], seqNo);
  }

  /** Whether a message with a higher id has a seqno that does not follow this one's. */
  boolean isSeqNoTooHigh(long id, int seqNo) {
    int after = -find(id) - 1;
    return after < size && !follows(seqNo, seqNos[after]);
  }

  /** An odd seqno is taken by its message; an even one may be shared. */
  private static boolean follows(int lower, int higher) {
    return lower < higher || (lower == higher && (lower & 1) == 0);
  }

  /**
   * Remembers a message that is not remembered and not too old.
   *
   * @param flags of {@link #RECEIVED} and those that go with it
   */
  void add(long id, int seqNo, int flags) {
    int at = -find(id) - 1;
    if (size == CAPACITY) {
      forgotten = ids[0];
      if (at == 0) {
        return;
      }
      at--;
      size--;
      System.arraycopy(ids, 1, ids, 0, size);
      System.arraycopy(seqNos, 1, seqNos, 0, size);
      System.arraycopy(states, 1, states, 0, size);
    } else if (size == ids.length) {
      resize(Math.min(CAPACITY, size * 2));
    }
    System.arraycopy(ids, at, ids, at + 1, size - at);
    System.arraycopy(seqNos, at, seqNos, at + 1, size - at);
    System.arraycopy(states, at, states, at + 1, size - at);
    ids[at] = id;
    seqNos[at] = seqNo;
    states[at] = (byte) flags;
    size++;
  }

  /** Adds to what is known of a message, if it is remembered. */
  void mark(long id, int flags) {
    int at = find(id);
    if (at >= 0) {
      states[at] |= (byte) flags;
    }
  }

  /** The byte that tells about a message in {@code msgs_state_info}. */
  byte state(long id) {
    int at = find(id);
    if (at >= 0) {
      return states[at];
    }
    if (isTooOld(id)) {
      return UNKNOWN;
    }
    return size == 0 || id > ids[size - 1] ? (byte) TOO_HIGH : (byte) NOT_RECEIVED;
  }

  /** Gives memory back: forgets all ids below {@code id}. */
  void forgetBelow(long id) {
    int at = find(id);
    int from = at >= 0 ? at : -at - 1;
    if (from == 0) {
      return;
    }
    forgotten = ids[from - 1];
    size -= from;
    System.arraycopy(ids, from, ids, 0, size);
    System.arraycopy(seqNos, from, seqNos, 0, size);
    System.arraycopy(states, from, states, 0, size);
    if (size < ids.length / 4) {
      resize(Math.max(START, size));
    }
  }

  private void resize(int capacity) {
    ids = Arrays.copyOf(ids, capacity);
    seqNos = Arrays.copyOf(seqNos, capacity);
    states = Arrays.copyOf(states, capacity);
  }

  private int find(long id) {
    // Ids mostly ascend: the usual new one stands behind the last.
    return size == 0 || id > ids[size - 1] ? -size - 1 : Arrays.binarySearch(ids, 0, size, id);
  }
}
