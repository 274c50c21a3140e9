package dev.jobradar.telegram;

import dev.jobradar.telegram.updates.ChannelPosition;
import dev.jobradar.telegram.updates.Effect.EndReason;
import dev.jobradar.telegram.updates.PassedOver;
import dev.jobradar.telegram.updates.UpdateMode;
import java.util.List;

/**
 * Hears what is new in an account and in the channels that it watches ({@link AccountUpdates}).
 *
 * <p>Its methods are called one after another on a thread of the client. They may block: nothing
 * more is asked for meanwhile. They may call the client, close it too; but they must not wait for
 * another thread that closes it, which waits for them.
 *
 * <p>Whoever stores a position in the transaction that handles what came with it is told everything
 * exactly once, over any number of restarts. When a method throws, updates stop and {@link
 * #onFailed} is called: nothing was skipped, and going on means starting again from the stored
 * positions.
 */
public interface UpdatesListener {
  /**
   * New posts of a watched channel, oldest first: as many as came together, at most about a
   * hundred.
   *
   * @param position where the channel stands after the last of them, to be stored in the
   *     transaction that handles all of them
   */
  void onPosts(long channelId, List<Post> posts, ChannelPosition position);

  /**
   * A watched channel moved on without a post. Storing the position now saves work after a restart;
   * it may also be forgotten, but not stored later.
   */
  default void onChannelMoved(long channelId, ChannelPosition position) {}

  /**
   * Something happened outside channels, or the account only moved on; then there are no updates in
   * it, and it may be forgotten, but not stored later.
   */
  default void onCommon(AccountUpdateBatch news) {}

  /**
   * Updates outside channels were left out: there were too many of them, or Telegram no longer knew
   * the position that was asked from. Posts of watched channels are not among them.
   *
   * @param news where the account stands now; it holds no updates
   */
  default void onSkipped(AccountUpdateBatch news) {
    onCommon(news);
  }

  /** How the posts of a channel come: said once when that is known, and whenever it changes. */
  default void onUpdateMode(long channelId, UpdateMode mode) {}

  /**
   * A channel is no longer watched.
   *
   * @param position where it can be taken up again
   * @param error Telegram's name for the reason, such as {@code CHANNEL_PRIVATE}
   */
  default void onWatchEnded(
      long channelId, ChannelPosition position, EndReason reason, String error) {}

  /**
   * Messages of a watched channel that can never be delivered were passed over: of a kind that this
   * version cannot read, or given by Telegram in no way. The posts before and after them are
   * delivered as usual. For the account's own updates {@link #onSkipped} is called instead.
   *
   * @param position where the channel stands after them, to be stored in the transaction that
   *     handles this
   */
  default void onPassedOver(long channelId, PassedOver what, ChannelPosition position) {
    onChannelMoved(channelId, position);
  }

  /**
   * A watched channel does not deliver although it should: Telegram is asked and the call fails, or
   * the answer cannot be read. It goes on being asked, less and less often. Called once, and again
   * when the cause changes, until {@link #onResumed}. A lost connection is no stall: {@link
   * ClientListener#onLost} tells of it.
   *
   * @param channelId which channel; 0 for what happens outside channels
   */
  default void onStalled(long channelId, Stall stall) {}

  /**
   * What {@link #onStalled} told of goes on: everything up to now has been delivered or passed
   * over.
   *
   * @param channelId which channel; 0 for what happens outside channels
   */
  default void onResumed(long channelId) {}

  /**
   * Telegram says that a watched channel has changed: perhaps its title, its public names, or
   * whether the account is a member. A name that it no longer has may belong to another channel
   * now; the id stays.
   */
  default void onChannelChanged(Channel channel) {}

  /**
   * Updates stopped by themselves, and this is the last call.
   *
   * @param cause what another method of this listener threw, or why the client can never work again
   */
  default void onFailed(Throwable cause) {}
}
