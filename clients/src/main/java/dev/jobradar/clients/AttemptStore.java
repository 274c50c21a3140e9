package dev.jobradar.clients;

import java.time.Instant;
import java.util.Optional;

/**
 * Counts attempts. Must survive restarts, or a restart resets the limits. Store phone numbers
 * hashed. Thread-safe; may block.
 */
public interface AttemptStore {
  /**
   * Records an attempt if the limit allows one more, atomically.
   *
   * @return empty when it was recorded; else when the next one is allowed
   */
  Optional<Instant> note(Attempt attempt, AttemptLimit limit, Instant now);

  /** Removes the attempt that was recorded at that time: it does not count. */
  void forget(Attempt attempt, Instant notedAt);
}
