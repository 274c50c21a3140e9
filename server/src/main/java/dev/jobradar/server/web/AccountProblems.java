package dev.jobradar.server.web;

import dev.jobradar.server.account.AccountException;
import java.time.Duration;
import java.time.Instant;
import org.springframework.http.HttpStatus;

/** The problems that a person sees when an action on their Telegram account fails. */
final class AccountProblems {
  private AccountProblems() {}

  static ProblemException of(AccountException failure, Instant now) {
    return switch (failure) {
      case AccountException.NotSignedIn none -> conflict("telegram_not_signed_in");
      case AccountException.SessionEnded ended ->
          conflict("telegram_session_ended").with("telegram_error", ended.reason());
      case AccountException.Unreachable later -> {
        ProblemException problem =
            new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, "telegram_unreachable");
        Instant next = later.nextTry();
        yield next == null ? problem : problem.retryAfter(Duration.between(now, next));
      }
      case AccountException.FloodWait wait -> flood(wait.delay());
      case AccountException.SlowMode wait -> flood(wait.delay());
      case AccountException.NoSuchName name ->
          conflict(name.taken() ? "name_not_channel" : "no_such_name");
      case AccountException.Refused refused ->
          new ProblemException(HttpStatus.CONFLICT, "telegram_refused", refused.error())
              .with("telegram_error", refused.error());
    };
  }

  private static ProblemException conflict(String code) {
    return new ProblemException(HttpStatus.CONFLICT, code);
  }

  private static ProblemException flood(Duration delay) {
    return new ProblemException(HttpStatus.TOO_MANY_REQUESTS, "telegram_flood_wait", delay)
        .retryAfter(delay);
  }
}
