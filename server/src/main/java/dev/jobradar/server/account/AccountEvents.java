package dev.jobradar.server.account;

import dev.jobradar.clients.UserId;
import java.util.List;

/**
 * Hears what comes from users' accounts, one call after another for one user; different users'
 * calls come at the same time. Calls may block, and hold up nobody but that user. {@link
 * AccountConnected} and {@link SessionEnded} are published as events, and may come beside them.
 *
 * <p>When {@link #onPosts} throws, nothing is lost: the user's updates stop, and begin again from
 * the positions that are asked for with {@link WatchList} after {@link #onStopped}.
 */
public interface AccountEvents {
  /**
   * New posts of a watched channel, in ascending order of ids, each exactly once.
   *
   * @param position to be stored in the same transaction as what is made of the posts
   */
  void onPosts(UserId user, long channelId, List<ReceivedPost> posts, String position);

  /**
   * A post of a watched channel as it is after an edit, or once the preview of its link is ready.
   * It comes also when nothing that a person reads has changed, such as for a reaction, and may
   * come again.
   */
  void onEdited(UserId user, long channelId, ReceivedPost post);

  /** Posts of a watched channel were deleted. This may come again. */
  void onDeleted(UserId user, long channelId, List<Integer> ids);

  /** A channel moved on without a post for us; storing it saves work later. */
  void onMoved(UserId user, long channelId, String position);

  /**
   * The account moved on; to be stored after everything that came before it.
   *
   * @param position a text that only {@link WatchList} can use
   */
  void onAccountMoved(UserId user, String position);

  /**
   * Telegram described a watched channel, for the first time or otherwise than before: its title,
   * its public names, or whether it forbids copies. The id stays when the names change.
   */
  void onDescribed(UserId user, SourceChannel channel);

  /** How a watched channel's posts come, from now on. */
  void onFeed(UserId user, long channelId, WatchMode feed);

  /**
   * A channel is no longer watched.
   *
   * @param error Telegram's name for the reason, such as {@code CHANNEL_PRIVATE}
   */
  void onWatchEnded(UserId user, long channelId, String error);

  /**
   * Posts of a watched channel were passed over, since they can never be delivered.
   *
   * @param position to be stored in the same transaction as what is noted of it
   */
  void onPassedOver(UserId user, long channelId, SkippedPosts posts, String position);

  /**
   * A watched channel does not deliver although it should. Told once, and again when the cause
   * changes, until {@link #onResumed}; over lost connections too. May come beside other calls, as
   * {@link #onResumed} may.
   *
   * @param channelId which channel; 0 for what happens outside channels
   */
  void onStalled(UserId user, long channelId, WatchStall stall);

  /**
   * What {@link #onStalled} told of is over. A channel that is no longer watched ends without it.
   *
   * @param channelId which channel; 0 for what happens outside channels
   */
  void onResumed(UserId user, long channelId);

  /** Updates stopped because of a failure here; {@link Accounts#watch} begins them again. */
  void onStopped(UserId user);
}
