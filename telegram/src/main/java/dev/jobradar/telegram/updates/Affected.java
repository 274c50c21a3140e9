package dev.jobradar.telegram.updates;

import dev.jobradar.tl.TlMethod;
import dev.jobradar.tl.api.InputChannel;
import dev.jobradar.tl.api.InputChannelFromMessage;
import dev.jobradar.tl.api.InputPeerChannel;
import dev.jobradar.tl.api.InputPeerChannelFromMessage;
import dev.jobradar.tl.api.TypeInputChannel;
import dev.jobradar.tl.api.TypeInputPeer;
import dev.jobradar.tl.api.messages.AffectedFoundMessages;
import dev.jobradar.tl.api.messages.AffectedHistory;
import dev.jobradar.tl.api.messages.AffectedMessages;
import dev.jobradar.tl.api.method.Channels;
import dev.jobradar.tl.api.method.Messages;
import org.jspecify.annotations.Nullable;

/**
 * The events of a message box that one's own call made, which are not pushed to the session that
 * made it.
 *
 * @param channelId whose box it is, 0 for the common one
 * @param pts the box's state after them
 * @param count how many they are
 */
record Affected(long channelId, int pts, int count) {
  /** The events that an answer contains, null when there are none. */
  static @Nullable Affected of(TlMethod<?> method, Object answer) {
    return switch (answer) {
      case AffectedMessages a -> of(method, a.pts(), a.ptsCount());
      case AffectedHistory a -> of(method, a.pts(), a.ptsCount());
      case AffectedFoundMessages a -> of(method, a.pts(), a.ptsCount());
      default -> null;
    };
  }

  private static @Nullable Affected of(TlMethod<?> method, int pts, int count) {
    return pts <= 0 ? null : new Affected(channelOf(method), pts, count);
  }

  private static long channelOf(TlMethod<?> method) {
    return switch (method) {
      case Channels.DeleteMessages m -> channelOf(m.channel());
      case Channels.DeleteParticipantHistory m -> channelOf(m.channel());
      case Messages.ReadMentions m -> channelOf(m.peer());
      case Messages.ReadReactions m -> channelOf(m.peer());
      case Messages.ReadPollVotes m -> channelOf(m.peer());
      case Messages.UnpinAllMessages m -> channelOf(m.peer());
      case Messages.DeleteHistory m -> channelOf(m.peer());
      case Messages.DeleteTopicHistory m -> channelOf(m.peer());
      case Messages.DeleteSavedHistory m -> channelOf(m.parentPeer());
      default -> 0;
    };
  }

  private static long channelOf(TypeInputChannel channel) {
    return switch (channel) {
      case InputChannel c -> c.channelId();
      case InputChannelFromMessage c -> c.channelId();
      default -> 0;
    };
  }

  private static long channelOf(@Nullable TypeInputPeer peer) {
    return switch (peer) {
      case InputPeerChannel p -> p.channelId();
      case InputPeerChannelFromMessage p -> p.channelId();
      case null, default -> 0;
    };
  }
}
