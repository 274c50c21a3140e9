package dev.jobradar.mtproto.client;

import java.time.Duration;

/**
 * The wait before a connection is redialled: doubles from {@code first} to {@code most}; a random
 * part between half and all of it is used, so that many clients of one data centre do not reconnect
 * at the same moment.
 *
 * @param first the wait after the first failure, at most
 * @param most the longest wait
 * @param afterFlood the shortest wait after the server answered −429 (too many connections)
 */
public record Backoff(Duration first, Duration most, Duration afterFlood) {
  /** From half a second to half a minute; at least five seconds after −429. */
  public static final Backoff DEFAULT =
      new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30), Duration.ofSeconds(5));

  /**
   * @throws IllegalArgumentException when a time is not positive, or {@code first > most}
   */
  public Backoff {
    if (!first.isPositive() || !afterFlood.isPositive() || first.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "times to wait must be positive and ordered, got " + first + ", " + most);
    }
  }

  /**
   * The wait before the next attempt.
   *
   * @param failures how many attempts failed before the last one, 0 or more
   * @param flood whether the server answered that there are too many connections
   * @param jitter random, 0 to 1
   */
  public Duration delay(int failures, boolean flood, double jitter) {
    long doubled = first.toMillis() << Math.min(failures, 20);
    long limit = doubled < 0 ? most.toMillis() : Math.min(doubled, most.toMillis());
    long wait = limit / 2 + (long) (jitter * (limit - limit / 2));
    if (flood) {
      wait += (long) ((1 + jitter) * afterFlood.toMillis());
    }
    return Duration.ofMillis(wait);
  }
}
