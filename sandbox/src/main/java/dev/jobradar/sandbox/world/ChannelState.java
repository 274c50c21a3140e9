package dev.jobradar.sandbox.world;

import dev.jobradar.tl.api.MessageFwdHeader;
import dev.jobradar.tl.api.MessageReplyHeader;
import dev.jobradar.tl.api.PeerChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A channel's posts, members and log of updates. Guarded by the world's lock. */
final class ChannelState {

  final ChannelId id;
  final boolean joinedByNew;
  final @Nullable UserId creator;
  final List<AccountState> members = new ArrayList<>();

  private List<PublicName> names;
  private String title;
  private String about;
  private boolean group;
  private boolean noForwards;
  private @Nullable ChannelId linked;
  private final int createdAt;
  private final int audience;
  private final int logSize;
  private final List<Post> posts = new ArrayList<>();
  private final List<Update.OfChannel> log = new ArrayList<>();
  private int pts = 1;
  private int lastId;
  private int changedAt;

  /** Which message of a group is the copy of which post of its channel. */
  private final Map<Integer, Integer> copies = new HashMap<>(0);

  /** How many comments stand under a message of a group. */
  private final Map<Integer, Integer> comments = new HashMap<>(0);

  ChannelState(Change.ChannelMade made, int logSize) {
    this.id = made.id();
    this.joinedByNew = made.joinedByNew();
    this.creator = made.creator();
    String username = made.username();
    this.names = username == null ? List.of() : List.of(new PublicName(username, true));
    this.title = made.title();
    this.about = made.about();
    this.createdAt = made.date();
    this.audience = made.audience();
    this.changedAt = made.date();
    this.logSize = logSize;
  }

  ChannelInfo info() {
    return new ChannelInfo(
        id,
        username(),
        title,
        about,
        createdAt,
        audience + members.size(),
        pts,
        top(),
        creator,
        names,
        group,
        noForwards,
        linked);
  }

  List<PublicName> names() {
    return names;
  }

  void rename(List<PublicName> others) {
    names = others;
  }

  private @Nullable String username() {
    return names.stream().filter(PublicName::active).findFirst().map(PublicName::name).orElse(null);
  }

  int pts() {
    return pts;
  }

  /** The id that the next post gets: ids of deleted posts are not used again. */
  int nextId() {
    return lastId + 1;
  }

  int top() {
    return posts.isEmpty() ? 0 : posts.getLast().id();
  }

  int topDate() {
    return posts.isEmpty() ? createdAt : posts.getLast().date();
  }

  /** When something last happened here, unix seconds. */
  int changedAt() {
    return changedAt;
  }

  List<Post> posts() {
    return posts;
  }

  @Nullable Post post(int postId) {
    int index = HistoryPage.firstAtOrAbove(posts, postId, Post::id);
    return index < posts.size() && posts.get(index).id() == postId ? posts.get(index) : null;
  }

  int unreadAfter(int maxId) {
    return posts.size() - HistoryPage.firstAtOrAbove(posts, maxId + 1, Post::id);
  }

  void apply(Change.ChannelSet change) {
    title = change.title();
    about = change.about();
    group = change.group();
    noForwards = change.noForwards();
    linked = change.linked();
  }

  boolean isGroup() {
    return group;
  }

  @Nullable ChannelId linked() {
    return linked;
  }

  /** The message of this group that is the copy of a post of its channel; 0 for none. */
  int copyOf(int postOfChannel) {
    return copies.getOrDefault(postOfChannel, 0);
  }

  /** How many comments stand under a message of this group. */
  int comments(int messageId) {
    return comments.getOrDefault(messageId, 0);
  }

  private void noteThread(Post post) {
    MessageFwdHeader forward = post.shape().fwdFrom();
    if (group
        && forward != null
        && linked != null
        && forward.savedFromMsgId() != null
        && new PeerChannel(linked.value()).equals(forward.savedFromPeer())) {
      copies.put(forward.savedFromMsgId(), post.id());
    }
    Integer root = threadOf(post);
    if (group && root != null) {
      comments.merge(root, 1, Integer::sum);
    }
  }

  /** The message under which this one stands; null for none. */
  static @Nullable Integer threadOf(Post post) {
    if (post.shape().replyTo() instanceof MessageReplyHeader reply) {
      return reply.replyToTopId() == null ? reply.replyToMsgId() : reply.replyToTopId();
    }
    return null;
  }

  Update.NewPost apply(Change.Posted change) {
    noteThread(change.post());
    posts.add(change.post());
    lastId = change.post().id();
    changedAt = change.post().date();
    Update.NewPost update = new Update.NewPost(id, change.post(), ++pts, change.sender());
    remember(update);
    return update;
  }

  private void replace(Post post) {
    posts.set(HistoryPage.firstAtOrAbove(posts, post.id(), Post::id), post);
  }

