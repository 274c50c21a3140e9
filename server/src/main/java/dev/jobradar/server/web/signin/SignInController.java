package dev.jobradar.server.web.signin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.jobradar.clients.SignInId;
import dev.jobradar.server.signin.SignInFlow;
import dev.jobradar.server.users.User;
import dev.jobradar.server.web.CurrentUser;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Size;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Signing in and out. */
@RestController
class SignInController {
  private final Entrance entrance;

  SignInController(Entrance entrance) {
    this.entrance = entrance;
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
    return Started.of(
        entrance.start(PhoneNumbers.normalise(body.phone()), request, response).start());
  }

  @PostMapping("/api/auth/resend-code")
  Started resendCode(@Valid @RequestBody Pending body) throws InterruptedException {
    return Started.of(entrance.resend(body.id()));
  }

  @PostMapping("/api/auth/submit-code")
  Next submitCode(@Valid @RequestBody Code body) throws InterruptedException {
    return Next.of(entrance.submitCode(new SignInId(body.authId()), body.code(), _ -> {}));
  }

  @PostMapping("/api/auth/submit-password")
  Next submitPassword(@Valid @RequestBody Password body) throws InterruptedException {
    return Next.of(entrance.submitPassword(new SignInId(body.authId()), body.password(), _ -> {}));
  }

  @PostMapping("/api/auth/save")
  Done save(
      @Valid @RequestBody Pending body,
      Locale locale,
      HttpServletRequest request,
      HttpServletResponse response)
      throws InterruptedException {
    entrance.save(body.id(), locale, request, response);
    return Done.OK;
  }

  @PostMapping("/api/auth/login-by-telegram")
  Done loginByTelegram(
      @Valid @RequestBody Message body, HttpServletRequest request, HttpServletResponse response)
      throws InterruptedException {
    entrance.signInWithMessage(
        PhoneNumbers.normalise(body.phone()), body.code(), request, response);
    return Done.OK;
  }

  @PostMapping("/api/auth/cancel")
  Done cancel(@Valid @RequestBody Pending body) {
    entrance.cancel(body.id());
    return Done.OK;
  }

  /** Also for who is not signed in: it is done then. */
  @PostMapping("/api/logout")
  Done logout(
      @CurrentUser Optional<User> user, HttpServletRequest request, HttpServletResponse response)
      throws InterruptedException {
    entrance.signOut(user, request, response);
    return Done.OK;
  }
}
