package dev.jobradar.sandbox.rpc;

import dev.jobradar.sandbox.fault.Fault;
import dev.jobradar.sandbox.fault.Faults;
import dev.jobradar.sandbox.net.ClientLink.BindResult;
import dev.jobradar.sandbox.world.KeyId;
import dev.jobradar.sandbox.world.RpcErrorException;
import dev.jobradar.sandbox.world.User;
import dev.jobradar.sandbox.world.UserId;
import dev.jobradar.sandbox.world.World;
import dev.jobradar.tl.Bytes;
import dev.jobradar.tl.api.UpdateLoginToken;
import dev.jobradar.tl.api.UpdateShort;
import dev.jobradar.tl.api.auth.AuthorizationSignUpRequired;
import dev.jobradar.tl.api.auth.CodeTypeCall;
import dev.jobradar.tl.api.auth.CodeTypeSms;
import dev.jobradar.tl.api.auth.ExportedAuthorization;
import dev.jobradar.tl.api.auth.LoggedOut;
import dev.jobradar.tl.api.auth.LoginToken;
import dev.jobradar.tl.api.auth.LoginTokenMigrateTo;
import dev.jobradar.tl.api.auth.LoginTokenSuccess;
import dev.jobradar.tl.api.auth.SentCode;
import dev.jobradar.tl.api.auth.SentCodeSuccess;
import dev.jobradar.tl.api.auth.SentCodeTypeApp;
import dev.jobradar.tl.api.auth.SentCodeTypeCall;
import dev.jobradar.tl.api.auth.SentCodeTypeSms;
import dev.jobradar.tl.api.auth.TypeAuthorization;
import dev.jobradar.tl.api.auth.TypeLoginToken;
import dev.jobradar.tl.api.auth.TypeSentCode;
import dev.jobradar.tl.api.method.Auth;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The {@code auth.} methods (api/auth, api/srp, api/qr-login, api/pfs). */
final class AuthMethods {

  /** After this many seconds a client may ask for the next way. */
  private static final int TIMEOUT = 60;

  private static final int MAX_NAME = 64;

  private final World world;
  private final int dataCentres;
  private final PhoneRules phones;
  private final SentCodes codes;
  private final Passwords passwords;
  private final LoginTokens tokens;
  private final Exports exports;
  private final Authorizer signIns;
  private final Faults faults;

  AuthMethods(
      World world,
      int dataCentres,
      SentCodes codes,
      Passwords passwords,
      LoginTokens tokens,
      Exports exports,
      Authorizer signIns,
      Faults faults) {
    this.world = world;
    this.dataCentres = dataCentres;
    this.phones = new PhoneRules(dataCentres);
    this.codes = codes;
    this.passwords = passwords;
    this.tokens = tokens;
    this.exports = exports;
    this.signIns = signIns;
    this.faults = faults;
  }

  void register(MethodTable methods) {
    methods.open(Auth.SendCode.class, this::sendCode);
    methods.open(Auth.ResendCode.class, this::resend);
    methods.open(
        Auth.CancelCode.class,
        (call, caller) -> {
          codes.cancel(phones.parse(call.phoneNumber()), call.phoneCodeHash());
          return true;
        });
    methods.open(Auth.SignIn.class, this::signIn);
    methods.open(Auth.SignUp.class, this::signUp);
    methods.open(Auth.CheckPassword.class, this::checkPassword);
    methods.refused(Auth.ImportBotAuthorization.class, "ACCESS_TOKEN_INVALID");
    methods.refused(Auth.RequestPasswordRecovery.class, "PASSWORD_RECOVERY_NA");
    methods.refused(Auth.RecoverPassword.class, "PASSWORD_RECOVERY_NA");
    methods.open(Auth.BindTempAuthKey.class, this::bind);
    methods.open(Auth.DropTempAuthKeys.class, this::dropTemporaryKeys);
    methods.open(Auth.ImportAuthorization.class, this::importAuthorization);
    methods.open(Auth.ExportLoginToken.class, this::exportLoginToken);
    methods.open(Auth.ImportLoginToken.class, (call, caller) -> tokenSuccess(caller, call.token()));
    methods.signedIn(Auth.AcceptLoginToken.class, this::acceptLoginToken);
    // Not at home alone: an account that was moved away takes its sign-in along from where it was.
    methods.anywhere(Auth.ExportAuthorization.class, this::exportAuthorization);
    methods.anywhere(Auth.LogOut.class, this::logOut);
    methods.signedIn(
        Auth.ResetAuthorizations.class,
        (call, caller) -> {
          signIns.endOthers(caller);
          return true;
        });
  }

