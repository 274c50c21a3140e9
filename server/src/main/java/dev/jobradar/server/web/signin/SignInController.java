package dev.jobradar.server.web.signin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.jobradar.clients.SignInId;
import dev.jobradar.server.account.Accounts;
import dev.jobradar.server.signin.Requester;
import dev.jobradar.server.signin.SignInFlow;
import dev.jobradar.server.signin.SignInStart;
import dev.jobradar.server.signin.UserLoggedOut;
import dev.jobradar.server.signin.UserSignedIn;
import dev.jobradar.server.users.User;
import dev.jobradar.server.web.Browsers;
import dev.jobradar.server.web.CurrentUser;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Size;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Signing in and out. */
@RestController
class SignInController {
  private final SignInFlow signIns;
  private final SignInProblems problems;
  private final Browsers browsers;
  private final Accounts accounts;
  private final ApplicationEventPublisher events;

  SignInController(
      SignInFlow signIns,
      Browsers browsers,
      Accounts accounts,
      ApplicationEventPublisher events,
      InstantSource clock) {
    this.signIns = signIns;
    this.problems = new SignInProblems(clock);
    this.browsers = browsers;
    this.accounts = accounts;
    this.events = events;
  }

  record Start(@NotBlank @Size(max = 40) String phone) {}

  record Pending(@NotBlank @Size(max = 100) String authId) {
    SignInId id() {
      return new SignInId(authId);
    }
  }

  record Code(@NotBlank @Size(max = 100) String authId, @NotBlank @Size(max = 100) String code) {}

  record Password(
      @NotBlank @Size(max = 100) String authId, @NotEmpty @Size(max = 1000) String password) {}

  record Message(@NotBlank @Size(max = 40) String phone, @NotBlank @Size(max = 20) String code) {}

  record Done(boolean ok) {
    static final Done OK = new Done(true);
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Next(boolean ok, boolean requiresPassword, @Nullable String passwordHint) {
    static Next of(SignInFlow.Entered entered) {
      return new Next(true, entered.requiresPassword(), entered.hint());
    }
  }

  @PostMapping("/api/auth/start")
  Started start(
      @Valid @RequestBody Start body, HttpServletRequest request, HttpServletResponse response)
      throws InterruptedException {
    String phone = PhoneNumbers.normalise(body.phone());
    Requester who = browsers.requester(request);
    SignInStart start = problems.explaining(() -> signIns.start(phone, who));
    browsers.asked(who, start instanceof SignInStart.OneTimeCodeSent, request, response);
    return Started.of(start);
  }

  @PostMapping("/api/auth/resend-code")
  Started resendCode(@Valid @RequestBody Pending body) throws InterruptedException {
    return Started.of(problems.explaining(() -> signIns.resend(body.id())));
  }

  @PostMapping("/api/auth/submit-code")
  Next submitCode(@Valid @RequestBody Code body) throws InterruptedException {
    return Next.of(
        problems.explaining(() -> signIns.submitCode(new SignInId(body.authId()), body.code())));
  }

  @PostMapping("/api/auth/submit-password")
  Next submitPassword(@Valid @RequestBody Password body) throws InterruptedException {
    return Next.of(
        problems.explaining(
            () -> signIns.submitPassword(new SignInId(body.authId()), body.password())));
  }

  @PostMapping("/api/auth/save")
  Done save(
      @Valid @RequestBody Pending body,
      Locale locale,
      HttpServletRequest request,
      HttpServletResponse response)
      throws InterruptedException {
    User user = problems.explaining(() -> signIns.save(body.id(), locale.getLanguage()));
    return signedIn(user, request, response);
  }

  @PostMapping("/api/auth/login-by-telegram")
  Done loginByTelegram(
      @Valid @RequestBody Message body, HttpServletRequest request, HttpServletResponse response)
      throws InterruptedException {
    String phone = PhoneNumbers.normalise(body.phone());
    Requester who = browsers.requester(request);
    User user = problems.explaining(() -> signIns.signInWithMessage(phone, body.code(), who));
    return signedIn(user, request, response);
  }

  private Done signedIn(User user, HttpServletRequest request, HttpServletResponse response) {
    browsers.signedIn(user, request, response);
    events.publishEvent(new UserSignedIn(user.id()));
    return Done.OK;
  }

  @PostMapping("/api/auth/cancel")
  Done cancel(@Valid @RequestBody Pending body) {
    signIns.cancel(body.id());
    return Done.OK;
  }

  /** Also for who is not signed in: it is done then. */
  @PostMapping("/api/logout")
  Done logout(
      @CurrentUser Optional<User> user, HttpServletRequest request, HttpServletResponse response)
      throws InterruptedException {
    browsers.signedOut(request, response);
    if (user.isPresent()) {
      try {
        accounts.close(user.get().id());
      } finally {
        // However far that went: nothing is watched any more, and has to be again.
        events.publishEvent(new UserLoggedOut(user.get().id()));
      }
    }
    return Done.OK;
  }
}
