package dev.jobradar.sandbox.world;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Posts of channels: written, edited, deleted and read. Guarded by the world's lock. */
final class WorldPosts {

  private final WorldCore core;

  WorldPosts(WorldCore core) {
    this.core = core;
  }

  Post post(ChannelId id, String text, List<Entity> entities, int date) {
    return append(core.state.channel(id), text, entities, date, null, null).post();
  }

  Update.NewPost post(
      UserId author,
      ChannelId id,
      String text,
      List<Entity> entities,
      long randomId,
      @Nullable Subscriber origin) {
    ChannelState channel = core.state.channel(id);
    if (!author.equals(channel.creator)) {
      throw new RpcErrorException(403, "CHAT_WRITE_FORBIDDEN");
    }
    core.state.account(author).requireNew(randomId);
    Update.Sender sender = new Update.Sender(author, randomId);
    return append(channel, text, entities, core.now(), sender, origin);
  }

  private Update.NewPost append(
      ChannelState channel,
      String text,
      List<Entity> entities,
      int date,
      Update.@Nullable Sender sender,
      @Nullable Subscriber origin) {
    int notBefore = Math.max(date, channel.topDate());
    Post post = new Post(channel.nextId(), notBefore, 0, text, entities);
    core.commit(new Change.Posted(channel.id, post, sender));
    Update.NewPost update = new Update.NewPost(channel.id, post, channel.pts(), sender);
    core.notifySubscribers(channel.members, update, origin);
    return update;
  }

  Post edit(ChannelId id, int postId, String text, List<Entity> entities) {
    ChannelState channel = core.state.channel(id);
    Post old = channel.post(postId);
    if (old == null) {
      throw RpcErrorException.badRequest("MESSAGE_ID_INVALID");
    }
    int editedAt = Math.max(core.now(), old.date());
    Post edited = new Post(postId, old.date(), editedAt, text, entities);
    core.commit(new Change.PostEdited(id, edited));
    core.notifySubscribers(channel.members, new Update.EditedPost(id, edited, channel.pts()), null);
    return edited;
  }

  List<Integer> delete(ChannelId id, Collection<Integer> postIds) {
    ChannelState channel = core.state.channel(id);
    List<Integer> there =
        postIds.stream().distinct().filter(postId -> channel.post(postId) != null).toList();
    if (!there.isEmpty()) {
      core.commit(new Change.PostsDeleted(id, there, core.now()));
      core.notifySubscribers(
          channel.members, new Update.DeletedPosts(id, there, channel.pts()), null);
    }
    return there;
  }

  List<Post> find(ChannelId id, Collection<Integer> ids) {
    ChannelState channel = core.state.channel(id);
    List<Post> found = new ArrayList<>();
    for (int postId : ids) {
      Post post = channel.post(postId);
      if (post != null) {
        found.add(post);
      }
    }
    return List.copyOf(found);
  }

  /** All posts of a channel, oldest first; a view that changes with it. */
  List<Post> of(ChannelId id) {
    return core.state.channel(id).posts();
  }

  void read(UserId user, ChannelId id, int maxId, @Nullable Subscriber origin) {
    AccountState account = core.state.account(user);
    ChannelState channel = core.state.channel(id);
    Membership membership = account.in(channel);
    int upTo = maxId <= 0 ? channel.top() : Math.min(maxId, channel.top());
    if (membership == null || upTo <= membership.readMaxId) {
      return;
    }
    core.commit(new Change.ChannelRead(user, id, upTo));
    Update update = new Update.ReadChannel(id, upTo, channel.unreadAfter(upTo), channel.pts());
    core.notifySubscribers(List.of(account), update, origin);
  }
}
