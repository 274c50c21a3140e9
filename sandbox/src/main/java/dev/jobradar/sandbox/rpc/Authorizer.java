package dev.jobradar.sandbox.rpc;

import dev.jobradar.sandbox.event.Event;
import dev.jobradar.sandbox.event.EventListener;
import dev.jobradar.sandbox.world.Authorization;
import dev.jobradar.sandbox.world.KeyId;
import dev.jobradar.sandbox.world.RpcErrorException;
import dev.jobradar.sandbox.world.User;
import dev.jobradar.sandbox.world.UserId;
import dev.jobradar.sandbox.world.World;
import dev.jobradar.tl.api.auth.TypeAuthorization;
import java.util.function.Consumer;

/** The last step of every way to sign in, and signing out. */
final class Authorizer {

  private final World world;
  private final Views views;
  private final Passwords passwords;
  private final EventListener events;
  private final Consumer<KeyId> detach;

  /**
   * @param detach ends what the sessions of a key have from being signed in
   */
  Authorizer(
      World world, Views views, Passwords passwords, EventListener events, Consumer<KeyId> detach) {
    this.world = world;
    this.views = views;
    this.passwords = passwords;
    this.events = events;
    this.detach = detach;
  }

  /**
   * Signs the caller in, unless the account has a two-step password: then that is asked for.
   *
   * @throws RpcErrorException SESSION_PASSWORD_NEEDED
   */
  TypeAuthorization proven(Caller caller, User user) {
    if (user.twoStep()) {
      passwords.expect(caller.key(), user.id());
      throw new RpcErrorException(401, "SESSION_PASSWORD_NEEDED");
    }
    return complete(caller, user);
  }

  /** Signs the caller in. */
  TypeAuthorization complete(Caller caller, User user) {
    passwords.forget(caller.key());
    // Sessions of another account that the key may have been signed in to.
    detach.accept(caller.key());
    world.signIn(caller.key(), user.id(), caller.dc(), caller.device());
    caller.link().signedIn(user.id());
    events.on(new Event.SignedIn(caller.key().value(), user.id().value(), caller.dc()));
    return answer(user);
  }

  /**
   * Authorises the caller at a data centre that is not the account's own, for files. Such
   * connections run beside the main one and are not counted with it.
   */
  TypeAuthorization authorise(Caller caller, User user) {
    world.signIn(caller.key(), user.id(), caller.dc(), caller.device());
    return answer(user);
  }

  private TypeAuthorization answer(User user) {
    return dev.jobradar.tl.api.auth.Authorization.builder()
        .user(views.user(user.id(), user))
        .build();
  }

  /** Signs a key out. */
  void end(KeyId key) {
    world.signOut(key);
    detach.accept(key);
  }

  /** Ends all sign-ins of the caller's account but the caller's own. */
  void endOthers(Caller caller) {
    world.signOutOthers(caller.key()).forEach(detach);
  }

  /** Ends the sign-in with this number; none if the account has no such. */
  void endByHash(UserId me, long hash) {
    KeyId key =
        world.authorizations(me).stream()
            .filter(authorization -> authorization.hash() == hash)
            .map(Authorization::key)
            .findFirst()
            .orElseThrow(() -> RpcErrorException.badRequest("HASH_INVALID"));
    end(key);
  }
}
