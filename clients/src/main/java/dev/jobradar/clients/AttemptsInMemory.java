package dev.jobradar.clients;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Counts attempts as long as the process lives. Thread-safe, bounded. */
public final class AttemptsInMemory implements AttemptStore {
  private static final int MOST_SUBJECTS = 100_000;

  private record Noted(ArrayDeque<Instant> times, Duration kept) {}

  private final Map<Attempt, Noted> all = new HashMap<>();

  /** Empty. */
  public AttemptsInMemory() {}

  @Override
  public synchronized Optional<Instant> note(Attempt attempt, AttemptLimit limit, Instant now) {
    Noted noted = all.get(attempt);
    if (noted == null) {
      if (all.size() >= MOST_SUBJECTS) {
        all.values().removeIf(other -> expire(other, now));
      }
      noted = new Noted(new ArrayDeque<>(2), limit.within());
      all.put(attempt, noted);
    }
    if (expire(noted, now) || noted.times().size() < limit.count()) {
      noted.times().add(now);
      return Optional.empty();
    }
    return Optional.of(noted.times().getFirst().plus(limit.within()));
  }

  /** Drops what is too old to count; says whether nothing is left. */
  private static boolean expire(Noted noted, Instant now) {
    while (!noted.times().isEmpty() && !noted.times().getFirst().plus(noted.kept()).isAfter(now)) {
      noted.times().removeFirst();
    }
    return noted.times().isEmpty();
  }

  @Override
  public synchronized void forget(Attempt attempt, Instant notedAt) {
    Noted noted = all.get(attempt);
    if (noted != null && noted.times().removeLastOccurrence(notedAt) && noted.times().isEmpty()) {
      all.remove(attempt);
    }
  }
}
