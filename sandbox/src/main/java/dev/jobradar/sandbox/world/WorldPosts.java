package dev.jobradar.sandbox.world;

import dev.jobradar.tl.api.Message;
import dev.jobradar.tl.api.MessageFwdHeader;
import dev.jobradar.tl.api.MessageMediaWebPage;
import dev.jobradar.tl.api.MessageReplyHeader;
import dev.jobradar.tl.api.PeerChannel;
import dev.jobradar.tl.api.WebPage;
import dev.jobradar.tl.api.WebPagePending;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Posts of channels: written, edited, deleted and read. Guarded by the world's lock. */
final class WorldPosts {

  private final WorldCore core;
  private final WorldNames names;

  WorldPosts(WorldCore core, WorldNames names) {
    this.core = core;
    this.names = names;
  }

  Post post(ChannelId id, String text, List<Entity> entities, int date) {
    return post(id, PostContent.NOTHING.withText(text, entities), date);
  }

  Post post(ChannelId id, PostContent content, int date) {
    ChannelState channel = core.state.channel(id);
    Post draft = draft(channel, content, date);
    Update.NewPost update = append(channel, draft, null);
    core.notifySubscribers(channel.members, update, null);
    copyToGroup(channel, List.of(update.post()));
    return update.post();
  }

  List<Post> postTogether(ChannelId id, List<PostContent> parts, int date) {
    ChannelState channel = core.state.channel(id);
    List<Post> drafts = parts.stream().map(part -> draft(channel, part, date)).toList();
    List<Update.NewPost> updates = new ArrayList<>();
    drafts.forEach(draft -> updates.add(append(channel, draft, null)));
    core.notifySubscribers(channel.members, new Update.PostsTogether(id, updates), null);
    List<Post> posts = updates.stream().map(Update.NewPost::post).toList();
    copyToGroup(channel, posts);
    return posts;
  }

  Update.NewPost post(
      UserId author,
      ChannelId id,
      String text,
      List<Entity> entities,
      long randomId,
      @Nullable Subscriber origin) {
    ChannelState channel = core.state.channel(id);
    if (!mayWrite(author, channel)) {
      throw new RpcErrorException(403, "CHAT_WRITE_FORBIDDEN");
    }
    core.state.account(author).requireNew(randomId);
    PostContent content = PostContent.NOTHING.withText(text, entities).by(author);
    Update.Sender sender = new Update.Sender(author, randomId);
    Update.NewPost update = append(channel, draft(channel, content, core.now()), sender);
    core.notifySubscribers(channel.members, update, origin);
    copyToGroup(channel, List.of(update.post()));
    return update;
  }

  private boolean mayWrite(UserId author, ChannelState channel) {
    return author.equals(channel.creator)
        || channel.isGroup() && core.state.account(author).in(channel) != null;
  }

  /** A post without its number; refuses what names somebody or something that is not there. */
  private Post draft(ChannelState channel, PostContent content, int date) {
    if (content.author() != null) {
      core.state.account(content.author());
    }
    Message shape = resolved(channel, content, date);
    PostExtras extras =
        new PostExtras(
            shape,
            content.action(),
            content.author(),
            false,
            content.views(),
            content.shownBlocks());
    String text = Objects.requireNonNullElse(content.text(), "");
    return new Post(0, date, 0, text, content.entities()).with(extras);
  }

  private Message resolved(ChannelState channel, PostContent content, int date) {
    Message shape = content.shape();
    PostContent.Origin origin = content.origin();
    if (origin != null) {
      ChannelState from = channel(origin.channel());
      Post original = from.post(origin.post());
      MessageFwdHeader header =
          MessageFwdHeader.builder()
              .fromId(new PeerChannel(from.id.value()))
              .channelPost(origin.post())
              .date(original == null ? date : original.date())
              .build();
      shape = shape.toBuilder().fwdFrom(header).build();
    } else if (shape.fwdFrom() != null && shape.fwdFrom().date() == 0) {
      shape = shape.toBuilder().fwdFrom(shape.fwdFrom().toBuilder().date(date).build()).build();
    }
    if (content.commentTo() != 0) {
      int root = channel.copyOf(content.commentTo());
      if (root == 0) {
        throw new IllegalArgumentException(
            "this group discusses no post " + content.commentTo() + " of a channel");
      }
      shape = shape.toBuilder().replyTo(under(root, shape)).build();
    }
    return shape;
  }

  private static MessageReplyHeader under(int root, Message shape) {
    return shape.replyTo() instanceof MessageReplyHeader reply
        ? reply.toBuilder().replyToTopId(root).build()
        : MessageReplyHeader.builder().replyToMsgId(root).build();
  }

  /** The channel of a public name or a number. */
  private ChannelState channel(String name) {
    return names
        .channel(name)
        .map(core.state::channel)
        .orElseThrow(() -> new IllegalArgumentException("there is no channel '" + name + "'"));
  }

  private Update.NewPost append(ChannelState channel, Post draft, Update.@Nullable Sender sender) {
    int notBefore = Math.max(draft.date(), channel.topDate());
    Post post =
        new Post(channel.nextId(), notBefore, 0, draft.text(), draft.entities(), draft.extras());
    core.commit(new Change.Posted(channel.id, post, sender));
    return new Update.NewPost(channel.id, post, channel.pts(), sender);
  }

  /** A channel's posts are copied by themselves into the group where they are discussed. */
  private void copyToGroup(ChannelState channel, List<Post> posts) {
    ChannelState group = discussion(channel);
    if (group == null) {
      return;
    }
    List<Update.NewPost> copies = new ArrayList<>();
    for (Post post : posts) {
      if (post.more().action() == null) {
        copies.add(append(group, copy(channel, post), null));
      }
    }
    if (copies.size() == 1) {
      core.notifySubscribers(group.members, copies.getFirst(), null);
    } else if (!copies.isEmpty()) {
      core.notifySubscribers(group.members, new Update.PostsTogether(group.id, copies), null);
    }
  }

