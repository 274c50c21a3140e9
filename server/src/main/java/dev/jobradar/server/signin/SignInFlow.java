package dev.jobradar.server.signin;

import dev.jobradar.clients.CompletedSignIn;
import dev.jobradar.clients.PendingSignIns;
import dev.jobradar.clients.SignInId;
import dev.jobradar.clients.SignInStep;
import dev.jobradar.clients.UserId;
import dev.jobradar.server.account.Accounts;
import dev.jobradar.server.signin.OneTimeCodeLimits.Kind;
import dev.jobradar.server.users.User;
import dev.jobradar.server.users.Users;
import dev.jobradar.server.web.ProblemException;
import dev.jobradar.telegram.signin.CodeDelivery;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * The two ways in. Somebody whose Telegram session works gets a code of ours in their Saved
 * Messages; everybody else, and whoever cannot be reached so, signs in with Telegram's own.
 *
 * <p>A stranger who tries a phone number learns what the old service told too: whether its owner
 * uses JobRadar at this moment, by the way that is taken. They learn nothing more, and are limited
 * in how many numbers they can try. That somebody is disabled is told to themselves only.
 */
@Component
class SignInFlow {
  private final Users users;
  private final Accounts accounts;
  private final TelegramSignIns first;
  private final OneTimeCodeSender messages;
  private final OneTimeCodes codes;
  private final OneTimeCodeLimits limits;
  private final ApplicationEventPublisher events;
  private final SignInProblems problems;

  SignInFlow(
      Users users,
      Accounts accounts,
      TelegramSignIns first,
      OneTimeCodeSender messages,
      OneTimeCodes codes,
      OneTimeCodeLimits limits,
      ApplicationEventPublisher events,
      InstantSource clock) {
    this.users = users;
    this.accounts = accounts;
    this.first = first;
    this.messages = messages;
    this.codes = codes;
    this.limits = limits;
    this.events = events;
    this.problems = new SignInProblems(clock);
  }

  private interface Call<R> {
    R run() throws InterruptedException;
  }

  /** Has objections told in words that a person can act on. */
  private <R> R told(Call<R> call) throws InterruptedException {
    try {
      return call.run();
    } catch (RuntimeException e) {
      throw problems.of(e);
    }
  }

  /**
   * Begins.
   *
   * @param address where the person comes from
   */
  Started start(String phone, String address) throws InterruptedException {
    Optional<User> known = users.findByPhone(phone).filter(user -> !user.disabled());
    if (known.isPresent() && sent(known.get(), phone, address)) {
      return Started.byMessage();
    }
    PendingSignIns.Begun begun = told(() -> first.begin(phone, address));
    return started(begun.id(), begun.step());
  }

  /** After too many wrong codes only Telegram's own way is left, so that nobody is locked out. */
  private boolean sent(User user, String phone, String address) throws InterruptedException {
    if (!limits.mayEnter(phone)) {
      return false;
    }
    OneTimeCodeLimits.Noted noted = limits.note(Kind.REQUEST, phone, address);
    boolean sent = false;
    try {
      sent = messages.send(user, phone);
      return sent;
    } finally {
      if (!sent) {
        limits.takeBack(noted);
      }
    }
  }

  Started resend(SignInId id) throws InterruptedException {
    return started(id, told(() -> first.resendCode(id)));
  }

  private Started started(SignInId id, SignInStep step) {
    return switch (step) {
      case SignInStep.CodeSent sent -> {
        if (sent.delivery() instanceof CodeDelivery.EmailSetUpRequired) {
          throw over(id, "email_setup_required");
        }
        if (sent.delivery() instanceof CodeDelivery.OfficialAppsOnly && sent.next() == null) {
          throw over(id, "official_apps_only");
        }
        yield Started.sent(id.value(), sent);
      }
      case SignInStep.PasswordNeeded(String hint) -> Started.withoutCode(id.value(), true, hint);
      case SignInStep.Accepted accepted -> Started.withoutCode(id.value(), false, null);
      case SignInStep.NoSuchAccount none -> throw noSuchAccount();
      case SignInStep.PaymentRequired(String currency, long amount) ->
          throw new ProblemException(HttpStatus.CONFLICT, "payment_required")
              .with("currency", currency)
              .with("amount", amount);
    };
  }

  /** It cannot be gone on with here. */
  private ProblemException over(SignInId id, String code) {
    first.cancel(id);
    return new ProblemException(HttpStatus.CONFLICT, code);
  }

  private static ProblemException noSuchAccount() {
    return new ProblemException(HttpStatus.CONFLICT, "no_such_account");
  }

  /**
   * What comes after a code or a password.
   *
   * @param requiresPassword whether the two-step password is needed; else {@code save} comes next
   */
  record Entered(boolean requiresPassword, @Nullable String hint) {}

  Entered submitCode(SignInId id, String code) throws InterruptedException {
    return entered(told(() -> first.submitCode(id, code)));
  }

  Entered submitPassword(SignInId id, String password) throws InterruptedException {
    return entered(told(() -> first.submitPassword(id, password)));
  }

  private static Entered entered(SignInStep step) {
    return switch (step) {
      case SignInStep.PasswordNeeded(String hint) -> new Entered(true, hint);
      case SignInStep.Accepted accepted -> new Entered(false, null);
      case SignInStep.NoSuchAccount none -> throw noSuchAccount();
      case SignInStep.CodeSent sent -> throw new IllegalStateException("another code was sent");
      case SignInStep.PaymentRequired pay -> throw new IllegalStateException("payment was asked");
    };
  }

  /** Stores an accepted sign-in. */
  User save(SignInId id, String language) throws InterruptedException {
    CompletedSignIn done = told(() -> first.complete(id));
    UserId userId = done.user();
    if (done.created()) {
      users.language(userId, language);
    }
    User user = users.find(userId).orElseThrow();
    if (user.disabled()) {
      shutOut(userId);
      // They have proven who they are, so they may know.
      throw new ProblemException(HttpStatus.FORBIDDEN, "account_disabled");
    }
    return user;
  }

  /** Nothing of theirs stays open, also when Telegram cannot be told that the session is over. */
  private void shutOut(UserId user) throws InterruptedException {
    boolean over = false;
    try {
      over = accounts.logOut(user);
    } finally {
      if (!over) {
        accounts.close(user);
      }
      events.publishEvent(new TelegramDisconnected(user));
    }
  }

  void cancel(SignInId id) {
    first.cancel(id);
  }

  /** Signs in with a code of ours. Whether the phone is known at all is not told. */
  User signInWithMessage(String phone, String code, String address) {
    // Counted as wrong before it is tried, so that many at once do not slip through.
    OneTimeCodeLimits.Noted noted = limits.note(Kind.WRONG, phone, address);
    Optional<User> user = users.findByPhone(phone);
    OneTimeCodes.Verdict verdict =
        user.map(known -> codes.check(known.id(), code.strip())).orElse(OneTimeCodes.Verdict.NONE);
    if (user.isEmpty() || verdict != OneTimeCodes.Verdict.RIGHT) {
      throw ProblemException.field("code", "login_code_invalid");
    }
    limits.takeBack(noted);
    if (user.get().disabled()) {
      throw new ProblemException(HttpStatus.FORBIDDEN, "account_disabled");
    }
    return user.get();
  }
}
