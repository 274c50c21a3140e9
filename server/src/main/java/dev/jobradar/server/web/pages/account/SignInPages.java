package dev.jobradar.server.web.pages.account;

import dev.jobradar.server.account.Accounts;
import dev.jobradar.server.signin.EnteredCode;
import dev.jobradar.server.signin.SignInFlow;
import dev.jobradar.server.users.User;
import dev.jobradar.server.web.Browsers;
import dev.jobradar.server.web.CurrentUser;
import dev.jobradar.server.web.ProblemException;
import dev.jobradar.server.web.pages.LocalPath;
import dev.jobradar.server.web.pages.SeeOther;
import dev.jobradar.server.web.signin.Entrance;
import dev.jobradar.server.web.signin.PhoneNumbers;
import dev.jobradar.server.web.signin.Started;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The sign-in, step by step: each is at {@code /sign-in}, and on the server ({@link Underway}). */
@Controller
class SignInPages {
  private static final String ADDRESS = "/sign-in";
  private static final LocalPath HOME = new LocalPath("/leads");
  private static final int LONGEST_PHONE = 40;
  private static final int LONGEST_CODE = 100;
  private static final int LONGEST_PASSWORD = 1_000;

  /** After these a sign-in cannot go on. */
  private static final Set<String> FINAL =
      Set.of(
          "no_such_account",
          "phone_banned",
          "account_disabled",
          "official_apps_only",
          "email_setup_required",
          "payment_required");

  private final Entrance entrance;
  private final Browsers browsers;
  private final SignInSteps steps;
  private final SignInViews views;
  private final Accounts accounts;
  private final InstantSource clock;

  SignInPages(
      Entrance entrance,
      Browsers browsers,
      SignInSteps steps,
      SignInViews views,
      Accounts accounts,
      InstantSource clock) {
    this.entrance = entrance;
    this.browsers = browsers;
    this.steps = steps;
    this.views = views;
    this.accounts = accounts;
    this.clock = clock;
  }

  private Optional<Underway> step(HttpServletRequest request) {
    return browsers.asking(request).flatMap(steps::find);
  }

  @GetMapping(ADDRESS)
  Object page(
      @CurrentUser Optional<User> user,
      @RequestParam(required = false) @Nullable String next,
      HttpServletRequest request,
      Model model) {
    Optional<Underway> step = step(request);
    if (user.isPresent() && accounts.state(user.get().id()).isSignedIn()) {
      // Done in another tab, or there was nothing to do.
      return SeeOther.to(step.map(Underway::next).orElse(wanted(next)));
    }
    return step.filter(each -> !each.isDone()).isPresent()
        ? views.step(step.get(), model)
        : views.number(user.map(User::phone).orElse(""), wanted(next), model);
  }

  /** After signing in nobody wants to sign in. */
  private static LocalPath wanted(@Nullable String next) {
    return LocalPath.of(next)
        .filter(path -> !path.value().startsWith(ADDRESS) && !path.value().equals("/"))
        .orElse(HOME);
  }

  /** Of a reload by address: what these paths take is a form. */
  @GetMapping({ADDRESS + "/code", ADDRESS + "/password", ADDRESS + "/again", ADDRESS + "/cancel"})
  Object reloaded() {
    return SeeOther.to(ADDRESS);
  }

  /** How a number is understood while it is typed. Not a GET: an address would keep it. */
  @PostMapping(ADDRESS + "/number")
  String understood(@RequestParam(defaultValue = "") String phone, Locale locale, Model model) {
    model.addAttribute("understood", typed(phone, locale));
    return "pages/account/sign-in :: understood";
  }

  private static @Nullable WrittenPhone typed(String phone, Locale locale) {
    return phone.length() > LONGEST_PHONE ? null : WrittenPhone.typed(phone, locale).orElse(null);
  }

