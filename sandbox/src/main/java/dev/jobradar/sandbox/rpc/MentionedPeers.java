package dev.jobradar.sandbox.rpc;

import dev.jobradar.sandbox.world.ChannelId;
import dev.jobradar.sandbox.world.ChannelInfo;
import dev.jobradar.sandbox.world.Peer;
import dev.jobradar.sandbox.world.Post;
import dev.jobradar.sandbox.world.PostExtras;
import dev.jobradar.sandbox.world.UserId;
import dev.jobradar.sandbox.world.World;
import dev.jobradar.tl.api.Message;
import dev.jobradar.tl.api.MessageEntityMentionName;
import dev.jobradar.tl.api.MessageFwdHeader;
import dev.jobradar.tl.api.MessageReplyHeader;
import dev.jobradar.tl.api.PeerChannel;
import dev.jobradar.tl.api.PeerChat;
import dev.jobradar.tl.api.PeerUser;
import dev.jobradar.tl.api.TypeChat;
import dev.jobradar.tl.api.TypeMessageEntity;
import dev.jobradar.tl.api.TypePeer;
import dev.jobradar.tl.api.TypeUser;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

  /** Those who are named in a post besides its channel. */
  MentionedPeers with(ChannelInfo channel, Post post) {
    with(channel);
    if (post.extras() == null) {
      return this;
    }
    PostExtras extras = post.extras();
    Message shape = extras.shape();
    if (channel.group() && extras.author() != null) {
      with(extras.author());
    }
    if (!channel.group() && channel.linked() != null) {
      with(channel.linked());
    }
    with(shape.fromId());
    with(shape.fwdFrom());
    if (shape.replyTo() instanceof MessageReplyHeader reply) {
      with(reply.replyToPeerId());
      with(reply.replyFrom());
    }
    if (shape.viaBotId() != null) {
      with(new UserId(shape.viaBotId()));
    }
    for (TypeMessageEntity entity :
        shape.entities() == null ? List.<TypeMessageEntity>of() : shape.entities()) {
      if (entity instanceof MessageEntityMentionName named) {
        with(new UserId(named.userId()));
      }
    }
    return this;
  }

  private void with(@Nullable MessageFwdHeader forward) {
    if (forward != null) {
      with(forward.fromId());
      with(forward.savedFromPeer());
    }
  }

  private void with(@Nullable TypePeer peer) {
    switch (peer) {
      case PeerChannel(long id) -> with(new ChannelId(id));
      case PeerUser(long id) -> with(new UserId(id));
      case PeerChat chat -> {}
      case null -> {}
    }
  }

  /** Whether nobody is named but this channel. */
  boolean areOnly(ChannelId channel) {
    return users.isEmpty() && chats.keySet().equals(Set.of(channel));
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
