package dev.jobradar.sandbox.rpc;

import dev.jobradar.sandbox.world.ChannelInfo;
import dev.jobradar.sandbox.world.Dialog;
import dev.jobradar.sandbox.world.RpcErrorException;
import dev.jobradar.sandbox.world.UserId;
import dev.jobradar.sandbox.world.World;
import dev.jobradar.tl.api.ChannelFull;
import dev.jobradar.tl.api.ChannelParticipantSelf;
import dev.jobradar.tl.api.ExportedMessageLink;
import dev.jobradar.tl.api.PhotoEmpty;
import dev.jobradar.tl.api.TypeChat;
import dev.jobradar.tl.api.TypeInputChannel;
import dev.jobradar.tl.api.TypeUpdates;
import dev.jobradar.tl.api.UpdateChannel;
import dev.jobradar.tl.api.channels.ChannelParticipant;
import dev.jobradar.tl.api.channels.SendAsPeers;
import dev.jobradar.tl.api.messages.ChatFull;
import dev.jobradar.tl.api.messages.ChatInviteJoinResultOk;
import dev.jobradar.tl.api.messages.Chats;
import dev.jobradar.tl.api.messages.SponsoredMessagesEmpty;
import dev.jobradar.tl.api.method.Channels;
import dev.jobradar.tl.api.method.Messages;
import java.util.ArrayList;
import java.util.List;

/** The methods about channels themselves. */
final class ChannelMethods {

  /** How many channels an account may be in. */
  static final int MAX_JOINED = 500;

  private static final int MAX_TITLE = 128;
  private static final int MAX_ABOUT = 255;

  private final World world;
  private final Views views;
  private final UpdateViews updates;
  private final Peers peers;

  ChannelMethods(World world, Views views, UpdateViews updates, Peers peers) {
    this.world = world;
    this.views = views;
    this.updates = updates;
    this.peers = peers;
  }

  void register(MethodTable methods) {
    methods.signedIn(Channels.GetChannels.class, (call, caller) -> list(caller.me(), call.id()));
    methods.signedIn(
        Channels.GetFullChannel.class, (call, caller) -> full(caller.me(), call.channel()));
    methods.signedIn(Channels.JoinChannel.class, this::join);
    methods.signedIn(Channels.LeaveChannel.class, this::leave);
    methods.signedIn(Channels.CreateChannel.class, this::create);
    methods.signedIn(Channels.GetParticipant.class, this::participant);
    methods.signedIn(
        Channels.GetParticipants.class,
        (call, caller) -> {
          peers.channel(caller.me(), call.channel());
          throw RpcErrorException.badRequest("CHAT_ADMIN_REQUIRED");
        });
    methods.signedIn(Channels.ExportMessageLink.class, this::link);
    methods.signedIn(
        Channels.GetSendAs.class,
        (call, caller) -> new SendAsPeers(List.of(), List.of(), List.of()));
    methods.signedIn(
        Channels.GetChannelRecommendations.class, (call, caller) -> new Chats(List.of()));
    methods.signedIn(
        Messages.GetSponsoredMessages.class, (call, caller) -> new SponsoredMessagesEmpty());
  }

  private Chats list(UserId me, List<TypeInputChannel> inputs) {
    List<TypeChat> channels = new ArrayList<>();
    inputs.forEach(input -> channels.add(views.channel(me, peers.channel(me, input))));
    return new Chats(channels);
  }

  private ChatFull full(UserId me, TypeInputChannel input) {
    ChannelInfo channel = peers.channel(me, input);
    Dialog dialog = world.dialog(me, channel.id());
    ChannelFull view =
        ChannelFull.builder()
            .participantsHidden(true)
            .id(channel.id().value())
            .about(channel.about())
            .participantsCount(channel.members())
            .readInboxMaxId(dialog.readInbox())
            .readOutboxMaxId(dialog.readOutbox())
            .unreadCount(dialog.unread())
            .chatPhoto(new PhotoEmpty(0))
            .notifySettings(Views.NOTIFY_SETTINGS)
            .botInfo(List.of())
            .linkedChatId(channel.linked() == null ? null : channel.linked().value())
            .pts(channel.pts())
            .build();
    MentionedPeers cast = new MentionedPeers(world, views, me).with(channel);
    if (channel.linked() != null) {
      cast.with(channel.linked());
    }
    return new ChatFull(view, cast.chats(), cast.users());
  }

