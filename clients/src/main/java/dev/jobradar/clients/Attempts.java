package dev.jobradar.clients;

import dev.jobradar.clients.Attempt.Kind;
import dev.jobradar.clients.Attempt.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Counts an attempt for phone, address and server at once: for all of them or for none. */
final class Attempts implements SignInLimits {
  private final AttemptStore store;
  private final SignInOptions options;
  private final Time time;

  Attempts(AttemptStore store, SignInOptions options, Time time) {
    this.store = store;
    this.options = options;
    this.time = time;
  }

  @Override
  public Counted count(Kind kind, String phone, SignInOrigin origin) {
    Instant now = time.now();
    List<Attempt> counted = new ArrayList<>(3);
    for (Scope scope : Scope.values()) {
      String subject =
          switch (scope) {
            case PHONE -> phone;
            case ADDRESS -> origin.key();
            case SERVER -> "";
          };
      Attempt attempt = new Attempt(kind, scope, subject);
      var refused = store.note(attempt, options.limit(kind, scope), now);
      if (refused.isPresent()) {
        takeBack(counted, now);
        throw new TooManyAttemptsException(kind, scope, refused.get());
      }
      counted.add(attempt);
    }
    return () -> takeBack(counted, now);
  }

  private void takeBack(List<Attempt> counted, Instant at) {
    counted.forEach(attempt -> store.forget(attempt, at));
  }
}
