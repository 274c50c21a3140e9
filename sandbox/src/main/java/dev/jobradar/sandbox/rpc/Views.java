package dev.jobradar.sandbox.rpc;

import dev.jobradar.sandbox.world.BoxState;
import dev.jobradar.sandbox.world.ChannelId;
import dev.jobradar.sandbox.world.ChannelInfo;
import dev.jobradar.sandbox.world.Peer;
import dev.jobradar.sandbox.world.Post;
import dev.jobradar.sandbox.world.PostExtras;
import dev.jobradar.sandbox.world.PublicName;
import dev.jobradar.sandbox.world.UserId;
import dev.jobradar.sandbox.world.World;
import dev.jobradar.tl.api.Channel;
import dev.jobradar.tl.api.ChatAdminRights;
import dev.jobradar.tl.api.ChatPhotoEmpty;
import dev.jobradar.tl.api.Dialog;
import dev.jobradar.tl.api.Message;
import dev.jobradar.tl.api.MessageReplies;
import dev.jobradar.tl.api.MessageService;
import dev.jobradar.tl.api.PeerChannel;
import dev.jobradar.tl.api.PeerNotifySettings;
import dev.jobradar.tl.api.PeerUser;
import dev.jobradar.tl.api.RichMessage;
import dev.jobradar.tl.api.TypeChat;
import dev.jobradar.tl.api.TypeMessage;
import dev.jobradar.tl.api.TypeMessageAction;
import dev.jobradar.tl.api.TypeMessageEntity;
import dev.jobradar.tl.api.TypePeer;
import dev.jobradar.tl.api.TypeUser;
import dev.jobradar.tl.api.User;
import dev.jobradar.tl.api.UserProfilePhotoEmpty;
import dev.jobradar.tl.api.UserStatusRecently;
import dev.jobradar.tl.api.Username;
import dev.jobradar.tl.api.updates.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What is in the world, as one account sees it. */
final class Views {

  static final PeerNotifySettings NOTIFY_SETTINGS = PeerNotifySettings.builder().build();

  private static final ChatAdminRights CREATOR_RIGHTS =
      ChatAdminRights.builder()
          .changeInfo(true)
          .postMessages(true)
          .editMessages(true)
          .deleteMessages(true)
          .inviteUsers(true)
          .addAdmins(true)
          .build();

  private static final int SECONDS_A_DAY = 86_400;

  private final World world;

  Views(World world) {
    this.world = world;
  }

  static TypePeer peer(Peer peer) {
    return switch (peer) {
      case UserId(long id) -> new PeerUser(id);
      case ChannelId(long id) -> new PeerChannel(id);
    };
  }

  TypeUser user(UserId me, dev.jobradar.sandbox.world.User user) {
    boolean self = user.id().equals(me);
    boolean service = user.id().equals(dev.jobradar.sandbox.world.User.SERVICE);
    User.Builder view =
        User.builder()
            .self(self)
            .verified(service)
            .support(service)
            .id(user.id().value())
            .accessHash(world.accessHash(me, user.id()))
            .firstName(user.firstName())
            .photo(new UserProfilePhotoEmpty())
            .status(new UserStatusRecently(false));
    if (!user.lastName().isEmpty()) {
      view.lastName(user.lastName());
    }
    if (user.username() != null) {
      view.username(user.username());
    }
    if (self || service) {
      view.phone(user.phone());
    }
    return view.build();
  }

  TypeChat channel(UserId me, ChannelInfo channel) {
    boolean creator = me.equals(channel.creator());
    Channel.Builder view =
        Channel.builder()
            .creator(creator)
            .left(!world.joined(me, channel.id()))
            .broadcast(!channel.group())
            .megagroup(channel.group())
            .noforwards(channel.noForwards())
            .hasLink(channel.linked() != null)
            .id(channel.id().value())
            .accessHash(world.accessHash(me, channel.id()))
            .title(channel.title())
            .photo(new ChatPhotoEmpty())
            .date(channel.createdAt())
            .participantsCount(channel.members());
    // One name alone is the field's; several, or one that leads nowhere, are a list.
    boolean plain = channel.names().size() == 1 && channel.username() != null;
    if (plain) {
      view.username(channel.username());
    } else if (!channel.names().isEmpty()) {
      PublicName first = channel.names().getFirst();
      view.usernames(
          channel.names().stream()
              .map(name -> new Username(name.equals(first), name.active(), name.name()))
              .toList());
    }
    if (creator) {
      view.adminRights(CREATOR_RIGHTS);
    }
    return view.build();
  }

