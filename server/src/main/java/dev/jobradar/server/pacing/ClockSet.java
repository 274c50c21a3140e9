package dev.jobradar.server.pacing;

import java.time.Duration;
import java.time.Instant;

/**
 * Published when the clock was set, and at each start, with what is known of the time before: once,
 * and within one transaction for all who hear of it. Who stores times until which something waits
 * moves them by {@link #by}, so that each wait is as long as it would have been, and shortens those
 * that no rule allows. {@link ClockSettled} follows.
 *
 * @param before what it said last, or would say now if it had not been set
 * @param after what it says
 */
public record ClockSet(Instant before, Instant after) {
  /** By how much it was set; below zero when it was set back. */
  public Duration by() {
    return Duration.between(before, after);
  }

  /** The same in milliseconds. */
  public long byMillis() {
    return by().toMillis();
  }

  /** Times after this, in milliseconds since 1970, are to be moved: they were still to come. */
  public long pendingMillis() {
    return (before.isBefore(after) ? before : after).toEpochMilli();
  }
}
