package dev.jobradar.telegram.signin;

import dev.jobradar.mtproto.CallFailedException;
import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.mtproto.ProtocolException;
import dev.jobradar.mtproto.RpcException;
import dev.jobradar.mtproto.client.CallOptions;
import dev.jobradar.telegram.Me;
import dev.jobradar.telegram.TelegramClient;
import dev.jobradar.tl.Bytes;
import dev.jobradar.tl.TlMethod;
import dev.jobradar.tl.api.CodeSettings;
import dev.jobradar.tl.api.EmailVerificationCode;
import dev.jobradar.tl.api.EmailVerifyPurposeLoginSetup;
import dev.jobradar.tl.api.account.EmailVerifiedLogin;
import dev.jobradar.tl.api.account.Password;
import dev.jobradar.tl.api.account.SentEmailCode;
import dev.jobradar.tl.api.auth.Authorization;
import dev.jobradar.tl.api.auth.AuthorizationSignUpRequired;
import dev.jobradar.tl.api.auth.CodeTypeCall;
import dev.jobradar.tl.api.auth.CodeTypeFlashCall;
import dev.jobradar.tl.api.auth.CodeTypeFragmentSms;
import dev.jobradar.tl.api.auth.CodeTypeMissedCall;
import dev.jobradar.tl.api.auth.CodeTypeSms;
import dev.jobradar.tl.api.auth.SentCode;
import dev.jobradar.tl.api.auth.SentCodePaymentRequired;
import dev.jobradar.tl.api.auth.SentCodeSuccess;
import dev.jobradar.tl.api.auth.SentCodeTypeApp;
import dev.jobradar.tl.api.auth.SentCodeTypeCall;
import dev.jobradar.tl.api.auth.SentCodeTypeEmailCode;
import dev.jobradar.tl.api.auth.SentCodeTypeFirebaseSms;
import dev.jobradar.tl.api.auth.SentCodeTypeFlashCall;
import dev.jobradar.tl.api.auth.SentCodeTypeFragmentSms;
import dev.jobradar.tl.api.auth.SentCodeTypeMissedCall;
import dev.jobradar.tl.api.auth.SentCodeTypeSetUpEmailRequired;
import dev.jobradar.tl.api.auth.SentCodeTypeSms;
import dev.jobradar.tl.api.auth.SentCodeTypeSmsPhrase;
import dev.jobradar.tl.api.auth.SentCodeTypeSmsWord;
import dev.jobradar.tl.api.auth.TypeAuthorization;
import dev.jobradar.tl.api.auth.TypeCodeType;
import dev.jobradar.tl.api.auth.TypeSentCode;
import dev.jobradar.tl.api.auth.TypeSentCodeType;
import dev.jobradar.tl.api.method.Account;
import dev.jobradar.tl.api.method.Auth;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One sign-in with one phone number, from {@link #sendCode} to a signed-in client.
 *
 * <p>Errors that a person can correct are {@link RpcException}s with their Telegram names: {@code
 * PHONE_NUMBER_INVALID}, {@code PHONE_CODE_INVALID} (try again), {@code PASSWORD_HASH_INVALID}
 * (wrong password), {@code PHONE_NUMBER_BANNED}. {@link #needsNewCode} recognises those after which
 * only another {@link #sendCode} helps. The client follows a data centre that sends the number
 * elsewhere.
 *
 * <p><b>Failures of Telegram's own</b> (5xx and negative codes) are retried, with the client's
 * backoff, until a step has had {@value StepPatience#MOST_FAILURES} of them, whichever of its calls
 * they struck: however Telegram answers, a step makes {@value #MOST_CALLS} calls at most. A code or
 * password may have been accepted in spite of such an answer, so before it is sent again Telegram
 * is asked whether the key is signed in.
 *
 * <p><b>FLOOD_WAIT</b> of any call is thrown, and obeyed: until it is over, the same call fails
 * with the remaining time and is not sent.
 *
 * <p>For one thread at a time. It holds phone number and password no longer than needed, and shows
 * neither.
 */
public final class SignIn {
  /**
   * The most calls of a step, which is that of {@link #checkPassword}: the parameters and the proof
   * (2); the same again for each renewal (2 each); and for each failure of the proof but the last,
   * which ends it, the question who is signed in and the same again (3 each).
   */
  static final int MOST_CALLS =
      2 + 2 * StepPatience.MOST_RENEWALS + 3 * (StepPatience.MOST_FAILURES - 1);

  /** How many codes in a row are skipped because only Telegram's own apps can receive them. */
  private static final int MAX_SKIPPED = 3;

  /** The code of errors that say that a key is not signed in, or not yet. */
  private static final int NOT_SIGNED_IN = 401;

  private final SignInCalls client;
  private final String phone;
  private final List<Bytes> logOutTokens;
  private final FloodGate floodGate;
  private String phoneCodeHash = "";
  private boolean codeByEmail;

  /** Of the step that is under way. */
  private StepPatience patience = new StepPatience();

  /**
   * As {@link #SignIn(TelegramClient, String, List, InstantSource)}, with the machine's clock.
   *
   * @param client not signed in
   * @param phone with the country code; other characters than digits are left out
   * @param logOutTokens tokens of earlier log-outs of this phone number, which can make a code
   *     unnecessary ({@code auth.loggedOut.future_auth_token}); the last 20 count
   * @throws IllegalArgumentException when there are no digits in the phone number
   */
  public SignIn(TelegramClient client, String phone, List<Bytes> logOutTokens) {
    this(client, phone, logOutTokens, InstantSource.system());
  }

  /**
   * A sign-in that sends nothing yet.
   *
   * @param client not signed in
   * @param phone with the country code; other characters than digits are left out
   * @param logOutTokens tokens of earlier log-outs of this phone number, which can make a code
   *     unnecessary ({@code auth.loggedOut.future_auth_token}); the last 20 count
   * @param clock the clock for FLOOD_WAITs
   * @throws IllegalArgumentException when there are no digits in the phone number
   */
  public SignIn(
      TelegramClient client, String phone, List<Bytes> logOutTokens, InstantSource clock) {
    this(SignInCalls.of(client), phone, logOutTokens, clock);
  }

  SignIn(SignInCalls client, String phone, List<Bytes> logOutTokens, InstantSource clock) {
    this.client = client;
    this.phone = phone.replaceAll("[^0-9]", "");
    if (this.phone.isEmpty() || this.phone.length() > 20) {
      throw new IllegalArgumentException("a phone number has 1 to 20 digits");
    }
    int from = Math.max(0, logOutTokens.size() - 20);
    this.logOutTokens = List.copyOf(logOutTokens.subList(from, logOutTokens.size()));
    this.floodGate = new FloodGate(clock);
  }

  /**
   * Whether an error says that the code, or the whole sign-in, has expired at Telegram: nothing but
   * another {@link #sendCode} helps, and the person then enters the new code.
   */
  public static boolean needsNewCode(RpcException e) {
    return switch (e.error()) {
      case "PHONE_CODE_EXPIRED", "PHONE_HASH_EXPIRED", "PHONE_CODE_HASH_EMPTY" -> true;
      default -> isRestart(e);
    };
  }

  /** The documentation has it with and without a number behind it. */
  private static boolean isRestart(RpcException e) {
    return e.error().startsWith("AUTH_RESTART");
  }

  /** Requests a code from Telegram; it invalidates the code of an earlier call. */
  public CodeRequest sendCode() throws InterruptedException {
    patience = new StepPatience();
    return newCode();
  }

  private CodeRequest newCode() throws InterruptedException {
    CodeSettings settings =
        CodeSettings.builder()
            .currentNumber(false)
            .logoutTokens(logOutTokens.isEmpty() ? null : logOutTokens)
            .build();
    Auth.SendCode method =
        new Auth.SendCode(phone, client.options().apiId(), client.options().apiHash(), settings);
    try {
      return taken(retrying(() -> once(method)));
    } catch (RpcException e) {
      if (e.is("SESSION_PASSWORD_NEEDED")) {
        return new CodeRequest.PasswordNeeded(hint());
      }
      throw e;
    }
  }

  /**
   * Asks for the code once more, the next way that {@link CodeRequest.Sent#next} named, not before
   * {@link CodeRequest.Sent#resendAfter}. When the code before has expired, the first way is taken
   * again.
   */
  public CodeRequest resendCode() throws InterruptedException {
    patience = new StepPatience();
    try {
      return taken(resend());
    } catch (RpcException e) {
      if (needsNewCode(e)) {
        return newCode();
      }
      throw e;
    }
  }

  private TypeSentCode resend() throws InterruptedException {
    return retrying(
        () -> once(Auth.ResendCode.builder().phoneNumber(phone).phoneCodeHash(codeHash()).build()));
  }

  /** Cancels the code at Telegram. */
  public void cancelCode() throws InterruptedException {
    call(new Auth.CancelCode(phone, codeHash()), CallOptions.REPEATABLE);
    phoneCodeHash = "";
  }

  /**
   * Gives the account the e-mail address that it needs first ({@link
   * CodeDelivery.EmailSetUpRequired}); a code is sent there.
   *
   * @return the address with most of it hidden
   */
  public String sendEmailCode(String email) throws InterruptedException {
    SentEmailCode sent = once(new Account.SendVerifyEmailCode(emailPurpose(), email));
    return sent.emailPattern();
  }

  /**
   * Confirms the e-mail address with the code that came there; Telegram then sends the real one.
   */
  public CodeRequest verifyEmail(String code) throws InterruptedException {
    patience = new StepPatience();
    var verified = once(new Account.VerifyEmail(emailPurpose(), new EmailVerificationCode(code)));
    if (verified instanceof EmailVerifiedLogin login) {
      return taken(login.sentCode());
    }
    throw new ProtocolException("account.verifyEmail did not answer with a new code");
  }

  /** Signs in with the code that the person got. */
  public SignInResult signIn(String code) throws InterruptedException {
    patience = new StepPatience();
    Auth.SignIn.Builder builder =
        Auth.SignIn.builder().phoneNumber(phone).phoneCodeHash(codeHash());
    if (codeByEmail) {
      builder.emailVerification(new EmailVerificationCode(code));
    } else {
      builder.phoneCode(code);
    }
    Auth.SignIn method = builder.build();
    return accepting(() -> enter(method), true);
  }

  private SignInResult enter(Auth.SignIn method) throws InterruptedException {
    try {
      return switch (once(method)) {
        case Authorization authorization -> new SignInResult.SignedIn(accepted(authorization));
        case AuthorizationSignUpRequired none -> new SignInResult.NoSuchAccount();
      };
    } catch (RpcException e) {
      if (e.is("SESSION_PASSWORD_NEEDED")) {
        return new SignInResult.PasswordNeeded(hint());
      }
      if (e.is("PHONE_NUMBER_UNOCCUPIED")) {
        return new SignInResult.NoSuchAccount();
      }
      throw e;
    }
  }

  /**
   * Proves the two-step password without sending it (core.telegram.org/api/srp).
   *
   * @throws RpcException {@code PASSWORD_HASH_INVALID} when it is wrong
   */
  public Me checkPassword(String password) throws InterruptedException {
    patience = new StepPatience();
    SignInResult result = accepting(() -> prove(password), false);
    if (result instanceof SignInResult.SignedIn(Me me)) {
      return me;
    }
    throw new ProtocolException("auth.checkPassword did not answer with an account");
  }

  private SignInResult prove(String password) throws InterruptedException {
    while (true) {
      try {
        TypeAuthorization answer = once(new Auth.CheckPassword(client.proof(password, password())));
        if (answer instanceof Authorization authorization) {
          return new SignInResult.SignedIn(accepted(authorization));
        }
        throw new ProtocolException("auth.checkPassword did not answer with an account");
      } catch (RpcException e) {
        // Its parameters live for a short time only.
        boolean outOfDate = e.is("SRP_ID_INVALID") || e.is("SRP_PASSWORD_CHANGED");
        if (!outOfDate || !patience.bearsRenewal()) {
          throw e;
        }
      }
      client.pause(patience.pauses());
    }
  }

  private Password password() throws InterruptedException {
    return retrying(() -> call(new Account.GetPassword(), CallOptions.REPEATABLE));
  }

  /** The hint is a help, not a condition: without an answer there is none. */
  private @Nullable String hint() throws InterruptedException {
    try {
      return password().hint();
    } catch (RpcException | CallFailedException e) {
      return null;
    }
  }

  /** Skips ways that work in Telegram's own apps only, as long as Telegram names another one. */
  private CodeRequest taken(TypeSentCode first) throws InterruptedException {
    TypeSentCode answer = first;
    for (int skipped = 0; ; skipped++) {
      switch (answer) {
        case SentCodeSuccess success -> {
          return signedIn(success);
        }
        case SentCodePaymentRequired payment -> {
          phoneCodeHash = payment.phoneCodeHash();
          return new CodeRequest.PaymentRequired(payment.currency(), payment.amount());
        }
        case SentCode sent -> {
          phoneCodeHash = sent.phoneCodeHash();
          codeByEmail = sent.type() instanceof SentCodeTypeEmailCode;
          boolean usable = !(sent.type() instanceof SentCodeTypeFirebaseSms);
          if (usable || sent.nextType() == null) {
            return sent(sent);
          }
          if (skipped == MAX_SKIPPED) {
            // Telegram names another way each time, and then does not take it.
            return new CodeRequest.Sent(new CodeDelivery.OfficialAppsOnly(), null, null);
          }
        }
      }
      client.pause(skipped);
      answer = resend();
    }
  }

  private CodeRequest signedIn(SentCodeSuccess success) {
    if (success.authorization() instanceof Authorization authorization) {
      return new CodeRequest.SignedIn(accepted(authorization));
    }
    throw new ProtocolException("auth.sentCodeSuccess without an account");
  }

  private static CodeRequest sent(SentCode sent) {
    Integer timeout = sent.timeout();
    return new CodeRequest.Sent(
        delivery(sent.type()),
        sent.nextType() == null ? null : next(sent.nextType()),
        timeout == null ? null : Duration.ofSeconds(timeout));
  }

  private static CodeDelivery delivery(TypeSentCodeType type) {
    return switch (type) {
      case SentCodeTypeApp app -> new CodeDelivery.App(app.length());
      case SentCodeTypeSms sms -> new CodeDelivery.Sms(sms.length());
      case SentCodeTypeCall call -> new CodeDelivery.Call(call.length());
      case SentCodeTypeFlashCall call -> new CodeDelivery.FlashCall(call.pattern());
      case SentCodeTypeMissedCall call -> new CodeDelivery.MissedCall(call.prefix(), call.length());
      case SentCodeTypeEmailCode email ->
          new CodeDelivery.Email(email.emailPattern(), email.length());
      case SentCodeTypeSetUpEmailRequired setUp -> new CodeDelivery.EmailSetUpRequired();
      case SentCodeTypeFragmentSms fragment ->
          new CodeDelivery.Fragment(fragment.url(), fragment.length());
      case SentCodeTypeFirebaseSms firebase -> new CodeDelivery.OfficialAppsOnly();
      case SentCodeTypeSmsWord word -> new CodeDelivery.SmsWord(word.beginning());
      case SentCodeTypeSmsPhrase phrase -> new CodeDelivery.SmsPhrase(phrase.beginning());
    };
  }

  private static CodeDelivery.Next next(TypeCodeType type) {
    return switch (type) {
      case CodeTypeSms sms -> CodeDelivery.Next.SMS;
      case CodeTypeCall call -> CodeDelivery.Next.CALL;
      case CodeTypeFlashCall call -> CodeDelivery.Next.FLASH_CALL;
      case CodeTypeMissedCall call -> CodeDelivery.Next.MISSED_CALL;
      case CodeTypeFragmentSms fragment -> CodeDelivery.Next.FRAGMENT;
    };
  }

  private Me accepted(Authorization authorization) {
    return accepted(Me.of(authorization.user()));
  }

  private Me accepted(Me me) {
    phoneCodeHash = "";
    client.signedIn(me);
    return me;
  }

  // --- calls ---------------------------------------------------------------------------------

  private interface Sending<R> {
    R send() throws InterruptedException;
  }

  private <R> R once(TlMethod<R> method) throws InterruptedException {
    return call(method, CallOptions.ONCE);
  }

  private <R> R call(TlMethod<R> method, CallOptions how) throws InterruptedException {
    floodGate.check(method.getClass());
    try {
      return client.invoke(method, how);
    } catch (RpcException.FloodWait wait) {
      floodGate.close(method.getClass(), wait);
      throw wait;
    }
  }

  private <R> R retrying(Sending<R> sending) throws InterruptedException {
    while (true) {
      try {
        return sending.send();
      } catch (RpcException e) {
        if (!patience.bears(e)) {
          throw e;
        }
      }
      client.pause(patience.pauses());
    }
  }

  /**
   * Sends what may sign the key in. After a failure of Telegram's it is open whether that has
   * happened, so the answer to "who am I" comes before another attempt.
   *
   * @param codeEntered whether it is the code, after which the password may be asked for
   */
  private SignInResult accepting(Sending<SignInResult> sending, boolean codeEntered)
      throws InterruptedException {
    while (true) {
      RpcException failure;
      try {
        return sending.send();
      } catch (RpcException e) {
        if (isRestart(e) || !patience.bears(e)) {
          throw e;
        }
        failure = e;
      }
      client.pause(patience.pauses());
      try {
        return new SignInResult.SignedIn(accepted(retrying(client::whoAmI)));
      } catch (RpcException e) {
        if (e.code() != NOT_SIGNED_IN) {
          throw unknown(failure, e);
        }
        if (codeEntered && e.is("SESSION_PASSWORD_NEEDED")) {
          return new SignInResult.PasswordNeeded(hint());
        }
      } catch (MtprotoException e) {
        throw unknown(failure, e);
      }
    }
  }

  /** The failure that left it open, not the one that kept it open. */
  private static RpcException unknown(RpcException failure, MtprotoException asking) {
    failure.addSuppressed(asking);
    return failure;
  }

  private EmailVerifyPurposeLoginSetup emailPurpose() {
    return new EmailVerifyPurposeLoginSetup(phone, codeHash());
  }

  private String codeHash() {
    if (phoneCodeHash.isEmpty()) {
      throw new IllegalStateException("ask for a code first");
    }
    return phoneCodeHash;
  }

  @Override
  public String toString() {
    return "SignIn";
  }
}
