package dev.jobradar.sandbox.rpc;

import dev.jobradar.sandbox.world.ChannelId;
import dev.jobradar.sandbox.world.ChannelInfo;
import dev.jobradar.sandbox.world.Peer;
import dev.jobradar.sandbox.world.UserId;
import dev.jobradar.sandbox.world.World;
import dev.jobradar.tl.api.TypeChat;
import dev.jobradar.tl.api.TypeUser;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Those who are named in an answer: it brings each of them along, once. */
final class MentionedPeers {

  private final World world;
  private final Views views;
  private final UserId me;
  private final Map<ChannelId, TypeChat> chats = new LinkedHashMap<>();
  private final Map<UserId, TypeUser> users = new LinkedHashMap<>();

  MentionedPeers(World world, Views views, UserId me) {
    this.world = world;
    this.views = views;
    this.me = me;
  }

  MentionedPeers with(ChannelInfo channel) {
    chats.computeIfAbsent(channel.id(), id -> views.channel(me, channel));
    return this;
  }

  MentionedPeers with(Peer peer) {
    switch (peer) {
      case ChannelId id -> world.channel(id).ifPresent(this::with);
      case UserId id ->
          world.user(id).ifPresent(user -> users.computeIfAbsent(id, i -> views.user(me, user)));
    }
    return this;
  }

  List<TypeChat> chats() {
    return List.copyOf(chats.values());
  }

  List<TypeUser> users() {
    return List.copyOf(users.values());
  }
}