  private @Nullable ChannelState discussion(ChannelState channel) {
    ChannelId linked = channel.linked();
    return linked == null || channel.isGroup() ? null : core.state.channel(linked);
  }

  private static Post copy(ChannelState channel, Post post) {
    PeerChannel from = new PeerChannel(channel.id.value());
    MessageFwdHeader own = post.shape().fwdFrom();
    MessageFwdHeader header =
        own == null
            ? MessageFwdHeader.builder()
                .fromId(from)
                .channelPost(post.id())
                .date(post.date())
                .build()
            : own;
    Message shape =
        post.shape().toBuilder()
            .fromId(from)
            .replyTo(null)
            .fwdFrom(header.toBuilder().savedFromPeer(from).savedFromMsgId(post.id()).build())
            .build();
    PostExtras extras = new PostExtras(shape, null, null, false, 0, post.more().shownBlocks());
    return new Post(0, post.date(), 0, post.text(), post.entities()).with(extras);
  }

  Post edit(ChannelId id, int postId, String text, List<Entity> entities) {
    return edit(id, postId, PostContent.NOTHING.withText(text, entities));
  }

  /** Changes what a change says of a post, and of its copy where it is discussed. */
  Post edit(ChannelId id, int postId, PostContent change) {
    ChannelState channel = core.state.channel(id);
    Post edited = edit(channel, required(channel, postId), change);
    ChannelState group = discussion(channel);
    Post copy = group == null ? null : group.post(group.copyOf(postId));
    if (group != null && copy != null && change.isSaid()) {
      edit(group, copy, change);
    }
    return edited;
  }

  private Post edit(ChannelState channel, Post old, PostContent change) {
    Post edited = edited(channel, old, change);
    core.commit(new Change.PostEdited(channel.id, edited));
    core.notifySubscribers(
        channel.members, new Update.EditedPost(channel.id, edited, channel.pts()), null);
    return edited;
  }

  /**
   * The post after an edit. Only what a reader reads counts as one: for reactions, views and
   * buttons a post that never was truly edited gets a date that is hidden, and one that was keeps
   * its date.
   */
  private Post edited(ChannelState channel, Post old, PostContent change) {
    PostExtras before = old.more();
    boolean said = change.isSaid();
    boolean wasEdited = old.editDate() != 0 && !before.editHidden();
    Message resolved = resolved(channel, change, old.date());
    Message base =
        change.text() == null ? before.shape() : before.shape().toBuilder().entities(null).build();
    if (change.text() != null && !change.text().isEmpty()) {
      base = base.toBuilder().richMessage(null).build();
    }
    PostExtras extras =
        new PostExtras(
            ShapeChange.over(base, resolved, change.removed()),
            before.action(),
            before.author(),
            !said && !wasEdited,
            change.views() == 0 ? before.views() : change.views(),
            change.shape().richMessage() == null && change.shownBlocks() == 0
                ? before.shownBlocks()
                : change.shownBlocks());
    String text = change.text() == null ? old.text() : change.text();
    List<Entity> entities = change.text() == null ? old.entities() : change.entities();
    int editDate = !said && wasEdited ? old.editDate() : Math.max(core.now(), old.date());
    return new Post(old.id(), old.date(), editDate, text, entities).with(extras);
  }

  /** Replaces the link preview that the server was working on. */
  Post webPageCame(ChannelId id, int postId, WebPage page) {
    ChannelState channel = core.state.channel(id);
    Post came = webPageCame(channel, required(channel, postId), page);
    ChannelState group = discussion(channel);
    Post copy = group == null ? null : group.post(group.copyOf(postId));
    if (group != null && copy != null) {
      webPageCame(group, copy, page);
    }
    return came;
  }

  private Post webPageCame(ChannelState channel, Post old, WebPage page) {
    if (!(old.shape().media() instanceof MessageMediaWebPage media)
        || !(media.webpage() instanceof WebPagePending pending)) {
      throw new IllegalArgumentException(
          "no link preview of post " + old.id() + " is still to come");
    }
    MessageMediaWebPage ready =
        media.toBuilder().webpage(page.toBuilder().id(pending.id()).build()).build();
    Message shape = old.shape().toBuilder().media(ready).build();
    Post post = old.with(old.more().shaped(shape));
    core.commit(new Change.WebPageCame(channel.id, post));
    core.notifySubscribers(
        channel.members, new Update.WebPageCame(channel.id, post, channel.pts()), null);
    return post;
  }

  Post seen(ChannelId id, int postId, int views) {
    ChannelState channel = core.state.channel(id);
    Post old = required(channel, postId);
    Post post = old.with(old.more().seenBy(views));
    core.commit(new Change.PostSeen(id, post));
    core.notifySubscribers(channel.members, new Update.PostViews(id, postId, views), null);
    return post;
  }

  private static Post required(ChannelState channel, int postId) {
    Post post = channel.post(postId);
    if (post == null) {
      throw RpcErrorException.badRequest("MESSAGE_ID_INVALID");
    }
    return post;
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

  /** The message under which a post is discussed in a group; 0 for none. */
  int copyOf(ChannelId group, int postOfChannel) {
    return core.state.channel(group).copyOf(postOfChannel);
  }

  int comments(ChannelId group, int messageId) {
    return core.state.channel(group).comments(messageId);
  }

  /** The comments under a message of a group, oldest first. */
  List<Post> thread(ChannelId group, int messageId) {
    return core.state.channel(group).posts().stream()
        .filter(post -> Integer.valueOf(messageId).equals(ChannelState.threadOf(post)))
        .toList();
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
