package dev.jobradar.server.web.users;

import dev.jobradar.server.users.User;
import dev.jobradar.server.web.Browsers;
import dev.jobradar.server.web.CurrentUser;
import dev.jobradar.server.web.ProblemException;
import dev.jobradar.server.web.WebSessions;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.List;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** In which browsers a user is signed in. */
@RestController
@RequestMapping("/api/user/sessions")
class BrowserController {
  private final Browsers browsers;

  BrowserController(Browsers browsers) {
    this.browsers = browsers;
  }

  /**
   * A browser.
   *
   * @param browser such as {@code Firefox, Linux}; empty when that is not known
   * @param place the network it was last seen in; empty when that is not known
   * @param lastSeen to ten minutes
   * @param current whether it is the one that asks
   */
  record Session(
      long id, String browser, String place, Instant since, Instant lastSeen, boolean current) {}

  record Sessions(List<Session> sessions) {}

  record Done(boolean ok) {}

  @Operation(summary = "The browsers in which the user is signed in, the one seen last first")
  @GetMapping
  Sessions list(@CurrentUser User user, HttpServletRequest request) {
    long current = current(request);
    return new Sessions(
        browsers.of(user).stream().map(each -> view(each, each.id() == current)).toList());
  }

  private static Session view(WebSessions.SignedIn each, boolean current) {
    return new Session(
        each.id(), each.name(), each.place(), each.since(), each.lastSeen(), current);
  }

  @Operation(summary = "Signs one browser out")
  @DeleteMapping("/{id}")
  Done end(
      @CurrentUser User user,
      @PathVariable long id,
      HttpServletRequest request,
      HttpServletResponse response) {
    if (!browsers.end(user, id)) {
      throw ProblemException.notFound();
    }
    if (id == current(request)) {
      browsers.signedOut(request, response);
    }
    return new Done(true);
  }

  @Operation(summary = "Signs all browsers out but the one that asks")
  @PostMapping("/end-others")
  Done endOthers(@CurrentUser User user, HttpServletRequest request) {
    browsers.endOthers(user, current(request));
    return new Done(true);
  }

  private long current(HttpServletRequest request) {
    return browsers.current(request).orElse(0L);
  }
}
