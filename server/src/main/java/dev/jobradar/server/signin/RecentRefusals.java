package dev.jobradar.server.signin;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What was refused a moment ago is refused again without the database: a flood of requests beyond a
 * limit would keep it from writing what people wait for. Bounded; thread-safe.
 */
final class RecentRefusals {
  /** So long the database is not asked again. */
  static final Duration KEPT = Duration.ofSeconds(5);

  static final int MOST = 10_000;

  private record Refusal(Instant until, Instant notedAt) {
    /** A clock that was set back makes it void. */
    boolean holdsAt(Instant now) {
      return now.isBefore(until) && !now.isBefore(notedAt) && now.isBefore(notedAt.plus(KEPT));
    }
  }

  private final Map<String, Refusal> byBucket = new ConcurrentHashMap<>();

  /** Until when it is refused, if that was found a moment ago. */
  Optional<Instant> of(String bucket, Instant now) {
    return Optional.ofNullable(byBucket.get(bucket))
        .filter(refusal -> refusal.holdsAt(now))
        .map(Refusal::until);
  }

  /** The database has refused it. One that is remembered already is not renewed. */
  void add(String bucket, Instant until, Instant now) {
    if (of(bucket, now).isPresent()) {
      return;
    }
    if (byBucket.size() >= MOST) {
      byBucket.values().removeIf(refusal -> !refusal.holdsAt(now));
    }
    if (byBucket.size() < MOST) {
      byBucket.put(bucket, new Refusal(until, now));
    }
  }

  /** Something was taken back: it may be allowed again. */
  void forget(String bucket) {
    byBucket.remove(bucket);
  }
}
