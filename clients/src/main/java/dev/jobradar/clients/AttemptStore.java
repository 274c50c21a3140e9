package dev.jobradar.clients;

import java.time.Instant;
import java.util.Optional;

/**
 * Where attempts are counted. Must survive restarts, or a restart resets the limits; store phone
 * numbers hashed. Thread-safe; may block.
 */
public interface AttemptStore {
  /**
   * Notes an attempt if the limit allows one more, at once with looking.
   *
   * @return empty when it was recorded; else when the next one is allowed
   */
  Optional<Instant> note(Attempt attempt, AttemptLimit limit, Instant now);

  /** Removes what was recorded at that time: it does not count after all. */
  void forget(Attempt attempt, Instant notedAt);
}
