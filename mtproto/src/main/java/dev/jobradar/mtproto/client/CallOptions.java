package dev.jobradar.mtproto.client;

import java.time.Duration;

/**
 * How a call is made.
 *
 * @param timeout the longest that its caller waits, the time until there is a connection included
 * @param repeatable whether it may be sent a second time although the first may have been executed:
 *     it only reads, or carries a {@code random_id} that was stored. Only what the server never
 *     acknowledged is repeated.
 */
public record CallOptions(Duration timeout, boolean repeatable) {
  /** Half a minute, and never sent twice. */
  public static final CallOptions ONCE = new CallOptions(Duration.ofSeconds(30), false);

  /** Half a minute, for what may run twice. */
  public static final CallOptions REPEATABLE = new CallOptions(Duration.ofSeconds(30), true);

  /**
   * @throws IllegalArgumentException when the time is not positive or longer than a day
   */
  public CallOptions {
    if (!timeout.isPositive() || timeout.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException("a call's time is up to a day, got " + timeout);
    }
  }

  /** The same with another time. */
  public CallOptions within(Duration time) {
    return new CallOptions(time, repeatable);
  }
}
