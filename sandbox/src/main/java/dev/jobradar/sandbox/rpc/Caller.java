package dev.jobradar.sandbox.rpc;

import dev.jobradar.sandbox.fault.FaultSite;
import dev.jobradar.sandbox.net.ClientLink;
import dev.jobradar.sandbox.net.RpcCall;
import dev.jobradar.sandbox.world.Authorization;
import dev.jobradar.sandbox.world.Device;
import dev.jobradar.sandbox.world.KeyId;
import dev.jobradar.sandbox.world.RpcErrorException;
import dev.jobradar.sandbox.world.User;
import dev.jobradar.sandbox.world.UserId;
import dev.jobradar.sandbox.world.World;
import dev.jobradar.tl.TlMethod;
import dev.jobradar.tl.api.ApiSchema;
import java.util.Objects;
import java.util.Set;

/**
 * Who calls a method, and from where.
 *
 * @param link the session
 * @param call the query
 * @param session where updates are pushed; its own actions are not pushed to it
 * @param device what the client says of itself
 */
record Caller(World world, ClientLink link, RpcCall call, ApiSession session, Device device) {

  KeyId key() {
    return link.key();
  }

  /** The number of the data centre that is called. */
  int dc() {
    return link.dc().value();
  }

  /**
   * Whose account it is.
   *
   * @throws RpcErrorException when the key is not signed in
   */
  UserId me() {
    return world
        .authorization(key())
        .map(Authorization::user)
        .orElseThrow(() -> new RpcErrorException(401, "AUTH_KEY_UNREGISTERED"));
  }

  /** Where a fault may strike this call. */
  FaultSite place(TlMethod<?> method) {
    UserId account = world.authorization(key()).map(Authorization::user).orElse(null);
    String name = Objects.requireNonNullElse(ApiSchema.nameOf(method.constructorId()), "");
    return FaultSite.of(dc(), key(), account).calling(Set.of(name)).in(CalledChannel.of(method));
  }

  /** Refuses an account that lives at another data centre. */
  void requireHome() {
    int home = world.user(me()).map(User::homeDc).orElseThrow();
    if (home != dc()) {
      throw new RpcErrorException(303, "USER_MIGRATE_" + home);
    }
  }
}