  private ChatInviteJoinResultOk join(Channels.JoinChannel call, Caller caller) {
    UserId me = caller.me();
    ChannelInfo channel = peers.channel(me, call.channel());
    if (!world.joined(me, channel.id())
        && world.dialogs(me).stream().filter(this::inChannel).count() >= MAX_JOINED) {
      throw RpcErrorException.badRequest("CHANNELS_TOO_MUCH");
    }
    world.join(me, channel.id(), caller.session());
    return new ChatInviteJoinResultOk(changed(me, channel));
  }

  private boolean inChannel(Dialog dialog) {
    return dialog.peer() instanceof dev.jobradar.sandbox.world.ChannelId;
  }

  private TypeUpdates leave(Channels.LeaveChannel call, Caller caller) {
    UserId me = caller.me();
    ChannelInfo channel = peers.channel(me, call.channel());
    if (me.equals(channel.creator())) {
      throw RpcErrorException.badRequest("USER_CREATOR");
    }
    world.leave(me, channel.id(), caller.session());
    return changed(me, channel);
  }

  /** A private channel of the caller's, in which only the caller writes. */
  private TypeUpdates create(Channels.CreateChannel call, Caller caller) {
    if (call.title().isBlank()) {
      throw RpcErrorException.badRequest("CHAT_TITLE_EMPTY");
    }
    if (call.title().length() > MAX_TITLE || call.about().length() > MAX_ABOUT) {
      throw RpcErrorException.badRequest("CHAT_ABOUT_TOO_LONG");
    }
    if (call.megagroup()) {
      throw RpcErrorException.badRequest("METHOD_INVALID");
    }
    UserId me = caller.me();
    ChannelInfo made =
        world.makeChannel(null, call.title(), call.about(), world.now(), 0, false, me);
    return changed(me, made);
  }

  private TypeUpdates changed(UserId me, ChannelInfo channel) {
    MentionedPeers cast = new MentionedPeers(world, views, me).with(channel.id());
    int seq = world.state(me).seq();
    return updates.bundle(me, List.of(new UpdateChannel(channel.id().value())), cast, seq);
  }

  private ChannelParticipant participant(Channels.GetParticipant call, Caller caller) {
    UserId me = caller.me();
    ChannelInfo channel = peers.channel(me, call.channel());
    if (!me.equals(peers.peer(me, call.participant()))) {
      throw RpcErrorException.badRequest("CHAT_ADMIN_REQUIRED");
    }
    if (!world.joined(me, channel.id())) {
      throw RpcErrorException.badRequest("USER_NOT_PARTICIPANT");
    }
    MentionedPeers cast = new MentionedPeers(world, views, me).with(channel).with(me);
    ChannelParticipantSelf self =
        ChannelParticipantSelf.builder()
            .userId(me.value())
            .inviterId(me.value())
            .date(channel.createdAt())
            .build();
    return new ChannelParticipant(self, cast.chats(), cast.users());
  }

  private ExportedMessageLink link(Channels.ExportMessageLink call, Caller caller) {
    ChannelInfo channel = peers.channel(caller.me(), call.channel());
    if (world.posts(channel.id(), List.of(call.id())).isEmpty()) {
      throw RpcErrorException.badRequest("MESSAGE_ID_INVALID");
    }
    String place = channel.username() == null ? "c/" + channel.id().value() : channel.username();
    return new ExportedMessageLink("https://t.me/" + place + "/" + call.id(), "");
  }
}
