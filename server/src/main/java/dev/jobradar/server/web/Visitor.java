package dev.jobradar.server.web;

import dev.jobradar.server.users.User;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.http.HttpStatus;

/** Whose request it is: {@link TokenFilter} notes it, everything else asks here. */
public final class Visitor {
  private static final String ATTRIBUTE = Visitor.class.getName();

  private static final String SESSION = ATTRIBUTE + ".session";

  private Visitor() {}

  static void is(HttpServletRequest request, User user) {
    request.setAttribute(ATTRIBUTE, user);
  }

  /** By which session they were recognised. */
  static void is(HttpServletRequest request, User user, long session) {
    is(request, user);
    request.setAttribute(SESSION, session);
  }

  static Optional<Long> session(HttpServletRequest request) {
    return Optional.ofNullable((Long) request.getAttribute(SESSION));
  }

  /** Also somebody who is disabled. */
  public static Optional<User> of(HttpServletRequest request) {
    return Optional.ofNullable((User) request.getAttribute(ATTRIBUTE));
  }

  static User orThrow(HttpServletRequest request) {
    User user =
        of(request)
            .orElseThrow(
                () -> new ProblemException(HttpStatus.UNAUTHORIZED, "authentication_required"));
    if (user.disabled()) {
      throw new ProblemException(HttpStatus.FORBIDDEN, "account_disabled");
    }
    return user;
  }
}
