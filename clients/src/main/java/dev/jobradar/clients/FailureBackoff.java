package dev.jobradar.clients;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long users' slots back off after failures that an immediate retry does not fix: {@link
 * #FIRST} after the first, doubling with each consecutive failure, {@link #LONGEST} at most; plus
 * up to half of that at random, so that many users do not come back at once. Thread-safe.
 */
final class FailureBackoff {
  static final Duration FIRST = Duration.ofSeconds(5);
  static final Duration LONGEST = Duration.ofMinutes(5);

  /** Consecutive failures by user. */
  private final ConcurrentHashMap<UserId, Integer> failures = new ConcurrentHashMap<>();

  void failed(UserId user) {
    failures.merge(user, 1, Integer::sum);
  }

  /** The user is connected, or this sign-in is over. */
  void reset(UserId user) {
    failures.remove(user);
  }

  /** How long to back off now. */
  Duration delay(UserId user) {
    int doublings = Math.clamp(failures.getOrDefault(user, 1) - 1, 0, 16);
    long millis = Math.min(LONGEST.toMillis(), FIRST.toMillis() << doublings);
    return Duration.ofMillis(millis + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
  }
}
