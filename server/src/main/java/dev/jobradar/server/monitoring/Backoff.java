package dev.jobradar.server.monitoring;

import java.time.Duration;

/** Pauses that double up to a limit. */
record Backoff(Duration first, Duration last) {
  /** For a source that cannot be read. */
  static final Backoff SOURCE = new Backoff(Duration.ofSeconds(60), Duration.ofHours(1));

  /** For a user whose updates stopped, or whose account cannot be reached. */
  static final Backoff USER = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));

  /**
   * The pause after a failure.
   *
   * @param before how many failures came before it in a row
   */
  Duration pause(int before) {
    Duration pause = first.multipliedBy(1L << Math.min(before, 20));
    return pause.compareTo(last) < 0 ? pause : last;
  }
}