  TypeMessage post(UserId me, ChannelInfo channel, Post post) {
    PostExtras extras = post.extras();
    TypeMessageAction action = extras == null ? null : extras.action();
    if (extras != null && action != null) {
      return service(me, channel, post, extras, action);
    }
    Message.Builder view =
        (extras == null ? Message.builder() : extras.shape().toBuilder())
            .post(!channel.group())
            .id(post.id())
            .peerId(new PeerChannel(channel.id().value()))
            .date(post.date())
            .message(post.text());
    if (post.editDate() != 0) {
      view.editDate(post.editDate());
    }
    if (extras != null) {
      addExtras(view, me, channel, extras);
    } else if (channel.group()) {
      view.fromId(new PeerChannel(channel.id().value()));
    }
    if (!channel.group()) {
      int views = views(channel, post);
      view.views(views).forwards(views / 100);
      addReplies(view, channel, post);
    }
    List<TypeMessageEntity> entities = new ArrayList<>(Entities.write(post.entities()));
    if (extras != null && extras.shape().entities() != null) {
      entities.addAll(extras.shape().entities());
    }
    if (!entities.isEmpty()) {
      view.entities(entities);
    }
    return view.build();
  }

  private static void addExtras(
      Message.Builder view, UserId me, ChannelInfo channel, PostExtras extras) {
    view.out(me.equals(extras.author())).editHide(extras.editHidden());
    RichMessage rich = extras.shape().richMessage();
    if (rich != null && extras.shownBlocks() > 0 && extras.shownBlocks() < rich.blocks().size()) {
      view.richMessage(
          rich.toBuilder()
              .part(true)
              .blocks(rich.blocks().subList(0, extras.shownBlocks()))
              .build());
    }
    if (channel.group() && extras.shape().fromId() == null) {
      view.fromId(writer(channel, extras));
    }
  }

  /** In a group without an author it is an administrator who writes in the name of the group. */
  private static TypePeer writer(ChannelInfo group, PostExtras extras) {
    return extras.author() == null
        ? new PeerChannel(group.id().value())
        : new PeerUser(extras.author().value());
  }

  private static TypeMessage service(
      UserId me, ChannelInfo channel, Post post, PostExtras extras, TypeMessageAction action) {
    MessageService.Builder view =
        MessageService.builder()
            .out(me.equals(extras.author()))
            .post(!channel.group())
            .id(post.id())
            .peerId(new PeerChannel(channel.id().value()))
            .date(post.date())
            .replyTo(extras.shape().replyTo())
            .action(action);
    if (channel.group()) {
      view.fromId(writer(channel, extras));
    }
    return view.build();
  }

  private void addReplies(Message.Builder view, ChannelInfo channel, Post post) {
    ChannelId group = channel.linked();
    int copy = group == null ? 0 : world.discussed(group, post.id());
    if (group != null && copy != 0) {
      view.replies(
          MessageReplies.builder()
              .comments(true)
              .replies(world.comments(group, copy))
              .repliesPts(world.channel(group).orElseThrow().pts())
              .recentRepliers(List.of())
              .channelId(group.value())
              .build());
    }
  }

  /** A post with its rich message whole. */
  TypeMessage whole(UserId me, ChannelInfo channel, Post post) {
    return ((Message) post(me, channel, post))
        .toBuilder()
            .richMessage(Objects.requireNonNull(post.extras()).shape().richMessage())
            .build();
  }

  /** Most who read a post do so on its first day; it is computed, so that posts can be shared. */
  int views(ChannelInfo channel, Post post) {
    if (post.extras() != null && post.extras().views() > 0) {
      return post.extras().views();
    }
    double age = Math.max(0, world.now() - post.date());
    double reached = age / (age + SECONDS_A_DAY / 4.0);
    double share = 0.2 + 0.4 * ((post.id() * 2_654_435_761L >>> 8) % 1000) / 1000.0;
    return 1 + (int) (channel.members() * share * reached);
  }

  TypeMessage message(UserId me, dev.jobradar.sandbox.world.Message message) {
    Message.Builder view =
        Message.builder()
            .out(message.out())
            .id(message.id())
            .peerId(peer(message.peer()))
            .date(message.date())
            .message(message.text());
    // A private chat's incoming messages name no sender: it is the peer.
    if (message.out() || message.peer().equals(me)) {
      view.fromId(peer(me));
    }
    if (message.editDate() != 0) {
      view.editDate(message.editDate());
    }
    if (!message.entities().isEmpty()) {
      view.entities(Entities.write(message.entities()));
    }
    return view.build();
  }

  Dialog dialog(dev.jobradar.sandbox.world.Dialog dialog) {
    Dialog.Builder view =
        Dialog.builder()
            .peer(peer(dialog.peer()))
            .topMessage(dialog.top())
            .readInboxMaxId(dialog.readInbox())
            .readOutboxMaxId(dialog.readOutbox())
            .unreadCount(dialog.unread())
            .notifySettings(NOTIFY_SETTINGS);
    if (dialog.peer() instanceof ChannelId id) {
      world.channel(id).ifPresent(channel -> view.pts(channel.pts()));
    }
    return view.build();
  }

  static State state(BoxState state) {
    return new State(state.pts(), 0, state.date(), state.seq(), state.unread());
  }
}