  @PostMapping(ADDRESS)
  Object start(
      @RequestParam(defaultValue = "") String phone,
      @RequestParam(required = false) @Nullable String next,
      HttpServletRequest request,
      HttpServletResponse response,
      Locale locale,
      Model model)
      throws InterruptedException {
    try {
      String digits = PhoneNumbers.normalise(limited("phone", phone, LONGEST_PHONE));
      return started(digits, wanted(next), request, response, locale);
    } catch (ProblemException refused) {
      views.number(phone, wanted(next), model);
      model.addAttribute("underway", live(request));
      return views.refused(refused, model, response, locale);
    }
  }

  private static String limited(String field, String value, int longest) {
    if (value.isBlank()) {
      throw ProblemException.field(field, "missing");
    }
    if (value.length() > longest) {
      throw ProblemException.field(field, field + "_invalid");
    }
    return value;
  }

  private @Nullable Underway live(HttpServletRequest request) {
    return step(request).filter(step -> !step.isOverAt(clock.instant())).orElse(null);
  }

  private Object started(
      String phone,
      LocalPath next,
      HttpServletRequest request,
      HttpServletResponse response,
      Locale locale)
      throws InterruptedException {
    browsers.asking(request).ifPresent(this::giveUp);
    Entrance.Begun begun = entrance.start(phone, request, response);
    Underway step = Underway.begun(phone, next, Started.of(begun.start()), clock.instant());
    steps.put(begun.browser(), step);
    return step.isAccepted()
        ? save(begun.browser(), step, request, response, locale)
        : SeeOther.to(ADDRESS);
  }

  /** A sign-in at Telegram with another number is not wanted any more. */
  private void giveUp(String browser) {
    steps
        .find(browser)
        .filter(step -> !step.isOurCode() && !step.isDone())
        .ifPresent(step -> entrance.cancel(step.id()));
  }

  private Object save(
      String browser,
      Underway step,
      HttpServletRequest request,
      HttpServletResponse response,
      Locale locale)
      throws InterruptedException {
    entrance.save(step.id(), locale, request, response);
    steps.change(browser, Underway::done);
    return SeeOther.to(step.next());
  }

  /** One step forward. */
  private interface Forward {
    Object go(String browser, Underway step) throws InterruptedException;
  }

  private Object forward(
      HttpServletRequest request,
      HttpServletResponse response,
      Locale locale,
      Model model,
      Forward forward)
      throws InterruptedException {
    String browser = browsers.asking(request).orElse("");
    Optional<Underway> step = steps.find(browser);
    if (step.isEmpty() || step.get().isOverAt(clock.instant())) {
      // The page says so, and offers a new one.
      return SeeOther.to(ADDRESS);
    }
    try {
      return forward.go(browser, step.get());
    } catch (ProblemException refused) {
      return refused(browser, step.get(), refused, response, locale, model);
    }
  }

  private Object refused(
      String browser,
      Underway before,
      ProblemException refused,
      HttpServletResponse response,
      Locale locale,
      Model model) {
    if (refused.code().equals("sign_in_over")) {
      steps.change(browser, Underway::over);
      return SeeOther.to(ADDRESS);
    }
    if (FINAL.contains(refused.code())) {
      steps.remove(browser);
      views.number(before.phone(), before.next(), model);
      return views.refused(refused, model, response, locale);
    }
    Long wait = refused.retryAfterSeconds();
    if (wait != null) {
      Instant until = clock.instant().plusSeconds(wait);
      steps.change(browser, step -> step.waiting(until));
    }
    // Another code may have been sent meanwhile.
    views.step(steps.find(browser).orElse(before), model);
    return views.refused(refused, model, response, locale);
  }

