package dev.jobradar.server.web.pages.account;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.pacing.PerUserRateLimit;
import dev.jobradar.server.personal.PersonalData;
import dev.jobradar.server.users.User;
import dev.jobradar.server.users.Users;
import dev.jobradar.server.web.Browsers;
import dev.jobradar.server.web.CurrentUser;
import dev.jobradar.server.web.ProblemException;
import dev.jobradar.server.web.ProblemTexts;
import dev.jobradar.server.web.ReachesTelegram;
import dev.jobradar.server.web.pages.FormErrors;
import dev.jobradar.server.web.pages.SeeOther;
import dev.jobradar.server.web.users.Disconnection;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** What a person sets, where they are signed in, and what is kept about them. */
@Controller
class SettingsPages {
  /** What is typed to delete an account, in either language. */
  private static final Set<String> CONFIRMATIONS = Set.of("удалить", "delete");

  private static final int EXPORTS = 10;

  private final Users users;
  private final Browsers browsers;
  private final PersonalData data;
  private final Disconnection disconnection;
  private final ProblemTexts texts;
  private final PerUserRateLimit exports;
  private final InstantSource clock;

  SettingsPages(
      Users users,
      Browsers browsers,
      PersonalData data,
      Disconnection disconnection,
      ProblemTexts texts,
      InstantSource clock) {
    this.users = users;
    this.browsers = browsers;
    this.data = data;
    this.disconnection = disconnection;
    this.texts = texts;
    this.exports = new PerUserRateLimit(EXPORTS, Duration.ofHours(1), clock);
    this.clock = clock;
  }

  @GetMapping("/settings")
  String page(
      @CurrentUser User user,
      @RequestParam(required = false) @Nullable String done,
      HttpServletRequest request,
      Model model) {
    model
        .addAttribute("done", "alerts".equals(done) || "browsers".equals(done) ? done : null)
        .addAttribute("account", user)
        .addAttribute("browsers", browsers.of(user))
        .addAttribute("current", browsers.current(request).orElse(0L));
    return "pages/account/settings";
  }

  @PostMapping("/settings/alerts")
  Object alerts(@CurrentUser User user, @RequestParam(defaultValue = "false") boolean personal) {
    users.alertsPersonal(user.id(), personal);
    return SeeOther.to("/settings?done=alerts");
  }

  @PostMapping("/settings/browsers/{id}/end")
  Object end(
      @CurrentUser User user,
      @PathVariable long id,
      HttpServletRequest request,
      HttpServletResponse response) {
    if (!browsers.end(user, id)) {
      throw ProblemException.notFound();
    }
    if (id == browsers.current(request).orElse(0L)) {
      browsers.signedOut(request, response);
      return SeeOther.to("/welcome");
    }
    return SeeOther.to("/settings?done=browsers");
  }

  @PostMapping("/settings/browsers/end-others")
  Object endOthers(@CurrentUser User user, HttpServletRequest request) {
    browsers.endOthers(user, browsers.current(request).orElse(0L));
    return SeeOther.to("/settings?done=browsers");
  }

  /** Everything, row by row. */
  @GetMapping("/settings/export")
  void export(@CurrentUser User user, HttpServletResponse response) throws IOException {
    Optional<Instant> refused = exports.take(user.id());
    if (refused.isPresent()) {
      Duration wait = Duration.between(clock.instant(), refused.get());
      throw new ProblemException(HttpStatus.TOO_MANY_REQUESTS, "too_many_calls", wait)
          .retryAfter(wait);
    }
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"jobradar.json\"");
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    data.write(user.id(), response.getOutputStream());
  }

  @GetMapping("/settings/delete")
  String question(@CurrentUser User user, Model model) {
    model.addAttribute("errors", FormErrors.NONE);
    return "pages/account/delete";
  }

  @ReachesTelegram
  @PostMapping("/settings/delete")
  Object delete(
      @CurrentUser User user,
      @RequestParam(defaultValue = "") String confirmation,
      HttpServletRequest request,
      HttpServletResponse response,
      Locale locale,
      Model model)
      throws InterruptedException {
    if (!CONFIRMATIONS.contains(confirmation.strip().toLowerCase(Locale.ROOT))) {
      ProblemException refused = ProblemException.field("confirmation", "not_confirmed");
      model.addAttribute("errors", FormErrors.of(refused, texts, locale));
      return new ModelAndView(
          "pages/account/delete", model.asMap(), HttpStatus.UNPROCESSABLE_CONTENT);
    }
    UserId id = user.id();
    // First, so that nothing is read or sent any more that there is nobody for.
    disconnection.disconnect(user);
    users.delete(id);
    browsers.forgotten(request, response);
    return SeeOther.to("/deleted");
  }

  @GetMapping("/deleted")
  String deleted() {
    return "pages/account/deleted";
  }
}
