package dev.jobradar.server.monitoring;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Channels of one user whose access hash is no longer good: their names are asked for once more
 * before a source is at fault. Thread-safe.
 */
final class AccessHashRefresh {
  /** A channel that fails again within this is at fault itself. */
  private static final Duration ONCE_IN = Duration.ofHours(1);

  /** Guarded by this. */
  private final Set<Long> due = new HashSet<>();

  /** Guarded by this. */
  private final Map<Long, Instant> asked = new HashMap<>();

  /**
   * Asks for a renewal.
   *
   * @return false when there was one a short while ago: it did not help
   */
  synchronized boolean ask(long channelId, Instant now) {
    // From the future when the clock was set back.
    asked.values().removeIf(at -> at.isAfter(now) || !at.plus(ONCE_IN).isAfter(now));
    if (asked.putIfAbsent(channelId, now) != null) {
      return false;
    }
    due.add(channelId);
    return true;
  }

  /** What is to be renewed. */
  synchronized Set<Long> due() {
    return Set.copyOf(due);
  }

  /** A channel's name was asked for. */
  synchronized void done(long channelId) {
    due.remove(channelId);
  }
}