  @PostMapping(ADDRESS + "/code")
  Object code(
      @RequestParam(defaultValue = "") String code,
      HttpServletRequest request,
      HttpServletResponse response,
      Locale locale,
      Model model)
      throws InterruptedException {
    return forward(
        request,
        response,
        locale,
        model,
        (browser, step) -> {
          if (step.needsPassword()) {
            return SeeOther.to(ADDRESS);
          }
          String typed = checked(limited("code", code, LONGEST_CODE), step);
          if (step.isOurCode()) {
            entrance.signInWithMessage(step.phone(), typed, request, response);
            steps.change(browser, Underway::done);
            return SeeOther.to(step.next());
          }
          SignInFlow.Entered entered =
              entrance.submitCode(step.id(), typed, another -> sent(browser, Started.of(another)));
          return entered(browser, step, entered, request, response, locale);
        });
  }

  /** What cannot be the code is not tried: it would count as a wrong one. */
  private static String checked(String typed, Underway step) {
    Integer length = step.how().codeLength();
    String code = step.isOurCode() ? typed : EnteredCode.telegrams(typed);
    if (length == null) {
      return code;
    }
    if (EnteredCode.length(code) != length || (!step.isOurCode() && !EnteredCode.isNumber(code))) {
      throw ProblemException.field(
          "code", step.isOurCode() ? "code_length" : "code_digits", length);
    }
    return code;
  }

  private void sent(String browser, Started another) {
    steps.change(browser, step -> step.sent(another, clock.instant()));
  }

  private Object entered(
      String browser,
      Underway step,
      SignInFlow.Entered entered,
      HttpServletRequest request,
      HttpServletResponse response,
      Locale locale)
      throws InterruptedException {
    if (entered.requiresPassword()) {
      steps.change(browser, now -> now.password(entered.hint()));
      return SeeOther.to(ADDRESS);
    }
    return save(browser, step, request, response, locale);
  }

  @PostMapping(ADDRESS + "/password")
  Object password(
      @RequestParam(defaultValue = "") String password,
      HttpServletRequest request,
      HttpServletResponse response,
      Locale locale,
      Model model)
      throws InterruptedException {
    return forward(
        request,
        response,
        locale,
        model,
        (browser, step) -> {
          if (!step.needsPassword()) {
            return SeeOther.to(ADDRESS);
          }
          if (password.isEmpty()) {
            throw ProblemException.field("password", "missing");
          }
          if (password.length() > LONGEST_PASSWORD) {
            throw ProblemException.field("password", "password_invalid");
          }
          SignInFlow.Entered entered =
              entrance.submitPassword(
                  step.id(), password, another -> sent(browser, Started.of(another)));
          return entered(browser, step, entered, request, response, locale);
        });
  }

  /** Another code to the same number; after the end of a sign-in, a new one. */
  @PostMapping(ADDRESS + "/again")
  Object again(HttpServletRequest request, HttpServletResponse response, Locale locale, Model model)
      throws InterruptedException {
    Optional<Underway> known = step(request);
    if (known.isEmpty() || known.get().isDone()) {
      return SeeOther.to(ADDRESS);
    }
    Underway step = known.get();
    Instant now = clock.instant();
    String browser = browsers.asking(request).orElse("");
    try {
      if (step.isOverAt(now) || (step.isOurCode() && step.mayResendAt(now))) {
        return started(step.phone(), step.next(), request, response, locale);
      }
      if (step.mayResendAt(now)) {
        sent(browser, Started.of(entrance.resend(step.id())));
      }
      return SeeOther.to(ADDRESS);
    } catch (ProblemException refused) {
      return refused(browser, step, refused, response, locale, model);
    }
  }

  @PostMapping(ADDRESS + "/cancel")
  Object cancel(HttpServletRequest request) {
    browsers
        .asking(request)
        .ifPresent(browser -> {
          giveUp(browser);
          steps.remove(browser);
        });
    return SeeOther.to(ADDRESS);
  }

  @PostMapping("/sign-out")
  Object signOut(
      @CurrentUser Optional<User> user, HttpServletRequest request, HttpServletResponse response)
      throws InterruptedException {
    entrance.signOut(user, request, response);
    return SeeOther.to("/welcome");
  }
}
