package dev.jobradar.sandbox.rpc;

import dev.jobradar.sandbox.world.ChannelId;
import dev.jobradar.tl.TlMethod;
import dev.jobradar.tl.api.InputChannel;
import dev.jobradar.tl.api.InputPeerChannel;
import dev.jobradar.tl.api.TypeInputChannel;
import dev.jobradar.tl.api.TypeInputPeer;
import dev.jobradar.tl.api.method.Channels;
import dev.jobradar.tl.api.method.Messages;
import dev.jobradar.tl.api.method.Updates;
import org.jspecify.annotations.Nullable;

/** The channel that a call names, for faults that aim at one. */
final class CalledChannel {

  private CalledChannel() {}

  /** The channel; null if the call names none, or several. */
  static @Nullable ChannelId of(TlMethod<?> method) {
    return switch (method) {
      case Updates.GetChannelDifference call -> of(call.channel());
      case Channels.GetMessages call -> of(call.channel());
      case Channels.GetFullChannel call -> of(call.channel());
      case Channels.GetParticipant call -> of(call.channel());
      case Channels.JoinChannel call -> of(call.channel());
      case Channels.LeaveChannel call -> of(call.channel());
      case Channels.ReadHistory call -> of(call.channel());
      case Channels.GetChannels call when call.id().size() == 1 -> of(call.id().getFirst());
      case Messages.GetHistory call -> of(call.peer());
      case Messages.Search call -> of(call.peer());
      case Messages.SendMessage call -> of(call.peer());
      case Messages.GetMessagesViews call -> of(call.peer());
      case Messages.GetRichMessage call -> of(call.peer());
      case Messages.GetReplies call -> of(call.peer());
      case Messages.GetDiscussionMessage call -> of(call.peer());
      default -> null;
    };
  }

  private static @Nullable ChannelId of(TypeInputChannel channel) {
    return channel instanceof InputChannel(long id, long hash) ? new ChannelId(id) : null;
  }

  private static @Nullable ChannelId of(TypeInputPeer peer) {
    return peer instanceof InputPeerChannel(long id, long hash) ? new ChannelId(id) : null;
  }
}
