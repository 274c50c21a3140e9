package dev.jobradar.clients;

import java.time.Duration;

/**
 * How often something may happen.
 *
 * @param count how many at most
 * @param within in any stretch of this length
 */
public record AttemptLimit(int count, Duration within) {
  /**
   * @throws IllegalArgumentException when either is not positive
   */
  public AttemptLimit {
    if (count < 1 || !within.isPositive()) {
      throw new IllegalArgumentException("a limit is positive, got " + count + " in " + within);
    }
  }
}
