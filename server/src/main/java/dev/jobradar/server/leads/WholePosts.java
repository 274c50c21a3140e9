package dev.jobradar.server.leads;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.account.AccountException;
import dev.jobradar.server.account.Accounts;
import dev.jobradar.server.account.PageQuery;
import dev.jobradar.server.account.ReceivedPost;
import dev.jobradar.server.channels.KnownChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Fetches what is missing of posts before they are matched: the rest of a long rich message, the
 * other parts of an album. A wait that Telegram asks for is obeyed ({@link Accounts}); then, and
 * when it fails, what is there has to do. Thread-safe.
 */
@Component
public class WholePosts {
  private static final Logger log = LoggerFactory.getLogger(WholePosts.class);

  /** So many posts of a batch are fetched at most. */
  private static final int MOST_FETCHED = 20;

  /** An album has ten parts at most, with ids next to each other. */
  private static final int ALBUM_REACH = 10;

  private final Accounts accounts;

  WholePosts(Accounts accounts) {
    this.accounts = accounts;
  }

  /** The posts of a channel as they are to be matched; one of which the rest is missing says so. */
  public List<ReceivedPost> complete(UserId user, KnownChannel channel, List<ReceivedPost> posts) {
    List<ReceivedPost> whole = new ArrayList<>(posts.size());
    int room = MOST_FETCHED;
    for (ReceivedPost post : posts) {
      ReceivedPost read = channel.isProtected() && !post.isProtected() ? post.asProtected() : post;
      if (read.content().partial() && room > 0) {
        ReceivedPost fetched = fetch(user, channel, read);
        room = fetched == null ? 0 : room - 1;
        read = fetched == null ? read : read.withContent(fetched.content());
      }
      whole.add(read);
    }
    return whole;
  }

  /** Null when it cannot be had now; then the others are not asked for either. */
  private @Nullable ReceivedPost fetch(UserId user, KnownChannel channel, ReceivedPost post) {
    try {
      return accounts.wholePost(user, channel.channel(), post.id()).orElse(post);
    } catch (AccountException e) {
      log.info(
          "{}: only the beginning of {} is read: {}",
          user,
          channel.name().url(post.id()),
          e.code());
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  /**
   * All parts of a post's album as one post; the part alone when the others cannot be had.
   *
   * @return the post itself when it is in no album
   */
  public ReceivedPost album(UserId user, KnownChannel channel, ReceivedPost part) {
    Long album = part.albumId();
    if (album == null) {
      return part;
    }
    try {
      List<ReceivedPost> around =
          accounts
              .history(
                  user,
                  channel.channel(),
                  new PageQuery(
                      part.id() + ALBUM_REACH,
                      Math.max(0, part.id() - ALBUM_REACH),
                      2 * ALBUM_REACH))
              .posts();
      List<ReceivedPost> parts = new ArrayList<>(List.of(part));
      around.stream()
          .filter(each -> album.equals(each.albumId()) && each.id() != part.id())
          .forEach(parts::add);
      return Albums.joined(complete(user, channel, parts)).getFirst();
    } catch (AccountException e) {
      log.info("{}: an album in {} is judged by one part: {}", user, channel.name(), e.code());
      return part;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return part;
    }
  }
}
