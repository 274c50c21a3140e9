package dev.jobradar.sandbox.world;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An update of one account. */
public sealed interface Update {

  /** An update of a channel's own sequence. */
  sealed interface OfChannel extends Update {
    ChannelId channel();

    /** The channel's position after it. */
    int pts();

    /** How many positions it took. */
    int ptsCount();
  }

  /** Who wrote a post, and what their client called it. */
  record Sender(UserId user, long randomId) {}

  /** An update of an account's common sequence. */
  sealed interface OfBox extends Update {
    /** The account's position after it. */
    int pts();

    /** How many positions it took. */
    int ptsCount();
  }

  /** A post; {@code sender} is null when it has no author in the sandbox. */
  record NewPost(ChannelId channel, Post post, int pts, @Nullable Sender sender)
      implements OfChannel {
    @Override
    public int ptsCount() {
      return 1;
    }
  }

  record EditedPost(ChannelId channel, Post post, int pts) implements OfChannel {
    @Override
    public int ptsCount() {
      return 1;
    }
  }

  /** The link preview of a post is ready. */
  record WebPageCame(ChannelId channel, Post post, int pts) implements OfChannel {
    @Override
    public int ptsCount() {
      return 1;
    }
  }

  record DeletedPosts(ChannelId channel, List<Integer> ids, int pts) implements OfChannel {
    public DeletedPosts {
      ids = List.copyOf(ids);
    }

    @Override
    public int ptsCount() {
      return ids.size();
    }
  }

  /** A message; {@code randomId} is what its sender called it, 0 in the receiver's box. */
  record NewMessage(Message message, int pts, long randomId) implements OfBox {
    @Override
    public int ptsCount() {
      return 1;
    }
  }

  /** The account has read what the peer wrote, up to this message. */
  record ReadInbox(UserId peer, int maxId, int stillUnread, int pts) implements OfBox {
    @Override
    public int ptsCount() {
      return 1;
    }
  }

  /** The peer has read what the account wrote, up to this message. */
  record ReadOutbox(UserId peer, int maxId, int pts) implements OfBox {
    @Override
    public int ptsCount() {
      return 1;
    }
  }

  /** The account has read a channel up to this post, on another of its clients. */
  record ReadChannel(ChannelId channel, int maxId, int stillUnread, int pts) implements Update {}

  /** Posts that are pushed at once, as the parts of an album usually are. */
  record PostsTogether(ChannelId channel, List<NewPost> posts) implements Update {
    public PostsTogether {
      posts = List.copyOf(posts);
    }
  }

  /** How often a post was seen. */
  record PostViews(ChannelId channel, int id, int views) implements Update {}

  /** An update without a position of its own: these are numbered. */
  sealed interface Numbered extends Update {
    int seq();
  }

  /** The account has joined or left a channel, or that has other names or another kind. */
  record MembershipChanged(ChannelId channel, int seq) implements Numbered {}

  /** Somebody signed in to the account. */
  record SignedIn(Authorization authorization, int seq) implements Numbered {}

  /** The account's name or username is another now. */
  record NameChanged(UserId user, int seq) implements Numbered {}
}