  // Codes

  private TypeSentCode sendCode(Auth.SendCode call, Caller caller) {
    requireApi(call.apiId(), call.apiHash());
    String phone = phones.parse(call.phoneNumber());
    requireHome(phone, caller);
    Optional<User> user = world.userByPhone(phone);
    List<Bytes> logoutTokens = call.settings().logoutTokens();
    if (user.isPresent() && logoutTokens != null && useToken(user.get(), logoutTokens)) {
      return new SentCodeSuccess(signIns.proven(caller, user.get()));
    }
    boolean signedInElsewhere =
        user.map(known -> !world.authorizations(known.id()).isEmpty()).orElse(false);
    SentCodes.Way way = signedInElsewhere ? SentCodes.Way.APP : SentCodes.Way.SMS;
    SentCodes.Sent sent = codes.make(phone, phones.fixedCode(phone).orElse(null), way);
    if (signedInElsewhere) {
      writeInApp(user.orElseThrow().id(), sent.code());
    }
    return sent(sent);
  }

  private SentCode resend(Auth.ResendCode call, Caller caller) {
    String phone = phones.parse(call.phoneNumber());
    boolean repeat = faults.strike(Fault.RepeatCodeType.class, () -> caller.place(call)) != null;
    return sent(
        repeat
            ? codes.repeat(phone, call.phoneCodeHash())
            : codes.resend(phone, call.phoneCodeHash()));
  }

  private boolean useToken(User user, List<Bytes> logoutTokens) {
    return logoutTokens.stream()
        .anyMatch(
            token -> world.useToken(user.id(), HexFormat.of().formatHex(token.toByteArray())));
  }

  /** The account's other clients get the code as a message. */
  private void writeInApp(UserId user, String code) {
    String text = "Login code: " + code + ". It is for the sandbox only.";
    long randomId = ThreadLocalRandom.current().nextLong();
    world.send(User.SERVICE, user, text, List.of(), randomId, null);
  }

  private static SentCode sent(SentCodes.Sent sent) {
    int length = sent.code().length();
    SentCode.Builder answer = SentCode.builder().phoneCodeHash(sent.hash());
    switch (sent.way()) {
      case APP -> answer.type(new SentCodeTypeApp(length)).nextType(new CodeTypeSms());
      case SMS ->
          answer.type(new SentCodeTypeSms(length)).nextType(new CodeTypeCall()).timeout(TIMEOUT);
      case CALL -> answer.type(new SentCodeTypeCall(length));
    }
    return answer.build();
  }

  private static void requireApi(int apiId, String apiHash) {
    if (apiId <= 0 || apiHash.isEmpty()) {
      throw RpcErrorException.badRequest("API_ID_INVALID");
    }
  }

  private void requireHome(String phone, Caller caller) {
    int home = world.userByPhone(phone).map(User::homeDc).orElse(phones.homeDc(phone));
    if (home != caller.dc()) {
      throw new RpcErrorException(303, "PHONE_MIGRATE_" + home);
    }
  }

  // Signing in

  private TypeAuthorization signIn(Auth.SignIn call, Caller caller) {
    String phone = phones.parse(call.phoneNumber());
    requireHome(phone, caller);
    String code = call.phoneCode() == null ? "" : call.phoneCode();
    codes.check(phone, call.phoneCodeHash(), code);
    if (world.userByPhone(phone).isEmpty() && phones.mustSignUp(phone)) {
      return AuthorizationSignUpRequired.builder().build();
    }
    codes.done(phone);
    return signIns.proven(caller, account(phone, null, ""));
  }

