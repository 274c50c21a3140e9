package dev.jobradar.clients;

import java.time.Instant;
import java.util.Optional;

/**
 * Where attempts are counted. To be kept over restarts, or a restart opens the door again; phone
 * numbers are best kept hashed. Thread-safe; may block.
 */
public interface AttemptStore {
  /**
   * Notes an attempt if the limit allows one more, at once with looking.
   *
   * @return empty when it was noted; else when the next one is allowed
   */
  Optional<Instant> note(Attempt attempt, AttemptLimit limit, Instant now);

  /** Takes back what was noted at that time: it was no such attempt after all. */
  void forget(Attempt attempt, Instant notedAt);
}
