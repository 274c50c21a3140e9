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
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * How many calls that have Telegram asked a user may make in a minute, and all users together:
 * beyond that they are answered with 429 and {@code Retry-After}, and Telegram hears nothing of
 * them. The application's {@code api_id} is everybody's: one user must not get it into trouble.
 * Thread-safe.
 */
@Component
public final class TelegramBudget implements HandlerInterceptor {
  static final int PER_USER = 30;
  static final int OF_ALL = 1_500;

  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** Stands for everybody; no user has this id. */
  private static final UserId EVERYBODY = new UserId(0);

  private final PerUserRateLimit perUser;
  private final PerUserRateLimit ofAll;
  private final InstantSource clock;

  public TelegramBudget(InstantSource clock) {
    this.perUser = new PerUserRateLimit(PER_USER, MINUTE, clock);
    this.ofAll = new PerUserRateLimit(OF_ALL, MINUTE, clock);
    this.clock = clock;
  }

  /** Counts the calls of all handlers that say so. */
  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (handler instanceof HandlerMethod method
        && method.hasMethodAnnotation(ReachesTelegram.class)) {
      Visitor.of(request).map(User::id).ifPresent(this::take);
    }
    return true;
  }

  /**
   * Counts a call of a user.
   *
   * @throws ProblemException 429 when there were too many
   */
  public void take(UserId user) {
    Optional<Instant> refused = perUser.take(user).or(() -> ofAll.take(EVERYBODY));
    if (refused.isPresent()) {
      Duration wait = Duration.between(clock.instant(), refused.get());
      throw new ProblemException(HttpStatus.TOO_MANY_REQUESTS, "too_many_telegram_calls", wait)
          .retryAfter(wait);
    }
  }
}