  Update.WebPageCame apply(Change.WebPageCame change) {
    replace(change.post());
    Update.WebPageCame update = new Update.WebPageCame(id, change.post(), ++pts);
    remember(update);
    return update;
  }

  void apply(Change.PostSeen change) {
    replace(change.post());
  }

  Update.EditedPost apply(Change.PostEdited change) {
    replace(change.post());
    changedAt = Math.max(changedAt, change.post().editDate());
    Update.EditedPost update = new Update.EditedPost(id, change.post(), ++pts);
    remember(update);
    return update;
  }

  Update.DeletedPosts apply(Change.PostsDeleted change) {
    for (Post gone : posts) {
      Integer root = change.ids().contains(gone.id()) ? threadOf(gone) : null;
      if (root != null) {
        comments.merge(root, -1, Integer::sum);
      }
    }
    posts.removeIf(post -> change.ids().contains(post.id()));
    changedAt = change.date();
    pts += change.ids().size();
    Update.DeletedPosts update = new Update.DeletedPosts(id, change.ids(), pts);
    remember(update);
    return update;
  }

  void setPts(int position) {
    pts = position;
    log.clear();
  }

  private void remember(Update.OfChannel update) {
    log.add(update);
    if (log.size() >= 2 * logSize) {
      log.subList(0, log.size() - logSize).clear();
    }
  }

  /** The position before the oldest update that is remembered. */
  private int oldest() {
    return log.isEmpty() ? pts : log.getFirst().pts() - log.getFirst().ptsCount();
  }

  /** What came after a position, at most {@code most} updates; null if that is forgotten. */
  private @Nullable List<Update.OfChannel> after(int position, int most) {
    if (position < oldest()) {
      return null;
    }
    int from = HistoryPage.firstAtOrAbove(log, position + 1, Update.OfChannel::pts);
    return List.copyOf(log.subList(from, Math.min(log.size(), from + most)));
  }

  /**
   * What a client missed.
   *
   * @param dialog the channel in the client's list of chats
   * @param slice how many updates one answer brings at most
   * @param channelGap how far behind is too far; 0 for {@code limit}
   */
  ChannelDifference difference(Dialog dialog, int position, int limit, int slice, int channelGap) {
    if (position <= 0) {
      throw RpcErrorException.badRequest("PERSISTENT_TIMESTAMP_EMPTY");
    }
    if (position > pts) {
      throw RpcErrorException.badRequest("PERSISTENT_TIMESTAMP_INVALID");
    }
    if (position == pts) {
      return new ChannelDifference.Empty(pts);
    }
    int wanted = Math.clamp(limit, 1, HistoryQuery.MAX_LIMIT);
    int gap = channelGap > 0 ? channelGap : wanted;
    List<Update.OfChannel> updates = after(position, Math.min(wanted, slice));
    if (updates == null || pts - position > gap) {
      return tooLong(dialog, wanted);
    }
    int upTo = updates.getLast().pts();
    return new ChannelDifference.Part(current(updates), upTo, upTo == pts);
  }

  /**
   * Logged updates as Telegram tells of them afterwards: each post once, in its latest state. An
   * edit of a post that is told of as new is left out, and so is all but the last edit of another.
   */
  private List<Update.OfChannel> current(List<Update.OfChannel> updates) {
    Set<Integer> told = new HashSet<>();
    for (Update.OfChannel update : updates) {
      if (update instanceof Update.NewPost fresh) {
        told.add(fresh.post().id());
      }
    }
    List<Update.OfChannel> current = new ArrayList<>();
    for (Update.OfChannel update : updates.reversed()) {
      if (!(update instanceof Update.EditedPost edited) || told.add(edited.post().id())) {
        current(update).ifPresent(current::add);
      }
    }
    return current.reversed();
  }

  /** The newest posts alone, as many as a client wants. */
  ChannelDifference tooLong(Dialog dialog, int limit) {
    int wanted = Math.clamp(limit, 1, HistoryQuery.MAX_LIMIT);
    List<Post> newest = HistoryPage.cut(posts, HistoryQuery.newest(wanted)).items();
    return new ChannelDifference.TooLong(dialog, pts, newest);
  }

  /** A logged update with its post as it is now; none if the post has been deleted. */
  private Optional<Update.OfChannel> current(Update.OfChannel update) {
    return switch (update) {
      case Update.NewPost(var channel, var old, int at, var sender) ->
          Optional.ofNullable(post(old.id()))
              .map(now -> new Update.NewPost(channel, now, at, sender));
      case Update.EditedPost(var channel, var old, int at) ->
          Optional.ofNullable(post(old.id())).map(now -> new Update.EditedPost(channel, now, at));
      // other_updates has no place for it: getMessages tells what the preview has become.
      case Update.WebPageCame page -> Optional.empty();
      case Update.DeletedPosts deleted -> Optional.of(deleted);
    };
  }
}
