package dev.jobradar.server.filter;

/** A set of places in a post, as bits. The places are those of tokens, and one past the last. */
final class Places {
  private final long[] bits;

  Places(int size) {
    bits = new long[size / Long.SIZE + 1];
  }

  /** How many machine words an operation on all places takes. */
  int width() {
    return bits.length;
  }

  void add(int place) {
    bits[place / Long.SIZE] |= 1L << place;
  }

  boolean has(int place) {
    return place >= 0
        && place / Long.SIZE < bits.length
        && (bits[place / Long.SIZE] & 1L << place) != 0;
  }

  boolean isEmpty() {
    for (long word : bits) {
      if (word != 0) {
        return false;
      }
    }
    return true;
  }

  /** The first place from there on; -1 when there is none. */
  int next(int from) {
    for (int i = from; i < bits.length * Long.SIZE; i = (i / Long.SIZE + 1) * Long.SIZE) {
      long word = bits[i / Long.SIZE] & -1L << i;
      if (word != 0) {
        return i / Long.SIZE * Long.SIZE + Long.numberOfTrailingZeros(word);
      }
    }
    return -1;
  }

  void addAll(Places others) {
    for (int i = 0; i < bits.length; i++) {
      bits[i] |= others.bits[i];
    }
  }

  /** These that are among others. */
  Places and(Places others) {
    Places both = new Places((bits.length - 1) * Long.SIZE);
    for (int i = 0; i < bits.length; i++) {
      both.bits[i] = bits[i] & others.bits[i];
    }
    return both;
  }

  /** Adds those of {@code from} that are in {@code which}, {@code by} (1 or 2) places on. */
  void addMoved(Places from, Places which, int by) {
    long carried = 0;
    for (int i = 0; i < bits.length; i++) {
      long both = from.bits[i] & which.bits[i];
      bits[i] |= both << by | carried;
      carried = both >>> Long.SIZE - by;
    }
  }
}
