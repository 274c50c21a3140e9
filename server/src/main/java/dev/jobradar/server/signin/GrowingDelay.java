package dev.jobradar.server.signin;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A limit that slows down instead of locking out: beyond some, each has to wait twice as long as
 * the one before.
 *
 * @param free how many need not wait
 * @param first how long the next one waits, since the last
 * @param longest how long any waits at most
 * @param within what is older than that does not count
 */
record GrowingDelay(int free, Duration first, Duration longest, Duration within) {
  private static final int MOST_DOUBLINGS = 30;

  /**
   * When the next one is allowed.
   *
   * @param times of those that count, oldest first
   */
  Instant next(List<Instant> times) {
    if (times.size() < free) {
      return Instant.MIN;
    }
    int doublings = Math.min(times.size() - free, MOST_DOUBLINGS);
    Duration wait = first.multipliedBy(1L << doublings);
    return times.getLast().plus(wait.compareTo(longest) < 0 ? wait : longest);
  }

  /** How many fit into a stretch of that length at most, if they begin with none. */
  long most(Duration stretch) {
    long count = free;
    Duration left = stretch;
    Duration wait = first;
    while (left.compareTo(wait) >= 0) {
      left = left.minus(wait);
      count++;
      wait = wait.multipliedBy(2).compareTo(longest) < 0 ? wait.multipliedBy(2) : longest;
    }
    return count;
  }
}
