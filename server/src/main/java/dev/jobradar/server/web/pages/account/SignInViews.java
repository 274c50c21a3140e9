package dev.jobradar.server.web.pages.account;

import dev.jobradar.server.web.ProblemException;
import dev.jobradar.server.web.ProblemTexts;
import dev.jobradar.server.web.pages.FormErrors;
import dev.jobradar.server.web.pages.LocalPath;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import org.springframework.web.servlet.ModelAndView;

/** What the sign-in shows. */
@Component
class SignInViews {
  private static final String PAGE = "pages/account/sign-in";

  private final ProblemTexts texts;
  private final Operator operator;
  private final InstantSource clock;

  SignInViews(ProblemTexts texts, Operator operator, InstantSource clock) {
    this.texts = texts;
    this.operator = operator;
    this.clock = clock;
  }

  /** The first step. */
  String number(String phone, LocalPath next, Model model) {
    Locale locale = LocaleContextHolder.getLocale();
    model
        .addAttribute("step", "number")
        .addAttribute("demo", operator.demo())
        .addAttribute("phone", phone)
        .addAttribute("next", next.value())
        .addAttribute("understood", WrittenPhone.typed(phone, locale).orElse(null))
        .addAttribute("errors", FormErrors.NONE);
    return PAGE;
  }

  /** The step that the browser is at. */
  String step(Underway step, Model model) {
    Instant now = clock.instant();
    boolean over = step.isOverAt(now);
    model
        .addAttribute("demo", operator.demo())
        .addAttribute("step", over ? "over" : step.needsPassword() ? "password" : "code")
        .addAttribute("underway", step)
        .addAttribute("sentTo", WrittenPhone.of(step.phone(), LocaleContextHolder.getLocale()))
        .addAttribute("mayResend", step.mayResendAt(now))
        .addAttribute("resendIn", seconds(now, step.resendAt()))
        .addAttribute("expiresIn", over ? 0 : seconds(now, step.expiresAt()))
        .addAttribute("waitUntil", step.waitUntil())
        .addAttribute("waitFor", seconds(now, step.waitUntil()))
        .addAttribute("errors", FormErrors.NONE);
    return PAGE;
  }

  private static long seconds(Instant now, @Nullable Instant until) {
    return until == null || !now.isBefore(until)
        ? 0
        : Duration.between(now, until).plusMillis(999).toSeconds();
  }

  /** The page that the model already is of, with what was refused. */
  ModelAndView refused(
      ProblemException problem, Model model, HttpServletResponse response, Locale locale) {
    model.addAttribute("errors", FormErrors.of(problem, texts, locale));
    Long wait = problem.retryAfterSeconds();
    if (wait != null) {
      response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(wait));
      model
          .addAttribute("waitUntil", clock.instant().plusSeconds(wait))
          .addAttribute("waitFor", wait);
    }
    HttpStatus status =
        problem.status() == HttpStatus.BAD_REQUEST
            ? HttpStatus.UNPROCESSABLE_CONTENT
            : problem.status();
    return new ModelAndView(PAGE, Objects.requireNonNull(model.asMap()), status);
  }
}
