package dev.jobradar.server.signin;

import dev.jobradar.clients.CompletedSignIn;
import dev.jobradar.clients.PendingSignIns;
import dev.jobradar.clients.SignInId;
import dev.jobradar.clients.SignInLimits;
import dev.jobradar.clients.SignInStep;
import dev.jobradar.clients.UserId;
import dev.jobradar.server.account.Accounts;
import dev.jobradar.server.signin.SignInBudgets.Kind;
import dev.jobradar.server.signin.SignInException.Reason;
import dev.jobradar.server.users.User;
import dev.jobradar.server.users.Users;
import dev.jobradar.telegram.signin.CodeDelivery;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
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
public class SignInFlow {
  /** So long one may take, with a code of ours or of Telegram's. */
  public static final Duration VALID_FOR = OneTimeCodes.VALID_FOR;

  private final Users users;
  private final Accounts accounts;
  private final TelegramSignIns first;
  private final OneTimeCodeSender messages;
  private final OneTimeCodes codes;
  private final SignInCounter limits;
  private final ApplicationEventPublisher events;

  SignInFlow(
      Users users,
      Accounts accounts,
      TelegramSignIns first,
      OneTimeCodeSender messages,
      OneTimeCodes codes,
      SignInCounter limits,
      ApplicationEventPublisher events) {
    this.users = users;
    this.accounts = accounts;
    this.first = first;
    this.messages = messages;
    this.codes = codes;
    this.limits = limits;
    this.events = events;
  }

  /**
   * Starts a sign-in.
   *
   * @param phone digits with the country code
   * @throws SignInException when it cannot go on here
   */
  public SignInStart start(String phone, Requester who) throws InterruptedException {
    Optional<User> known = users.findByPhone(phone).filter(user -> !user.disabled());
    if (known.isPresent() && sent(known.get(), phone, who)) {
      return new SignInStart.OneTimeCodeSent(OneTimeCodes.LENGTH);
    }
    PendingSignIns.Begun begun = first.begin(phone, who);
    return started(begun.id(), begun.step());
  }

  private boolean sent(User user, String phone, Requester who) throws InterruptedException {
    SignInLimits.Counted counted = limits.countOurs(Kind.OWN_CODE, phone, who);
    boolean sent = false;
    try {
      sent = messages.send(user, phone, who);
      return sent;
    } finally {
      if (!sent) {
        counted.takeBack();
      }
    }
  }

  /** Has Telegram send its code once more, perhaps in another way. */
  public SignInStart resend(SignInId id) throws InterruptedException {
    return started(id, first.resendCode(id));
  }

  private SignInStart started(SignInId id, SignInStep step) {
    return switch (step) {
      case SignInStep.CodeSent sent -> {
        if (sent.delivery() instanceof CodeDelivery.EmailSetUpRequired) {
          throw cancelled(id, Reason.EMAIL_SETUP_REQUIRED);
        }
        if (sent.delivery() instanceof CodeDelivery.OfficialAppsOnly && sent.next() == null) {
          throw cancelled(id, Reason.OFFICIAL_APPS_ONLY);
        }
        yield new SignInStart.Pending(id, sent);
      }
      case SignInStep.PasswordNeeded password -> new SignInStart.Pending(id, password);
      case SignInStep.Accepted accepted -> new SignInStart.Pending(id, accepted);
      case SignInStep.NoSuchAccount none -> throw noSuchAccount();
      case SignInStep.PaymentRequired(String currency, long amount) ->
          throw new SignInException.PaymentRequired(currency, amount);
    };
  }

  /** Cancels a sign-in that needs another app. */
  private SignInException cancelled(SignInId id, Reason reason) {
    first.cancel(id);
    return new SignInException.Refused(reason);
  }

  private static SignInException noSuchAccount() {
    return new SignInException.Refused(Reason.NO_SUCH_ACCOUNT);
  }

  /**
   * What comes after a code or a password.
   *
   * @param requiresPassword whether the two-step password is needed; else {@code save} comes next
   */
  public record Entered(boolean requiresPassword, @Nullable String hint) {}

  /** Goes on with Telegram's code; blanks and dashes in it do not matter. */
  public Entered submitCode(SignInId id, String code) throws InterruptedException {
    return entered(id, first.submitCode(id, EnteredCode.telegrams(code)));
  }

  /** Goes on with the two-step password. */
  public Entered submitPassword(SignInId id, String password) throws InterruptedException {
    return entered(id, first.submitPassword(id, password));
  }

  private Entered entered(SignInId id, SignInStep step) {
    return switch (step) {
      case SignInStep.PasswordNeeded(String hint) -> new Entered(true, hint);
      case SignInStep.Accepted accepted -> new Entered(false, null);
      case SignInStep.NoSuchAccount none -> throw noSuchAccount();
      case SignInStep.CodeSent sent -> throw new SignInException.CodeRenewed(started(id, sent));
      case SignInStep.PaymentRequired pay -> throw new IllegalStateException("payment was asked");
    };
  }

  /**
   * Stores an accepted sign-in.
   *
   * @param language of a user who is new, {@code ru} or {@code en}
   * @throws SignInException when the user is disabled
   */
  public User save(SignInId id, String language) throws InterruptedException {
    CompletedSignIn done = first.complete(id);
    UserId userId = done.user();
    if (done.created()) {
      users.language(userId, language);
    }
    User user = users.find(userId).orElseThrow();
    if (user.disabled()) {
      shutOut(userId);
      // They have proven who they are, so they may know.
      throw new SignInException.Refused(Reason.ACCOUNT_DISABLED);
    }
    return user;
  }

  /** Closes everything of theirs, even if Telegram cannot be reached to end the session. */
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

  /** Gives a pending sign-in up. */
  public void cancel(SignInId id) {
    first.cancel(id);
  }

  /**
   * Signs in with a one-time code, in the browser that asked for it. Does not reveal whether the
   * phone is known.
   *
   * @throws SignInException when the code is not right, or was entered wrong too often
   */
  public User signInWithMessage(String phone, String code, Requester who) {
    // Counted as wrong before it is tried, so that many at once do not slip through.
    SignInLimits.Counted counted = limits.countOurs(Kind.OWN_WRONG, phone, who);
    Optional<User> user = users.findByPhone(phone);
    if (user.isEmpty() || check(user.get(), code, who) != OneTimeCodes.Verdict.RIGHT) {
      throw new SignInException.Refused(Reason.WRONG_ONE_TIME_CODE);
    }
    counted.takeBack();
    if (user.get().disabled()) {
      throw new SignInException.Refused(Reason.ACCOUNT_DISABLED);
    }
    return user.get();
  }

  private OneTimeCodes.Verdict check(User user, String code, Requester who) {
    String secret = who.secret();
    return secret == null ? OneTimeCodes.Verdict.NONE : codes.check(user.id(), code, secret);
  }
}
