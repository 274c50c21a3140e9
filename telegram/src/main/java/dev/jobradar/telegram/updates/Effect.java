package dev.jobradar.telegram.updates;

import dev.jobradar.tl.TlMethod;
import dev.jobradar.tl.api.Channel;
import dev.jobradar.tl.api.Message;
import dev.jobradar.tl.api.TypeUpdate;
import dev.jobradar.tl.api.TypeWebPage;
import java.util.List;

/** What is to be done about an input of {@link UpdateEngine}; in the order in which they came. */
public sealed interface Effect {
  /**
   * A method to call; its outcome goes to {@link UpdateEngine#answered} or {@link
   * UpdateEngine#failed}. It only reads: it may be repeated.
   *
   * @param channelId the channel that it is about, 0 for the account's common box
   * @param number tells it from other calls
   */
  record Call(long channelId, int number, TlMethod<?> method) implements Effect {}

  /**
   * A new post of a watched channel, each once and in ascending order of ids.
   *
   * @param position to be stored in the transaction that handles the post
   */
  record Post(long channelId, Message message, ChannelPosition position) implements Effect {}

  /**
   * A post of a watched channel as it is after an edit. It comes also when nothing that a person
   * reads has changed, such as for a reaction, and may come again after a restart.
   */
  record PostEdited(long channelId, Message message) implements Effect {}

  /** Messages of a watched channel were deleted; may come again after a restart. */
  record PostsDeleted(long channelId, List<Integer> ids) implements Effect {
    public PostsDeleted {
      ids = List.copyOf(ids);
    }
  }

  /** The preview of a link is ready that was pending when its post came. */
  record PreviewReady(long channelId, TypeWebPage page) implements Effect {}

  /**
   * A watched channel moved on without a post. Storing it saves work after a restart and is never
   * needed for correctness.
   */
  record ChannelMoved(long channelId, ChannelPosition position) implements Effect {}

  /**
   * Updates that belong to no channel's message box, in order; not empty. Messages that came with a
   * difference are wrapped as {@code updateNewMessage} with a {@code pts_count} of 0.
   *
   * @param position to be stored in the transaction that handles all of them
   */
  record Common(List<TypeUpdate> updates, CommonPosition position) implements Effect {
    public Common {
      updates = List.copyOf(updates);
    }
  }

  /** The common position moved on without an update; as {@link ChannelMoved}. */
  record CommonMoved(CommonPosition position) implements Effect {}

  /**
   * Updates of the common message box were left out, because there were too many of them or because
   * Telegram no longer knows the state that was asked from. Posts of watched channels are not among
   * them.
   */
  record CommonSkipped(CommonPosition position) implements Effect {}

  /** The account joined or left a watched channel. */
  record UpdateModeChanged(long channelId, UpdateMode mode) implements Effect {}

  /**
   * A channel is no longer watched.
   *
   * @param position where it can be taken up again
   * @param error Telegram's name for the reason, such as {@code CHANNEL_PRIVATE}
   */
  record WatchEnded(long channelId, ChannelPosition position, EndReason reason, String error)
      implements Effect {}

  /**
   * Messages of a watched channel that can never be delivered were passed over; those after them
   * are delivered.
   *
   * @param position to be stored in the transaction that handles it
   */
  record MessagesPassedOver(long channelId, PassedOver what, ChannelPosition position)
      implements Effect {}

  /**
   * A watched channel does not deliver although it should. Told once, and again when the cause or
   * {@code historyRead} changes, until {@link WatchResumed}.
   *
   * @param channelId which channel, 0 for the account's common updates
   * @param error Telegram's name for the error, or what is wrong in short
   * @param lasting milliseconds since it delivered last
   * @param behind how many events it is behind at least, -1 when that is not known
   * @param historyRead whether posts still come, by push or from the history
   */
  record WatchStalled(
      long channelId, StallCause cause, String error, long lasting, int behind, boolean historyRead)
      implements Effect {}

  /** A stall that was reported is over. */
  record WatchResumed(long channelId) implements Effect {}

  /**
   * Telegram describes a watched channel, for the first time or otherwise than before: its title,
   * its public names, whether the account is a member, whether it forbids copies.
   */
  record ChannelChanged(Channel channel) implements Effect {}

  /** Why a channel is no longer watched. */
  enum EndReason {
    /** Lost access: the account may not read it, or not with this access hash. */
    NO_ACCESS,
    /** The account left it, and as many channels are polled as may be. */
    TOO_MANY_POLLED
  }
}
