package dev.jobradar.server.web;

import dev.jobradar.server.users.Plan;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpStatus;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Does what {@link NeedsPlan} says. */
final class PlanCheck implements HandlerInterceptor {
  private final InstantSource clock;

  PlanCheck(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (handler instanceof HandlerMethod method
        && (method.hasMethodAnnotation(NeedsPlan.class)
            || AnnotatedElementUtils.hasAnnotation(method.getBeanType(), NeedsPlan.class))
        && Visitor.orThrow(request).planAt(clock.instant()) == Plan.EXPIRED) {
      throw new ProblemException(HttpStatus.FORBIDDEN, "plan_expired");
    }
    return true;
  }
}
