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

  /** What was noted, to be taken back perhaps. */
  record Noted(List<Attempt> attempts, Instant at) {}

  /**
   * Notes an attempt.
   *
   * @throws TooManyAttemptsException when one of the limits is reached
   */
  Noted note(Kind kind, String phone, String address) {
    Instant now = time.now();
    List<Attempt> noted = new ArrayList<>(3);
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
        takeBack(new Noted(noted, now));
        throw new TooManyAttemptsException(kind, scope, refused.get());
      }
      noted.add(attempt);
    }
    return new Noted(noted, now);
  }

  void takeBack(Noted noted) {
    noted.attempts().forEach(attempt -> store.forget(attempt, noted.at()));
  }
}
