package dev.jobradar.clients;

import dev.jobradar.clients.Attempt.Kind;
import dev.jobradar.clients.Attempt.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Counts an attempt for phone, address and server at once: for all of them or for none. */
final class Attempts {
  private final AttemptStore store;
  private final SignInOptions options;
  private final Time time;

  Attempts(AttemptStore store, SignInOptions options, Time time) {
    this.store = store;
    this.options = options;
    this.time = time;
  }

  /** What was counted, so that it can be taken back. */
  record Counted(List<Attempt> attempts, Instant at) {}

  /**
   * Counts an attempt.
   *
   * @throws TooManyAttemptsException when one of the limits is reached
   */
  Counted count(Kind kind, String phone, String address) {
    Instant now = time.now();
    List<Attempt> counted = new ArrayList<>(3);
    for (Scope scope : Scope.values()) {
      String subject =
          switch (scope) {
            case PHONE -> phone;
            case ADDRESS -> address;
            case SERVER -> "";
          };
      Attempt attempt = new Attempt(kind, scope, subject);
      var refused = store.note(attempt, options.limit(kind, scope), now);
      if (refused.isPresent()) {
        takeBack(new Counted(counted, now));
        throw new TooManyAttemptsException(kind, scope, refused.get());
      }
      counted.add(attempt);
    }
    return new Counted(counted, now);
  }

  void takeBack(Counted counted) {
    counted.attempts().forEach(attempt -> store.forget(attempt, counted.at()));
  }
}
