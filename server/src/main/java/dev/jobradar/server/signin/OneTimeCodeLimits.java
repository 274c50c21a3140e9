package dev.jobradar.server.signin;

import dev.jobradar.clients.Attempt.Scope;
import dev.jobradar.clients.AttemptLimit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * How often codes of ours may be asked for, and wrong ones entered: per phone, per address and for
 * the whole server.
 *
 * <p>What protects an account is its own limit: with five wrong entries a day, guessing five digits
 * takes decades. The address's keeps one person from trying many accounts. The server's is a
 * floodgate for the database only, so high that it takes a thousand addresses to reach it: a low
 * one would be a switch with which a handful of them locks everybody out.
 */
@Component
class OneTimeCodeLimits {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final AttemptLimit FLOOD = new AttemptLimit(20_000, HOUR);

  /** What is counted. */
  enum Kind {
    REQUEST("own_code_request"),
    WRONG("own_code_wrong");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    AttemptLimit limit(Scope scope) {
      return switch (this) {
        case REQUEST ->
            switch (scope) {
              case PHONE -> new AttemptLimit(5, HOUR);
              case ADDRESS -> new AttemptLimit(20, HOUR);
              case SERVER -> FLOOD;
            };
        case WRONG ->
            switch (scope) {
              case PHONE -> new AttemptLimit(5, DAY);
              case ADDRESS -> new AttemptLimit(10, HOUR);
              case SERVER -> FLOOD;
            };
      };
    }
  }

  private final AttemptCounts counts;
  private final InstantSource clock;

  OneTimeCodeLimits(AttemptCounts counts, InstantSource clock) {
    this.counts = counts;
    this.clock = clock;
  }

  /** What was noted, to be taken back perhaps. */
  record Noted(Kind kind, Map<Scope, String> buckets, Instant at) {}

  /**
   * Notes one for phone, address and server, or for none of them.
   *
   * @throws SignInException.TooManyOneTimeCodes when one of the limits is reached
   */
  Noted note(Kind kind, String phone, String address) {
    Instant now = clock.instant();
    Noted noted = new Noted(kind, new EnumMap<>(Scope.class), now);
    for (Scope scope : Scope.values()) {
      String bucket = bucket(kind, scope, phone, address);
      AttemptLimit limit = kind.limit(scope);
      Optional<Instant> refused =
          scope == Scope.SERVER
              ? counts.noteInStretch(bucket, limit, now)
              : counts.note(bucket, limit, now);
      if (refused.isPresent()) {
        takeBack(noted);
        Duration wait = Duration.between(now, refused.get());
        throw new SignInException.TooManyOneTimeCodes(kind == Kind.WRONG, wait);
      }
      noted.buckets().put(scope, bucket);
    }
    return noted;
  }

  /** It was no such attempt after all. */
  void takeBack(Noted noted) {
    noted
        .buckets()
        .forEach((scope, bucket) -> {
          if (scope == Scope.SERVER) {
            counts.forgetInStretch(bucket, noted.kind().limit(scope), noted.at());
          } else {
            counts.forget(bucket, noted.at());
          }
        });
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
