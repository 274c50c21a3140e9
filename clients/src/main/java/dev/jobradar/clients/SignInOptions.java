package dev.jobradar.clients;

import dev.jobradar.clients.Attempt.Kind;
import dev.jobradar.clients.Attempt.Scope;
import java.time.Duration;
import java.util.Map;

/**
 * How sign-ins are let in.
 *
 * @param validFor how long one may take from its beginning to {@link PendingSignIns#complete}
 * @param maxPending how many may be pending at a time
 * @param codeRequests how many codes may be asked of Telegram
 * @param wrongEntries how many wrong codes and passwords may be entered
 */
public record SignInOptions(
    Duration validFor,
    int maxPending,
    Map<Scope, AttemptLimit> codeRequests,
    Map<Scope, AttemptLimit> wrongEntries) {
  /**
   * Five minutes; 1,000 at a time. Telegram itself lets a number sign in about five times a day,
   * and locks out a server from which many wrong codes come.
   */
  public static final SignInOptions DEFAULT =
      new SignInOptions(
          Duration.ofMinutes(5),
          1_000,
          Map.of(
              Scope.PHONE, new AttemptLimit(5, Duration.ofHours(24)),
              Scope.ADDRESS, new AttemptLimit(10, Duration.ofHours(1)),
              Scope.SERVER, new AttemptLimit(500, Duration.ofHours(1))),
          Map.of(
              Scope.PHONE, new AttemptLimit(5, Duration.ofHours(1)),
              Scope.ADDRESS, new AttemptLimit(10, Duration.ofHours(1)),
              Scope.SERVER, new AttemptLimit(50, Duration.ofHours(1))));

  /**
   * Copies the maps.
   *
   * @throws IllegalArgumentException when a limit is missing or a number not positive
   */
  public SignInOptions {
    codeRequests = Map.copyOf(codeRequests);
    wrongEntries = Map.copyOf(wrongEntries);
    if (!validFor.isPositive() || maxPending < 1) {
      throw new IllegalArgumentException("a sign-in needs time and room");
    }
    for (Scope scope : Scope.values()) {
      if (!codeRequests.containsKey(scope) || !wrongEntries.containsKey(scope)) {
        throw new IllegalArgumentException("no limit for " + scope);
      }
    }
  }

  AttemptLimit limit(Kind kind, Scope scope) {
    Map<Scope, AttemptLimit> limits =
        switch (kind) {
          case CODE_REQUEST -> codeRequests;
          case WRONG_ENTRY -> wrongEntries;
        };
    AttemptLimit limit = limits.get(scope);
    if (limit == null) {
      throw new IllegalArgumentException("no limit for " + scope);
    }
    return limit;
  }

  /** The same with another time from beginning to end. */
  public SignInOptions withValidFor(Duration value) {
    return new SignInOptions(value, maxPending, codeRequests, wrongEntries);
  }
}
