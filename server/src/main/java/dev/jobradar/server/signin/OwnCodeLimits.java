package dev.jobradar.server.signin;

import dev.jobradar.clients.Attempt.Scope;
import dev.jobradar.clients.AttemptLimit;
import dev.jobradar.server.web.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * How often codes of ours may be asked for, and wrong ones entered: per phone, per address and for
 * the whole server. With so few wrong entries a day, guessing five digits takes years.
 */
@Component
class OwnCodeLimits {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  /** What is counted. */
  enum Kind {
    REQUEST("own_code_request", "too_many_codes"),
    WRONG("own_code_wrong", "too_many_tries");

    private final String text;
    private final String problem;

    Kind(String text, String problem) {
      this.text = text;
      this.problem = problem;
    }

    AttemptLimit limit(Scope scope) {
      return switch (this) {
        case REQUEST ->
            switch (scope) {
              case PHONE -> new AttemptLimit(5, HOUR);
              case ADDRESS -> new AttemptLimit(20, HOUR);
              case SERVER -> new AttemptLimit(2_000, HOUR);
            };
        case WRONG ->
            switch (scope) {
              case PHONE -> new AttemptLimit(10, DAY);
              case ADDRESS -> new AttemptLimit(20, HOUR);
              case SERVER -> new AttemptLimit(300, HOUR);
            };
      };
    }
  }

  private final AttemptCounts counts;
  private final InstantSource clock;

  OwnCodeLimits(AttemptCounts counts, InstantSource clock) {
    this.counts = counts;
    this.clock = clock;
  }

  /** What was noted, to be taken back perhaps. */
  record Noted(List<String> buckets, Instant at) {}

  /**
   * Notes one for phone, address and server, or for none of them.
   *
   * @throws ProblemException 429 when one of the limits is reached
   */
  Noted note(Kind kind, String phone, String address) {
    Instant now = clock.instant();
    Noted noted = new Noted(new ArrayList<>(3), now);
    for (Scope scope : Scope.values()) {
      String bucket = bucket(kind, scope, phone, address);
      Optional<Instant> refused = counts.note(bucket, kind.limit(scope), now);
      if (refused.isPresent()) {
        takeBack(noted);
        Duration wait = Duration.between(now, refused.get());
        throw new ProblemException(HttpStatus.TOO_MANY_REQUESTS, kind.problem, wait)
            .retryAfter(wait);
      }
      noted.buckets().add(bucket);
    }
    return noted;
  }

  /** It was no such attempt after all. */
  void takeBack(Noted noted) {
    noted.buckets().forEach(bucket -> counts.forget(bucket, noted.at()));
  }

  /** Whether wrong codes may still be entered for this phone. */
  boolean mayEnter(String phone) {
    Instant now = clock.instant();
    String bucket = bucket(Kind.WRONG, Scope.PHONE, phone, "");
    boolean free = counts.note(bucket, Kind.WRONG.limit(Scope.PHONE), now).isEmpty();
    if (free) {
      counts.forget(bucket, now);
    }
    return free;
  }

  private String bucket(Kind kind, Scope scope, String phone, String address) {
    String subject =
        switch (scope) {
          case PHONE -> phone;
          case ADDRESS -> address;
          case SERVER -> "";
        };
    return counts.bucket(kind.text, scope, subject);
  }
}
