package dev.jobradar.sandbox.world;

import dev.jobradar.sandbox.world.Update.Sender;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that has been decided and alters the world. The same changes in the same order make the
 * same world, positions and ids included: that is how it outlives a restart. Dates are unix
 * seconds.
 */
public sealed interface Change {

  /** The first one: the secret from which access hashes are made, in hexadecimal. */
  record WorldMade(String secret) implements Change {}

  record ChannelMade(
      ChannelId id,
      @Nullable String username,
      String title,
      String about,
      int date,
      int audience,
      boolean joinedByNew,
      @Nullable UserId creator)
      implements Change {}

  /** A channel has these public names now, and no others. */
  record ChannelRenamed(ChannelId channel, List<PublicName> names) implements Change {
    public ChannelRenamed {
      names = List.copyOf(names);
    }
  }

  /**
   * What kind of channel it is.
   *
   * @param group whether everybody writes in it
   * @param noForwards whether its posts may not be forwarded or copied
   * @param linked the group in which a channel's posts are discussed, or the channel of a group
   */
  record ChannelSet(
      ChannelId channel,
      String title,
      String about,
      boolean group,
      boolean noForwards,
      @Nullable ChannelId linked)
      implements Change {}

  record Posted(ChannelId channel, Post post, @Nullable Sender sender) implements Change {}

  record PostEdited(ChannelId channel, Post post) implements Change {}

  /** The link preview of a post is ready. */
  record WebPageCame(ChannelId channel, Post post) implements Change {}

  /** A post was seen more often; that has no position among the updates. */
  record PostSeen(ChannelId channel, Post post) implements Change {}

  record PostsDeleted(ChannelId channel, List<Integer> ids, int date) implements Change {
    public PostsDeleted {
      ids = List.copyOf(ids);
    }
  }

  /** A channel's position is another now; what came before it is forgotten. */
  record ChannelPtsSet(ChannelId channel, int pts) implements Change {}

  /** An account's common position is another now; what came before it is forgotten. */
  record PtsSet(UserId user, int pts) implements Change {}

  /** A new account; it joins the channels that new accounts join. */
  record AccountMade(User user) implements Change {}

  record Renamed(UserId user, String firstName, String lastName, @Nullable String username)
      implements Change {}

  /** The account lives at another data centre from now on. */
  record Moved(UserId user, int dc) implements Change {}

  record Joined(UserId user, ChannelId channel, int date) implements Change {}

  record Left(UserId user, ChannelId channel) implements Change {}

  record ChannelRead(UserId user, ChannelId channel, int maxId) implements Change {}

  /** A private message: the same text under an id of its own in each of the two boxes. */
  record Sent(
      UserId from,
      UserId to,
      int fromId,
      int toId,
      int date,
      String text,
      List<Entity> entities,
      long randomId)
      implements Change {
    public Sent {
      entities = List.copyOf(entities);
    }
  }

  record MessagesRead(UserId user, UserId peer, int maxId) implements Change {}

  /**
   * An authorisation key of a data centre.
   *
   * @param secret its 256 bytes, base64
   * @param expiresAt when a temporary one ends, unix seconds; 0 for a permanent one
   */
  record KeyMade(KeyId key, int dc, String secret, int expiresAt) implements Change {
    @Override
    public String toString() {
      return "KeyMade[" + key + "]";
    }
  }

  record KeyDestroyed(KeyId key) implements Change {}

  /** A temporary key that acts for a permanent one. */
  record KeyBound(KeyId temporary, KeyId permanent) implements Change {}

  record SignedIn(Authorization authorization) implements Change {}

  record SignedOut(KeyId key) implements Change {}

  /** A sign-in that was ended from outside; its key answers with this error from now on. */
  record Revoked(KeyId key, int code, String error) implements Change {}

  record DeviceSeen(KeyId key, Device device) implements Change {}

  /** A token that lets the account sign in again without a code. */
  record TokenIssued(UserId user, String token) implements Change {}

  record TokenUsed(String token) implements Change {}
}
