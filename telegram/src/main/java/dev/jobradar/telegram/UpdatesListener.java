package dev.jobradar.telegram;

import dev.jobradar.telegram.updates.ChannelPosition;
import dev.jobradar.telegram.updates.Effect.EndReason;
import dev.jobradar.telegram.updates.PassedOver;
import dev.jobradar.telegram.updates.UpdateMode;
import java.util.List;

/**
 * Receives the updates of an account and of the channels that it watches ({@link AccountUpdates}).
 *
 * <p>Its methods are called one at a time on a thread of the client. They may block: no more
 * updates are fetched meanwhile. They may call the client, and close it too; but they must not wait
 * for another thread that closes it, because that thread waits for them.
 *
 * <p>Store each position in the transaction that handles what came with it: then everything is
 * delivered exactly once, over any number of restarts. When a method throws, updates stop and
 * {@link #onFailed} is called. Nothing is skipped: to continue, start again from the stored
 * positions.
 */
public interface UpdatesListener {
  /**
   * New posts of a watched channel, oldest first, at most about a hundred at a time.
   *
   * @param position the channel's position after the last of them; store it in the transaction that
   *     handles all of them
   */
  void onPosts(long channelId, List<Post> posts, ChannelPosition position);

  /**
   * A post of a watched channel as it is after an edit, or once the preview of a link in it is
   * ready. It comes also when nothing that a person reads has changed, such as for a reaction:
   * compare it with what you have. No position belongs to it, and after a restart it may come
   * again. Edits within a gap that was too long for Telegram to tell are not reported.
   */
  default void onEdited(long channelId, Post post) {}

  /** Messages of a watched channel were deleted. After a restart this may come again. */
  default void onDeleted(long channelId, List<Integer> ids) {}

  /**
   * A watched channel moved on without a post. Storing the position now saves work after a restart.
   * It may also be dropped, but must not be stored later.
   */
  default void onChannelMoved(long channelId, ChannelPosition position) {}

  /**
   * Updates outside channels. A batch without updates only moves the account's position; it may be
   * dropped, but must not be stored later.
   */
  default void onCommon(AccountUpdateBatch news) {}

  /**
   * Updates outside channels were skipped: there were too many of them, or Telegram no longer knew
   * the position. Posts of watched channels are not among them.
   *
   * @param news the account's position now; it holds no updates
   */
  default void onSkipped(AccountUpdateBatch news) {
    onCommon(news);
  }

  /** How the posts of a channel arrive: called once when that is known, and on each change. */
  default void onUpdateMode(long channelId, UpdateMode mode) {}

  /**
   * A channel is no longer watched.
   *
   * @param position where watching it can continue
   * @param error Telegram's name for the reason, such as {@code CHANNEL_PRIVATE}
   */
  default void onWatchEnded(
      long channelId, ChannelPosition position, EndReason reason, String error) {}

  /**
   * Messages of a watched channel were skipped because they can never be delivered: this version
   * cannot read them, or Telegram returns them in no way. The posts before and after them are
   * delivered as usual. For the account's own updates {@link #onSkipped} is called instead.
   *
   * @param position the channel's position after them; store it in the transaction that handles
   *     this
   */
  default void onPassedOver(long channelId, PassedOver what, ChannelPosition position) {
    onChannelMoved(channelId, position);
  }

  /**
   * A watched channel does not deliver although it should: calls to Telegram fail, or the answer
   * cannot be read. They are retried with backoff. Called once, and again when the cause changes,
   * until {@link #onResumed}. A lost connection is not a stall: {@link ClientListener#onLost}
   * reports it.
   *
   * @param channelId which channel; 0 for what happens outside channels
   */
  default void onStalled(long channelId, Stall stall) {}

  /**
   * A stall has ended ({@link #onStalled}): everything up to now has been delivered or skipped.
   *
   * @param channelId which channel; 0 for what happens outside channels
   */
  default void onResumed(long channelId) {}

  /**
   * Telegram described a watched channel, for the first time or otherwise than before: its title,
   * its public names, whether the account is a member, or whether it forbids copies has changed. A
   * name that it no longer has may belong to another channel now; the id stays.
   */
  default void onChannelChanged(Channel channel) {}

  /**
   * Updates stopped by themselves, and this is the last call.
   *
   * @param cause what another method of this listener threw, or why the client can never work again
   */
  default void onFailed(Throwable cause) {}
}
