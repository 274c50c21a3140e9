package dev.jobradar.telegram.updates;

import dev.jobradar.tl.api.Message;
import dev.jobradar.tl.api.MessageEmpty;
import dev.jobradar.tl.api.MessageService;
import dev.jobradar.tl.api.PeerChannel;
import dev.jobradar.tl.api.TypeMessage;
import dev.jobradar.tl.api.TypePeer;
import dev.jobradar.tl.api.TypeUpdate;
import dev.jobradar.tl.api.UpdateBotBusinessConnect;
import dev.jobradar.tl.api.UpdateBotChatBoost;
import dev.jobradar.tl.api.UpdateBotChatInviteRequester;
import dev.jobradar.tl.api.UpdateBotDeleteBusinessMessage;
import dev.jobradar.tl.api.UpdateBotEditBusinessMessage;
import dev.jobradar.tl.api.UpdateBotGuestChatQuery;
import dev.jobradar.tl.api.UpdateBotMessageReaction;
import dev.jobradar.tl.api.UpdateBotMessageReactions;
import dev.jobradar.tl.api.UpdateBotNewBusinessMessage;
import dev.jobradar.tl.api.UpdateBotPurchasedPaidMedia;
import dev.jobradar.tl.api.UpdateBotStarsSubscription;
import dev.jobradar.tl.api.UpdateBotStopped;
import dev.jobradar.tl.api.UpdateChannelParticipant;
import dev.jobradar.tl.api.UpdateChannelTooLong;
import dev.jobradar.tl.api.UpdateChannelWebPage;
import dev.jobradar.tl.api.UpdateChatParticipant;
import dev.jobradar.tl.api.UpdateDeleteChannelMessages;
import dev.jobradar.tl.api.UpdateDeleteMessages;
import dev.jobradar.tl.api.UpdateEditChannelMessage;
import dev.jobradar.tl.api.UpdateEditMessage;
import dev.jobradar.tl.api.UpdateFolderPeers;
import dev.jobradar.tl.api.UpdateManagedBot;
import dev.jobradar.tl.api.UpdateMessagePollVote;
import dev.jobradar.tl.api.UpdateNewChannelMessage;
import dev.jobradar.tl.api.UpdateNewEncryptedMessage;
import dev.jobradar.tl.api.UpdateNewMessage;
import dev.jobradar.tl.api.UpdatePinnedChannelMessages;
import dev.jobradar.tl.api.UpdatePinnedMessages;
import dev.jobradar.tl.api.UpdatePtsChanged;
import dev.jobradar.tl.api.UpdateReadChannelInbox;
import dev.jobradar.tl.api.UpdateReadHistoryInbox;
import dev.jobradar.tl.api.UpdateReadHistoryOutbox;
import dev.jobradar.tl.api.UpdateReadMessagesContents;
import dev.jobradar.tl.api.UpdateWebPage;
import org.jspecify.annotations.Nullable;

/**
 * Where an update belongs among the sequences of an account
 * (api/updates#message-related-event-sequences).
 */
sealed interface UpdateSequence {
  /** An event of the common message box: {@code pts} after it, and how many events it holds. */
  record CommonBox(int pts, int count) implements UpdateSequence {}

  /** An event of the secondary sequence, which is never grouped. */
  record Secondary(int qts) implements UpdateSequence {}

  /**
   * An event of a channel's message box.
   *
   * @param channelId 0 when the update does not tell, which the channel's next one repairs
   */
  record ChannelBox(long channelId, int pts, int count) implements UpdateSequence {}

  /** Not an event: a channel, or the common box, must be polled. */
  record ChannelTooLong(long channelId, @Nullable Integer pts) implements UpdateSequence {}

  /** Not an event: the common box has lost its numbering. */
  record StateLost() implements UpdateSequence {}

  /** In no box: it goes by the {@code seq} of the object that brought it. */
  record Elsewhere() implements UpdateSequence {}

