package dev.jobradar.sandbox.rpc;

import dev.jobradar.sandbox.world.ChannelInfo;
import dev.jobradar.sandbox.world.Post;
import dev.jobradar.sandbox.world.Update;
import dev.jobradar.sandbox.world.UserId;
import dev.jobradar.sandbox.world.World;
import dev.jobradar.tl.api.MessageMediaWebPage;
import dev.jobradar.tl.api.TypeUpdate;
import dev.jobradar.tl.api.TypeUpdates;
import dev.jobradar.tl.api.TypeWebPage;
import dev.jobradar.tl.api.UpdateChannel;
import dev.jobradar.tl.api.UpdateChannelMessageViews;
import dev.jobradar.tl.api.UpdateChannelWebPage;
import dev.jobradar.tl.api.UpdateDeleteChannelMessages;
import dev.jobradar.tl.api.UpdateEditChannelMessage;
import dev.jobradar.tl.api.UpdateNewAuthorization;
import dev.jobradar.tl.api.UpdateNewChannelMessage;
import dev.jobradar.tl.api.UpdateNewMessage;
import dev.jobradar.tl.api.UpdateReadChannelInbox;
import dev.jobradar.tl.api.UpdateReadHistoryInbox;
import dev.jobradar.tl.api.UpdateReadHistoryOutbox;
import dev.jobradar.tl.api.UpdateUserName;
import dev.jobradar.tl.api.Updates;
import dev.jobradar.tl.api.Username;
import java.util.List;
import java.util.Objects;

/** Updates, as one account sees them. */
final class UpdateViews {

  private final World world;
  private final Views views;

  UpdateViews(World world, Views views) {
    this.world = world;
    this.views = views;
  }

  /** An update as it is pushed, with those it names. */
  TypeUpdates push(UserId me, Update update) {
    int seq = update instanceof Update.Numbered numbered ? numbered.seq() : 0;
    List<TypeUpdate> all =
        update instanceof Update.PostsTogether together
            ? together.posts().stream().map(each -> update(me, each)).toList()
            : List.of(update(me, update));
    return bundle(me, all, cast(me, update), seq);
  }

  /** Updates that an answer consists of. */
  TypeUpdates bundle(UserId me, List<TypeUpdate> updates, MentionedPeers cast, int seq) {
    return new Updates(updates, cast.users(), cast.chats(), world.now(), seq);
  }

  MentionedPeers cast(UserId me, Update update) {
    MentionedPeers cast = new MentionedPeers(world, views, me);
    addTo(cast, me, update);
    return cast;
  }

  void addTo(MentionedPeers cast, UserId me, Update update) {
    switch (update) {
      case Update.NewPost(var channel, var post, int pts, var sender) ->
          cast.with(info(channel), post);
      case Update.EditedPost(var channel, var post, int pts) -> cast.with(info(channel), post);
      case Update.OfChannel channel -> cast.with(channel.channel());
      case Update.PostsTogether together -> together.posts().forEach(each -> addTo(cast, me, each));
      case Update.PostViews seen -> cast.with(seen.channel());
      case Update.NewMessage(var message, int pts, long randomId) ->
          cast.with(me).with(message.peer());
      case Update.ReadInbox read -> cast.with(read.peer());
      case Update.ReadOutbox read -> cast.with(read.peer());
      case Update.ReadChannel read -> cast.with(read.channel());
      case Update.MembershipChanged changed -> cast.with(changed.channel());
      case Update.SignedIn signedIn -> {}
      case Update.NameChanged changed -> cast.with(changed.user());
    }
  }

  TypeUpdate update(UserId me, Update update) {
    return switch (update) {
      case Update.NewPost(var channel, var post, int pts, var sender) ->
          new UpdateNewChannelMessage(views.post(me, info(channel), post), pts, 1);
      case Update.EditedPost(var channel, var post, int pts) ->
          new UpdateEditChannelMessage(views.post(me, info(channel), post), pts, 1);
      case Update.WebPageCame(var channel, var post, int pts) ->
          new UpdateChannelWebPage(channel.value(), page(post), pts, 1);
      case Update.PostViews(var channel, int id, int count) ->
          new UpdateChannelMessageViews(channel.value(), id, count);
      case Update.PostsTogether together ->
          throw new IllegalArgumentException("several updates, not one");
      case Update.DeletedPosts(var channel, var ids, int pts) ->
          new UpdateDeleteChannelMessages(channel.value(), ids, pts, ids.size());
      case Update.NewMessage(var message, int pts, long randomId) ->
          new UpdateNewMessage(views.message(me, message), pts, 1);
      case Update.ReadInbox(var peer, int maxId, int unread, int pts) ->
          UpdateReadHistoryInbox.builder()
              .peer(Views.peer(peer))
              .maxId(maxId)
              .stillUnreadCount(unread)
              .pts(pts)
              .ptsCount(1)
              .build();
      case Update.ReadOutbox(var peer, int maxId, int pts) ->
          new UpdateReadHistoryOutbox(Views.peer(peer), maxId, pts, 1);
      case Update.ReadChannel(var channel, int maxId, int unread, int pts) ->
          UpdateReadChannelInbox.builder()
              .channelId(channel.value())
              .maxId(maxId)
              .stillUnreadCount(unread)
              .pts(pts)
              .build();
      case Update.MembershipChanged(var channel, int seq) -> new UpdateChannel(channel.value());
      case Update.SignedIn(var authorization, int seq) ->
          UpdateNewAuthorization.builder()
              .hash(authorization.hash())
              .date(authorization.createdAt())
              .device(authorization.device().deviceModel())
              .location("")
              .build();
      case Update.NameChanged(var user, int seq) -> nameChanged(user);
    };
  }

  private static TypeWebPage page(Post post) {
    return ((MessageMediaWebPage)
            Objects.requireNonNull(Objects.requireNonNull(post.extras()).shape().media()))
        .webpage();
  }

  private TypeUpdate nameChanged(UserId id) {
    var user = world.user(id).orElseThrow();
    List<Username> usernames =
        user.username() == null ? List.of() : List.of(new Username(true, true, user.username()));
    return new UpdateUserName(id.value(), user.firstName(), user.lastName(), usernames);
  }

  private ChannelInfo info(dev.jobradar.sandbox.world.ChannelId channel) {
    return world.channel(channel).orElseThrow();
  }
}
