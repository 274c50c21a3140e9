package dev.jobradar.server.web;

import dev.jobradar.server.users.User;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.http.HttpStatus;

/** Whose request it is: {@link TokenFilter} notes it, everything else asks here. */
final class Visitor {
  private static final String ATTRIBUTE = Visitor.class.getName();

  private Visitor() {}

  static void is(HttpServletRequest request, User user) {
    request.setAttribute(ATTRIBUTE, user);
  }

  /** Also somebody who is disabled. */
  static Optional<User> of(HttpServletRequest request) {
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
