package dev.jobradar.sandbox.rpc;

import dev.jobradar.sandbox.world.ChannelId;
import dev.jobradar.sandbox.world.ChannelInfo;
import dev.jobradar.sandbox.world.Peer;
import dev.jobradar.sandbox.world.RpcErrorException;
import dev.jobradar.sandbox.world.UserId;
import dev.jobradar.sandbox.world.World;
import dev.jobradar.tl.api.InputChannel;
import dev.jobradar.tl.api.InputChannelEmpty;
import dev.jobradar.tl.api.InputChannelFromMessage;
import dev.jobradar.tl.api.InputPeerChannel;
import dev.jobradar.tl.api.InputPeerSelf;
import dev.jobradar.tl.api.InputPeerUser;
import dev.jobradar.tl.api.InputUser;
import dev.jobradar.tl.api.InputUserSelf;
import dev.jobradar.tl.api.TypeInputChannel;
import dev.jobradar.tl.api.TypeInputPeer;
import dev.jobradar.tl.api.TypeInputUser;

/** The peer that a caller names, checked by the access hash that only this caller was given. */
final class Peers {

  private final World world;

  Peers(World world) {
    this.world = world;
  }

  /**
   * A peer.
   *
   * @throws RpcErrorException when there is none like that or the caller may not name it
   */
  Peer peer(UserId me, TypeInputPeer input) {
    return switch (input) {
      case InputPeerSelf self -> me;
      case InputPeerUser(long id, long hash) -> user(me, id, hash, "PEER_ID_INVALID");
      case InputPeerChannel(long id, long hash) -> channel(me, id, hash).id();
      default -> throw RpcErrorException.badRequest("PEER_ID_INVALID");
    };
  }

  /**
   * An account.
   *
   * @throws RpcErrorException when there is none like that or the caller may not name it
   */
  UserId user(UserId me, TypeInputUser input) {
    return switch (input) {
      case InputUserSelf self -> me;
      case InputUser(long id, long hash) -> user(me, id, hash, "USER_ID_INVALID");
      default -> throw RpcErrorException.badRequest("USER_ID_INVALID");
    };
  }

  private UserId user(UserId me, long number, long hash, String error) {
    UserId id = new UserId(number);
    boolean known = world.user(id).isPresent();
    if (!known || !id.equals(me) && world.accessHash(me, id) != hash) {
      throw RpcErrorException.badRequest(error);
    }
    return id;
  }

  /**
   * A channel that the caller may read: it is public, or the caller is in it.
   *
   * @throws RpcErrorException when there is none like that or the caller may not read it
   */
  ChannelInfo channel(UserId me, TypeInputChannel input) {
    return switch (input) {
      case InputChannel(long id, long hash) -> channel(me, id, hash);
      case InputChannelEmpty empty -> throw RpcErrorException.badRequest("CHANNEL_INVALID");
      case InputChannelFromMessage other -> throw RpcErrorException.badRequest("CHANNEL_INVALID");
    };
  }

  private ChannelInfo channel(UserId me, long number, long hash) {
    ChannelId id = new ChannelId(number);
    ChannelInfo channel =
        world.channel(id).orElseThrow(() -> RpcErrorException.badRequest("CHANNEL_INVALID"));
    if (world.accessHash(me, id) != hash) {
      throw RpcErrorException.badRequest("CHANNEL_INVALID");
    }
    if (channel.username() == null && !world.joined(me, id)) {
      throw RpcErrorException.badRequest("CHANNEL_PRIVATE");
    }
    return channel;
  }
}
