package dev.jobradar.server.web.signin;

import dev.jobradar.clients.Attempt;
import dev.jobradar.clients.NoClientException;
import dev.jobradar.clients.NoSuchSignInException;
import dev.jobradar.clients.TooManyAttemptsException;
import dev.jobradar.clients.UserClientsClosedException;
import dev.jobradar.clients.WrongStepException;
import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.mtproto.RpcException;
import dev.jobradar.server.signin.SignInException;
import dev.jobradar.server.signin.SignInFlow;
import dev.jobradar.server.web.ProblemException;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;

/** Says in words that a person can act on what Telegram and the pending sign-ins object to. */
final class SignInProblems {
  private static final Logger log = LoggerFactory.getLogger(SignInProblems.class);

  private final InstantSource clock;

  SignInProblems(InstantSource clock) {
    this.clock = clock;
  }

  /** What is asked of {@link SignInFlow}. */
  @FunctionalInterface
  interface Call<R> {
    R run() throws InterruptedException;
  }

  /** Runs a call, and puts its failure into words. */
  <R> R explaining(Call<R> call) throws InterruptedException {
    try {
      return call.run();
    } catch (RuntimeException e) {
      throw of(e);
    }
  }

  /** What to tell for this, which {@link SignInFlow} threw. */
  ProblemException of(RuntimeException failure) {
    return switch (failure) {
      case SignInException ours -> of(ours);
      case RpcException refused -> of(refused);
      case TooManyAttemptsException tooMany -> {
        Duration wait = Duration.between(clock.instant(), tooMany.allowedAt());
        String code =
            tooMany.kind() == Attempt.Kind.CODE_REQUEST ? "too_many_codes" : "too_many_tries";
        yield tooMany(code, wait);
      }
      case NoSuchSignInException gone -> new ProblemException(HttpStatus.GONE, "sign_in_over");
      case WrongStepException step ->
          new ProblemException(HttpStatus.CONFLICT, "sign_in_wrong_step");
      case UserClientsClosedException closed ->
          new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, "unavailable");
      case NoClientException busy -> unreachable();
      case MtprotoException network -> unreachable();
      default -> throw failure;
    };
  }

  private static ProblemException of(SignInException ours) {
    return switch (ours) {
      case SignInException.Refused refused ->
          switch (refused.reason()) {
            case EMAIL_SETUP_REQUIRED -> conflict("email_setup_required");
            case OFFICIAL_APPS_ONLY -> conflict("official_apps_only");
            case NO_SUCH_ACCOUNT -> conflict("no_such_account");
            case ACCOUNT_DISABLED -> new ProblemException(HttpStatus.FORBIDDEN, "account_disabled");
            case WRONG_ONE_TIME_CODE -> ProblemException.field("code", "login_code_invalid");
          };
      case SignInException.CodeRenewed renewed -> of(Started.of(renewed.start()));
      case SignInException.PaymentRequired payment ->
          conflict("payment_required")
              .with("currency", payment.currency())
              .with("amount", payment.amount());
      case SignInException.TooManyOneTimeCodes tooMany ->
          tooMany(tooMany.entered() ? "too_many_tries" : "too_many_codes", tooMany.delay());
    };
  }

  /** The person enters the new code, in the same sign-in. */
  private static ProblemException of(Started renewed) {
    ProblemException problem = conflict("code_renewed").with("code_type", renewed.codeType());
    with(problem, "code_length", renewed.codeLength());
    with(problem, "code_hint", renewed.codeHint());
    with(problem, "next_type", renewed.nextType());
    with(problem, "resend_after", renewed.resendAfter());
    return problem;
  }

  private static void with(ProblemException problem, String name, @Nullable Object value) {
    if (value != null) {
      problem.with(name, value);
    }
  }

  private static ProblemException tooMany(String code, Duration wait) {
    return new ProblemException(HttpStatus.TOO_MANY_REQUESTS, code, wait).retryAfter(wait);
  }

  private static ProblemException unreachable() {
    return new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, "telegram_unreachable");
  }

  private static ProblemException of(RpcException refused) {
    if (refused instanceof RpcException.FloodWait flood) {
      return new ProblemException(
              HttpStatus.TOO_MANY_REQUESTS, "telegram_flood_wait", flood.delay())
          .retryAfter(flood.delay());
    }
    return switch (refused.error()) {
      case "PHONE_NUMBER_INVALID" -> ProblemException.field("phone", "phone_invalid");
      case "PHONE_NUMBER_BANNED", "USER_DEACTIVATED", "USER_DEACTIVATED_BAN" ->
          conflict("phone_banned");
      case "PHONE_NUMBER_FLOOD", "PHONE_PASSWORD_FLOOD", "PHONE_CODE_FLOOD" ->
          new ProblemException(HttpStatus.TOO_MANY_REQUESTS, "telegram_flood");
      case "PHONE_CODE_INVALID", "PHONE_CODE_EMPTY", "CODE_INVALID", "EMAIL_VERIFY_INVALID" ->
          ProblemException.field("code", "code_invalid");
      case "PHONE_CODE_EXPIRED",
          "PHONE_HASH_EXPIRED",
          "CODE_HASH_INVALID",
          "EMAIL_VERIFY_EXPIRED" ->
          ProblemException.field("code", "code_expired");
      case "PASSWORD_HASH_INVALID" -> ProblemException.field("password", "password_invalid");
      case "SEND_CODE_UNAVAILABLE" -> conflict("no_other_way");
      case "PHONE_NUMBER_UNOCCUPIED", "PHONE_NUMBER_APP_SIGNUP_FORBIDDEN" ->
          conflict("no_such_account");
      case "UPDATE_APP_TO_LOGIN", "API_ID_INVALID", "API_ID_PUBLISHED_FLOOD" -> {
        log.error("Telegram does not let this application sign people in: {}", refused.error());
        yield new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, "telegram_refuses_us");
      }
      default -> {
        log.warn("a sign-in was refused: {}", refused.getMessage());
        yield refused.code() >= 500
            ? unreachable()
            : new ProblemException(HttpStatus.CONFLICT, "telegram_refused", refused.error())
                .with("telegram_error", refused.error());
      }
    };
  }

  private static ProblemException conflict(String code) {
    return new ProblemException(HttpStatus.CONFLICT, code);
  }
}
