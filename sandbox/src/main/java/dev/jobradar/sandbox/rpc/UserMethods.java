package dev.jobradar.sandbox.rpc;

import dev.jobradar.sandbox.world.RpcErrorException;
import dev.jobradar.sandbox.world.UserId;
import dev.jobradar.sandbox.world.World;
import dev.jobradar.tl.api.PeerSettings;
import dev.jobradar.tl.api.TypeInputUser;
import dev.jobradar.tl.api.TypeUser;
import dev.jobradar.tl.api.UserEmpty;
import dev.jobradar.tl.api.method.Users;
import dev.jobradar.tl.api.users.UserFull;
import java.util.ArrayList;
import java.util.List;

/** The {@code users.} methods. */
final class UserMethods {

  private final World world;
  private final Views views;
  private final Peers peers;

  UserMethods(World world, Views views, Peers peers) {
    this.world = world;
    this.views = views;
    this.peers = peers;
  }

  void register(MethodTable methods) {
    // Clients ask this of every data centre they have authorised at, to see whether they have.
    methods.anywhere(Users.GetUsers.class, (call, caller) -> users(caller.me(), call.id()));
    methods.signedIn(Users.GetFullUser.class, (call, caller) -> full(caller.me(), call.id()));
  }

  /** One that may not be named is left out or empty, as at Telegram; the rest come all the same. */
  private List<TypeUser> users(UserId me, List<TypeInputUser> inputs) {
    List<TypeUser> found = new ArrayList<>();
    for (TypeInputUser input : inputs) {
      try {
        found.add(view(me, peers.user(me, input)));
      } catch (RpcErrorException notNamed) {
        if (input instanceof dev.jobradar.tl.api.InputUser(long id, long hash)) {
          found.add(new UserEmpty(id));
        }
      }
    }
    return found;
  }

  private TypeUser view(UserId me, UserId id) {
    return views.user(me, world.user(id).orElseThrow());
  }

  private UserFull full(UserId me, TypeInputUser input) {
    UserId id = peers.user(me, input);
    var user =
        dev.jobradar.tl.api.UserFull.builder()
            .canPinMessage(true)
            .id(id.value())
            .settings(PeerSettings.builder().build())
            .notifySettings(Views.NOTIFY_SETTINGS)
            .commonChatsCount(0)
            .build();
    return new UserFull(user, List.of(), List.of(view(me, id)));
  }
}
