package dev.jobradar.telegram.signin;

import dev.jobradar.mtproto.CallFailedException;
import dev.jobradar.mtproto.ProtocolException;
import dev.jobradar.mtproto.RpcException;
import dev.jobradar.mtproto.client.CallOptions;
import dev.jobradar.mtproto.crypto.DhGroup;
import dev.jobradar.mtproto.crypto.SrpAnswer;
import dev.jobradar.mtproto.crypto.SrpParameters;
import dev.jobradar.telegram.Me;
import dev.jobradar.telegram.TelegramClient;
import dev.jobradar.tl.Bytes;
import dev.jobradar.tl.api.CodeSettings;
import dev.jobradar.tl.api.EmailVerificationCode;
import dev.jobradar.tl.api.EmailVerifyPurposeLoginSetup;
import dev.jobradar.tl.api.InputCheckPasswordSRP;
import dev.jobradar.tl.api.PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow;
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
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One sign-in with one phone number, from {@link #sendCode} to a signed-in client.
 *
 * <p>Errors that a person can mend come as {@link RpcException} with their Telegram names: {@code
 * PHONE_NUMBER_INVALID}, {@code PHONE_CODE_INVALID} (try again), {@code PHONE_CODE_EXPIRED} (ask
 * for another), {@code PASSWORD_HASH_INVALID} (wrong password), {@code PHONE_NUMBER_BANNED}, and
 * {@link RpcException.FloodWait}. A data centre that sends the number elsewhere is followed by the
 * client.
 *
 * <p>For one thread at a time. It holds phone number and password no longer than needed, and shows
 * neither.
 */
public final class SignIn {
  private static final SecureRandom RANDOM = new SecureRandom();

  /** How often the password's parameters are fetched anew when they have changed meanwhile. */
  private static final int SRP_ATTEMPTS = 3;

  private final TelegramClient client;
  private final String phone;
  private final List<Bytes> logOutTokens;
  private String phoneCodeHash = "";
  private boolean codeByEmail;

  /**
   * @param client not signed in
   * @param phone with the country code; other characters than digits are left out
   * @param logOutTokens tokens of earlier log-outs of this phone number, which can make a code
   *     unnecessary ({@code auth.loggedOut.future_auth_token}); the last 20 count
   * @throws IllegalArgumentException when there are no digits in the phone number
   */
  public SignIn(TelegramClient client, String phone, List<Bytes> logOutTokens) {
    this.client = client;
    this.phone = phone.replaceAll("[^0-9]", "");
    if (this.phone.isEmpty() || this.phone.length() > 20) {
      throw new IllegalArgumentException("a phone number has 1 to 20 digits");
    }
    int from = Math.max(0, logOutTokens.size() - 20);
    this.logOutTokens = List.copyOf(logOutTokens.subList(from, logOutTokens.size()));
  }

  private CallOptions once() {
    return CallOptions.ONCE.within(client.options().callTimeout());
  }

  private CallOptions repeatable() {
    return CallOptions.REPEATABLE.within(client.options().callTimeout());
  }

  /** Asks Telegram for a code. */
  public CodeRequest sendCode() throws InterruptedException {
    CodeSettings settings =
        CodeSettings.builder()
            .currentNumber(false)
            .logoutTokens(logOutTokens.isEmpty() ? null : logOutTokens)
            .build();
    try {
      return taken(
          client.invoke(
              new Auth.SendCode(
                  phone, client.options().apiId(), client.options().apiHash(), settings),
              once()));
    } catch (RpcException e) {
      if (e.is("SESSION_PASSWORD_NEEDED")) {
        return new CodeRequest.PasswordNeeded(hint());
      }
      throw e;
    }
  }

  /**
   * Asks for the code once more, the next way that {@link CodeRequest.Sent#next} named, not before
   * {@link CodeRequest.Sent#resendAfter}.
   */
  public CodeRequest resendCode() throws InterruptedException {
    return taken(
        client.invoke(
            Auth.ResendCode.builder().phoneNumber(phone).phoneCodeHash(codeHash()).build(),
            once()));
  }

  /** Tells Telegram that the code is not wanted any more. */
  public void cancelCode() throws InterruptedException {
    client.invoke(new Auth.CancelCode(phone, codeHash()), repeatable());
    phoneCodeHash = "";
  }

  /**
   * Gives the account the e-mail address that it needs first ({@link
   * CodeDelivery.EmailSetUpRequired}); a code is sent there.
   *
   * @return the address with most of it hidden
   */
  public String sendEmailCode(String email) throws InterruptedException {
    SentEmailCode sent =
        client.invoke(new Account.SendVerifyEmailCode(emailPurpose(), email), once());
    return sent.emailPattern();
  }

  /**
   * Confirms the e-mail address with the code that came there; Telegram then sends the real one.
   */
  public CodeRequest verifyEmail(String code) throws InterruptedException {
    var verified =
        client.invoke(
            new Account.VerifyEmail(emailPurpose(), new EmailVerificationCode(code)), once());
    if (verified instanceof EmailVerifiedLogin login) {
      return taken(login.sentCode());
    }
    throw new ProtocolException("account.verifyEmail did not answer with a new code");
  }

  /** Signs in with the code that the person got. */
  public SignInResult signIn(String code) throws InterruptedException {
    Auth.SignIn.Builder method = Auth.SignIn.builder().phoneNumber(phone).phoneCodeHash(codeHash());
    if (codeByEmail) {
      method.emailVerification(new EmailVerificationCode(code));
    } else {
      method.phoneCode(code);
    }
    try {
      return switch (client.invoke(method.build(), once())) {
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
    for (int attempt = 1; ; attempt++) {
      try {
        TypeAuthorization answer = client.invoke(new Auth.CheckPassword(proof(password)), once());
        if (answer instanceof Authorization authorization) {
          return accepted(authorization);
        }
        throw new ProtocolException("auth.checkPassword did not answer with an account");
      } catch (RpcException e) {
        // Its parameters live for a short time only.
        if (attempt == SRP_ATTEMPTS || !(e.is("SRP_ID_INVALID") || e.is("SRP_PASSWORD_CHANGED"))) {
          throw e;
        }
      }
    }
  }

  private InputCheckPasswordSRP proof(String password) throws InterruptedException {
    Password parameters = password();
    Bytes srpB = parameters.srpB();
    Long srpId = parameters.srpId();
    if (srpB == null
        || srpId == null
        || !(parameters.currentAlgo()
            instanceof PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow algo)) {
      throw new ProtocolException("account.getPassword names no way of proving that is known here");
    }
    DhGroup group = DhGroup.verify(new BigInteger(1, algo.p().toByteArray()), algo.g(), RANDOM);
    SrpAnswer answer =
        new SrpParameters(algo.salt1().toByteArray(), algo.salt2().toByteArray(), group)
            .answer(password.getBytes(StandardCharsets.UTF_8), srpB.toByteArray(), RANDOM);
    return new InputCheckPasswordSRP(srpId, Bytes.of(answer.a()), Bytes.of(answer.m1()));
  }

  private Password password() throws InterruptedException {
    return client.invoke(new Account.GetPassword(), repeatable());
  }

  /** The hint is a help, not a condition: without an answer there is none. */
  private @Nullable String hint() throws InterruptedException {
    try {
      return password().hint();
    } catch (RpcException | CallFailedException e) {
      return null;
    }
  }

  private CodeRequest taken(TypeSentCode answer) throws InterruptedException {
    return switch (answer) {
      case SentCode sent -> taken(sent);
      case SentCodeSuccess success -> {
        if (success.authorization() instanceof Authorization authorization) {
          yield new CodeRequest.SignedIn(accepted(authorization));
        }
        throw new ProtocolException("auth.sentCodeSuccess without an account");
      }
      case SentCodePaymentRequired payment -> {
        phoneCodeHash = payment.phoneCodeHash();
        yield new CodeRequest.PaymentRequired(payment.currency(), payment.amount());
      }
    };
  }

  private CodeRequest taken(SentCode sent) throws InterruptedException {
    phoneCodeHash = sent.phoneCodeHash();
    codeByEmail = sent.type() instanceof SentCodeTypeEmailCode;
    if (sent.type() instanceof SentCodeTypeFirebaseSms && sent.nextType() != null) {
      // Works in Telegram's own apps only: go straight to the next way.
      return resendCode();
    }
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
    Me me = Me.of(authorization.user());
    phoneCodeHash = "";
    client.signedIn(me);
    return me;
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
