package dev.jobradar.clients;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long users' slots rest after failures that trying again at once does not mend: {@link #FIRST}
 * after the first, twice as long after each that follows without a connection between, {@link
 * #LONGEST} at most; and up to half as much again, so that many do not come back at once.
 * Thread-safe.
 */
final class FailureBackoff {
  static final Duration FIRST = Duration.ofSeconds(5);
  static final Duration LONGEST = Duration.ofMinutes(5);

  /** How often users failed in a row. */
  private final ConcurrentHashMap<UserId, Integer> failures = new ConcurrentHashMap<>();

  void failed(UserId user) {
    failures.merge(user, 1, Integer::sum);
  }

  /** They are connected, or will not be by this sign-in. */
  void reset(UserId user) {
    failures.remove(user);
  }

  /** How long to rest now. */
  Duration delay(UserId user) {
    int doublings = Math.clamp(failures.getOrDefault(user, 1) - 1, 0, 16);
    long millis = Math.min(LONGEST.toMillis(), FIRST.toMillis() << doublings);
    return Duration.ofMillis(millis + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
  }
}
