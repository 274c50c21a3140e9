package dev.jobradar.sandbox.rpc;

import dev.jobradar.sandbox.world.Device;
import dev.jobradar.sandbox.world.KeyId;
import dev.jobradar.sandbox.world.RpcErrorException;
import dev.jobradar.sandbox.world.User;
import dev.jobradar.sandbox.world.UserId;
import dev.jobradar.sandbox.world.World;
import dev.jobradar.tl.api.AccountDaysTTL;
import dev.jobradar.tl.api.Authorization;
import dev.jobradar.tl.api.GlobalPrivacySettings;
import dev.jobradar.tl.api.PrivacyValueAllowAll;
import dev.jobradar.tl.api.TypeUser;
import dev.jobradar.tl.api.account.Authorizations;
import dev.jobradar.tl.api.account.ContentSettings;
import dev.jobradar.tl.api.account.Password;
import dev.jobradar.tl.api.account.PrivacyRules;
import dev.jobradar.tl.api.account.WebAuthorizations;
import dev.jobradar.tl.api.method.Account;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The {@code account.} methods. */
final class AccountMethods {

  private static final int MAX_NAME = 64;
  private static final int DAYS = 365;

  private final World world;
  private final Views views;
  private final Passwords passwords;
  private final Authorizer signIns;

  AccountMethods(World world, Views views, Passwords passwords, Authorizer signIns) {
    this.world = world;
    this.views = views;
    this.passwords = passwords;
    this.signIns = signIns;
  }

  void register(MethodTable methods) {
    methods.open(Account.GetPassword.class, (call, caller) -> password(caller));
    methods.anywhere(Account.UpdateStatus.class, (call, caller) -> true);
    methods.anywhere(Account.UpdateDeviceLocked.class, (call, caller) -> true);
    methods.anywhere(Account.RegisterDevice.class, (call, caller) -> true);
    methods.anywhere(Account.UnregisterDevice.class, (call, caller) -> true);
    methods.signedIn(
        Account.GetAuthorizations.class,
        (call, caller) -> new Authorizations(DAYS, authorizations(caller.me(), caller.key())));
    methods.signedIn(
        Account.ResetAuthorization.class,
        (call, caller) -> {
          signIns.endByHash(caller.me(), call.hash());
          return true;
        });
    methods.signedIn(
        Account.GetWebAuthorizations.class,
        (call, caller) -> new WebAuthorizations(List.of(), List.of()));
    methods.signedIn(Account.UpdateProfile.class, this::updateProfile);
    methods.signedIn(Account.UpdateUsername.class, this::updateUsername);
    methods.signedIn(
        Account.CheckUsername.class,
        (call, caller) -> {
          requireUsername(call.username());
          return world.byUsername(call.username()).isEmpty();
        });
    methods.signedIn(Account.GetNotifySettings.class, (call, caller) -> Views.NOTIFY_SETTINGS);
    methods.signedIn(Account.GetAccountTTL.class, (call, caller) -> new AccountDaysTTL(DAYS));
    methods.signedIn(
        Account.GetContentSettings.class, (call, caller) -> ContentSettings.builder().build());
    methods.signedIn(
        Account.GetGlobalPrivacySettings.class,
        (call, caller) -> GlobalPrivacySettings.builder().build());
    methods.signedIn(
        Account.GetPrivacy.class,
        (call, caller) ->
            new PrivacyRules(List.of(new PrivacyValueAllowAll()), List.of(), List.of()));
  }

  /** Of the account that is signed in, or of the one whose password is being entered. */
  private Password password(Caller caller) {
    Optional<UserId> entering = passwords.expected(caller.key());
    UserId user = entering.isPresent() ? entering.get() : caller.me();
    boolean twoStep = world.user(user).map(User::twoStep).orElseThrow();
    return passwords.question(caller.key(), twoStep);
  }

  private List<Authorization> authorizations(UserId me, KeyId current) {
    int home = world.user(me).map(User::homeDc).orElseThrow();
    return world.authorizations(me).stream()
        .filter(authorization -> authorization.dc() == home)
        .map(authorization ->
            view(
                authorization.device(),
                // The current one has no number: it cannot be reset by it.
                authorization.key().equals(current) ? 0 : authorization.hash(),
                authorization.createdAt(),
                authorization.activeAt(),
                authorization.key().equals(current)))
        .toList();
  }

  static Authorization view(
      Device device, long hash, int createdAt, int activeAt, boolean current) {
    return Authorization.builder()
        .current(current)
        .hash(hash)
        .deviceModel(device.deviceModel())
        .platform("")
        .systemVersion(device.systemVersion())
        .apiId(device.apiId())
        .appName("api " + device.apiId())
        .appVersion(device.appVersion())
        .dateCreated(createdAt)
        .dateActive(activeAt)
        .ip("127.0.0.1")
        .country("")
        .region("")
        .build();
  }

  private TypeUser updateProfile(Account.UpdateProfile call, Caller caller) {
    User old = world.user(caller.me()).orElseThrow();
    String first = call.firstName() == null ? old.firstName() : call.firstName().strip();
    String last = call.lastName() == null ? old.lastName() : call.lastName().strip();
    if (first.isEmpty() || first.length() > MAX_NAME || last.length() > MAX_NAME) {
      throw RpcErrorException.badRequest("FIRSTNAME_INVALID");
    }
    return rename(old, first, last, old.username());
  }

  private TypeUser updateUsername(Account.UpdateUsername call, Caller caller) {
    User old = world.user(caller.me()).orElseThrow();
    String wanted = call.username().isEmpty() ? null : call.username();
    if (wanted != null) {
      requireUsername(wanted);
    }
    if (java.util.Objects.equals(wanted, old.username())) {
      throw RpcErrorException.badRequest("USERNAME_NOT_MODIFIED");
    }
    return rename(old, old.firstName(), old.lastName(), wanted);
  }

  private TypeUser rename(User old, String first, String last, @Nullable String username) {
    return views.user(old.id(), world.rename(old.id(), first, last, username));
  }

  private static void requireUsername(String username) {
    if (username.length() < 5 || !ContactMethods.USERNAME.matcher(username).matches()) {
      throw RpcErrorException.badRequest("USERNAME_INVALID");
    }
  }
}
