package dev.jobradar.server.pacing;

import dev.jobradar.clients.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * At most so many of something per user in any span of a given length. Thread-safe; forgets users
 * whose last one is long ago.
 */
public final class PerUserRateLimit {
  private static final int SWEEP_ABOVE = 1_000;

  private final int limit;
  private final Duration span;
  private final InstantSource clock;
  private final ConcurrentHashMap<UserId, Deque<Instant>> taken = new ConcurrentHashMap<>();

  /**
   * @param limit how many, 1 or more
   * @param span in how long
   */
  public PerUserRateLimit(int limit, Duration span, InstantSource clock) {
    this.limit = limit;
    this.span = span;
    this.clock = clock;
  }

  /**
   * Takes one.
   *
   * @return empty when it was granted, else when to come again
   */
  public Optional<Instant> take(UserId user) {
    Instant now = clock.instant();
    if (taken.size() > SWEEP_ABOVE) {
      for (UserId each : taken.keySet()) {
        taken.computeIfPresent(each, (id, times) -> isOver(times, now) ? null : times);
      }
    }
    Instant[] comeAgain = new Instant[1];
    taken.compute(
        user,
        (id, known) -> {
          Deque<Instant> times = known == null ? new ArrayDeque<>(limit) : known;
          // The clock was set back: what was then is no measure any more.
          while (!times.isEmpty() && times.getLast().isAfter(now)) {
            times.removeLast();
          }
          while (!times.isEmpty() && !times.getFirst().plus(span).isAfter(now)) {
            times.removeFirst();
          }
          if (times.size() < limit) {
            times.addLast(now);
          } else {
            comeAgain[0] = times.getFirst().plus(span);
          }
          return times;
        });
    return Optional.ofNullable(comeAgain[0]);
  }

  private boolean isOver(Deque<Instant> times, Instant now) {
    Instant last = times.peekLast();
    return last == null || !last.plus(span).isAfter(now);
  }
}