  private TypeAuthorization signUp(Auth.SignUp call, Caller caller) {
    String phone = phones.parse(call.phoneNumber());
    requireHome(phone, caller);
    if (world.userByPhone(phone).isPresent()) {
      throw RpcErrorException.badRequest("PHONE_NUMBER_OCCUPIED");
    }
    codes.requireProven(phone, call.phoneCodeHash());
    if (call.firstName().isBlank() || call.firstName().length() > MAX_NAME) {
      throw RpcErrorException.badRequest("FIRSTNAME_INVALID");
    }
    if (call.lastName().length() > MAX_NAME) {
      throw RpcErrorException.badRequest("LASTNAME_INVALID");
    }
    codes.done(phone);
    return signIns.complete(caller, account(phone, call.firstName(), call.lastName()));
  }

  private User account(String phone, @Nullable String first, String last) {
    return world.userByPhone(
        phone, (id, number, now) -> phones.newcomer(id, number, now, first, last));
  }

  private TypeAuthorization checkPassword(Auth.CheckPassword call, Caller caller) {
    UserId user =
        passwords
            .expected(caller.key())
            .orElseThrow(() -> new RpcErrorException(401, "AUTH_KEY_UNREGISTERED"));
    passwords.check(caller.key(), call.password());
    return signIns.complete(caller, world.user(user).orElseThrow());
  }

  private LoggedOut logOut(Auth.LogOut call, Caller caller) {
    String token = world.issueToken(caller.me());
    signIns.end(caller.key());
    return LoggedOut.builder().futureAuthToken(Bytes.of(HexFormat.of().parseHex(token))).build();
  }

  // Keys and data centres

  private boolean bind(Auth.BindTempAuthKey call, Caller caller) {
    BindResult result =
        caller
            .link()
            .bind(
                caller.call(),
                new KeyId(call.permAuthKeyId()),
                call.nonce(),
                call.expiresAt(),
                call.encryptedMessage().toByteArray());
    if (result != BindResult.BOUND) {
      throw RpcErrorException.badRequest(result.name());
    }
    return true;
  }

  private boolean dropTemporaryKeys(Auth.DropTempAuthKeys call, Caller caller) {
    List<KeyId> kept = call.exceptAuthKeys().stream().map(KeyId::new).toList();
    world.dropTemporaryKeys(caller.key(), kept);
    return true;
  }

  private ExportedAuthorization exportAuthorization(Auth.ExportAuthorization call, Caller caller) {
    if (call.dcId() < 1 || call.dcId() > dataCentres || call.dcId() == caller.dc()) {
      throw RpcErrorException.badRequest("DC_ID_INVALID");
    }
    UserId me = caller.me();
    return new ExportedAuthorization(me.value(), exports.make(me, call.dcId()));
  }

  private TypeAuthorization importAuthorization(Auth.ImportAuthorization call, Caller caller) {
    UserId user = new UserId(call.id());
    exports.use(call.bytes(), user, caller.dc());
    return signIns.authorise(caller, world.user(user).orElseThrow());
  }

  // Tokens shown as a QR code

  private TypeLoginToken exportLoginToken(Auth.ExportLoginToken call, Caller caller) {
    requireApi(call.apiId(), call.apiHash());
    Optional<LoginTokens.Accepted> accepted = tokens.accepted(caller.key());
    if (accepted.isPresent()) {
      int home = world.user(accepted.get().user()).map(User::homeDc).orElseThrow();
      return home == caller.dc()
          ? tokenSuccess(caller, accepted.get().token())
          : new LoginTokenMigrateTo(home, accepted.get().token());
    }
    ApiSession session = caller.session();
    Runnable tell = () -> session.push(new UpdateShort(new UpdateLoginToken(), world.now()));
    LoginTokens.Token token = tokens.make(caller.key(), caller.device(), tell);
    return new LoginToken(token.expires(), token.token());
  }

  private TypeLoginToken tokenSuccess(Caller caller, Bytes token) {
    User user = world.user(tokens.use(token)).orElseThrow();
    if (user.homeDc() != caller.dc()) {
      throw new RpcErrorException(303, "USER_MIGRATE_" + user.homeDc());
    }
    return new LoginTokenSuccess(signIns.proven(caller, user));
  }

  private dev.jobradar.tl.api.Authorization acceptLoginToken(
      Auth.AcceptLoginToken call, Caller caller) {
    return AccountMethods.view(
        tokens.accept(call.token(), caller.me()), 0, world.now(), world.now(), false);
  }
}
