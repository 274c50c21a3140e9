package dev.jobradar.server.web;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.pacing.PerUserRateLimit;
import dev.jobradar.server.users.User;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * How many calls that write, or reach Telegram, a signed-in user may make in a minute, and all
 * users together: beyond that they are answered with 429 and {@code Retry-After}. All that a page
 * or a sensible script does is far below; without it one user could keep the database busy and get
 * the application's {@code api_id} into trouble with Telegram.
 */
final class CallBudget implements HandlerInterceptor {
  static final int PER_USER = 300;
  static final int OF_ALL = 6_000;

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  /** Stands for everybody; no user has this id. */
  private static final UserId EVERYBODY = new UserId(0);

  private final PerUserRateLimit perUser;
  private final PerUserRateLimit ofAll;
  private final InstantSource clock;

  CallBudget(InstantSource clock) {
    this.perUser = new PerUserRateLimit(PER_USER, MINUTE, clock);
    this.ofAll = new PerUserRateLimit(OF_ALL, MINUTE, clock);
    this.clock = clock;
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (!SAFE.contains(request.getMethod())) {
      Visitor.of(request).map(User::id).ifPresent(this::take);
    }
    return true;
  }

  private void take(UserId user) {
    Optional<Instant> refused = perUser.take(user).or(() -> ofAll.take(EVERYBODY));
    if (refused.isPresent()) {
      Duration wait = Duration.between(clock.instant(), refused.get());
      throw new ProblemException(HttpStatus.TOO_MANY_REQUESTS, "too_many_calls", wait)
          .retryAfter(wait);
    }
  }
}
