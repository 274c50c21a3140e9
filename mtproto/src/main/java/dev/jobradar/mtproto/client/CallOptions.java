package dev.jobradar.mtproto.client;

import java.time.Duration;

/**
 * Options of a call.
 *
 * @param timeout the longest that its caller waits, including the wait for a connection
 * @param repeatable whether it may be sent a second time although the first may have been executed:
 *     it only reads, or carries a stored {@code random_id}. Only calls that the server never
 *     acknowledged are repeated.
 */
public record CallOptions(Duration timeout, boolean repeatable) {
  /** Half a minute, never sent twice. */
  public static final CallOptions ONCE = new CallOptions(Duration.ofSeconds(30), false);

  /** Half a minute, may be sent twice. */
  public static final CallOptions REPEATABLE = new CallOptions(Duration.ofSeconds(30), true);

  /**
   * @throws IllegalArgumentException when the time is not positive or longer than a day
   */
  public CallOptions {
    if (!timeout.isPositive() || timeout.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException(
          "a call's timeout must be positive and at most a day, got " + timeout);
    }
  }

  /** The same with another timeout. */
  public CallOptions within(Duration time) {
    return new CallOptions(time, repeatable);
  }
}