  /** The place of an update. */
  static UpdateSequence of(TypeUpdate update) {
    return switch (update) {
      case UpdateNewMessage u -> new CommonBox(u.pts(), u.ptsCount());
      case UpdateEditMessage u -> new CommonBox(u.pts(), u.ptsCount());
      case UpdateDeleteMessages u -> new CommonBox(u.pts(), u.ptsCount());
      case UpdateReadHistoryInbox u -> new CommonBox(u.pts(), u.ptsCount());
      case UpdateReadHistoryOutbox u -> new CommonBox(u.pts(), u.ptsCount());
      case UpdateReadMessagesContents u -> new CommonBox(u.pts(), u.ptsCount());
      case UpdatePinnedMessages u -> new CommonBox(u.pts(), u.ptsCount());
      case UpdateFolderPeers u -> new CommonBox(u.pts(), u.ptsCount());
      case UpdateWebPage u -> new CommonBox(u.pts(), u.ptsCount());
      case UpdatePtsChanged u -> new StateLost();

      case UpdateNewChannelMessage u ->
          new ChannelBox(channelOf(u.message()), u.pts(), u.ptsCount());
      case UpdateEditChannelMessage u ->
          new ChannelBox(channelOf(u.message()), u.pts(), u.ptsCount());
      case UpdateDeleteChannelMessages u -> new ChannelBox(u.channelId(), u.pts(), u.ptsCount());
      case UpdatePinnedChannelMessages u -> new ChannelBox(u.channelId(), u.pts(), u.ptsCount());
      case UpdateChannelWebPage u -> new ChannelBox(u.channelId(), u.pts(), u.ptsCount());
      // The exception of the page: without a pts_count, "considered to be 0".
      case UpdateReadChannelInbox u -> new ChannelBox(u.channelId(), u.pts(), 0);
      case UpdateChannelTooLong u -> new ChannelTooLong(u.channelId(), u.pts());

      case UpdateNewEncryptedMessage u -> new Secondary(u.qts());
      case UpdateMessagePollVote u -> new Secondary(u.qts());
      case UpdateChatParticipant u -> new Secondary(u.qts());
      case UpdateChannelParticipant u -> new Secondary(u.qts());
      case UpdateBotStopped u -> new Secondary(u.qts());
      case UpdateBotChatInviteRequester u -> new Secondary(u.qts());
      case UpdateBotChatBoost u -> new Secondary(u.qts());
      case UpdateBotMessageReaction u -> new Secondary(u.qts());
      case UpdateBotMessageReactions u -> new Secondary(u.qts());
      case UpdateBotBusinessConnect u -> new Secondary(u.qts());
      case UpdateBotNewBusinessMessage u -> new Secondary(u.qts());
      case UpdateBotEditBusinessMessage u -> new Secondary(u.qts());
      case UpdateBotDeleteBusinessMessage u -> new Secondary(u.qts());
      case UpdateBotPurchasedPaidMedia u -> new Secondary(u.qts());
      case UpdateBotGuestChatQuery u -> new Secondary(u.qts());
      case UpdateBotStarsSubscription u -> new Secondary(u.qts());
      case UpdateManagedBot u -> new Secondary(u.qts());

      default -> new Elsewhere();
    };
  }

  /** The id of the channel that a message is in, 0 if it is in none or does not tell. */
  static long channelOf(TypeMessage message) {
    TypePeer peer =
        switch (message) {
          case Message m -> m.peerId();
          case MessageService m -> m.peerId();
          case MessageEmpty m -> m.peerId();
        };
    return peer instanceof PeerChannel(long channelId) ? channelId : 0;
  }

  /** A message's id. */
  static int idOf(TypeMessage message) {
    return switch (message) {
      case Message m -> m.id();
      case MessageService m -> m.id();
      case MessageEmpty m -> m.id();
    };
  }
}
