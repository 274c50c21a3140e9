package dev.jobradar.telegram.updates;

import dev.jobradar.tl.api.Message;
import dev.jobradar.tl.api.PeerChat;
import dev.jobradar.tl.api.PeerUser;
import dev.jobradar.tl.api.UpdateNewMessage;
import dev.jobradar.tl.api.UpdateShortChatMessage;
import dev.jobradar.tl.api.UpdateShortMessage;

/** Writes the shortened constructors out as what they stand for (api/updates#updates-sequence). */
final class ShortUpdates {
  private ShortUpdates() {}

  /** A private message, for the account with this user id. */
  static UpdateNewMessage whole(UpdateShortMessage update, long self) {
    Message message =
        Message.builder()
            .out(update.out())
            .mentioned(update.mentioned())
            .mediaUnread(update.mediaUnread())
            .silent(update.silent())
            .id(update.id())
            .fromId(new PeerUser(update.out() ? self : update.userId()))
            .peerId(new PeerUser(update.userId()))
            .fwdFrom(update.fwdFrom())
            .viaBotId(update.viaBotId())
            .replyTo(update.replyTo())
            .date(update.date())
            .message(update.message())
            .entities(update.entities())
            .ttlPeriod(update.ttlPeriod())
            .build();
    return new UpdateNewMessage(message, update.pts(), update.ptsCount());
  }

  /** A message in a basic group. */
  static UpdateNewMessage whole(UpdateShortChatMessage update) {
    Message message =
        Message.builder()
            .out(update.out())
            .mentioned(update.mentioned())
            .mediaUnread(update.mediaUnread())
            .silent(update.silent())
            .id(update.id())
            .fromId(new PeerUser(update.fromId()))
            .peerId(new PeerChat(update.chatId()))
            .fwdFrom(update.fwdFrom())
            .viaBotId(update.viaBotId())
            .replyTo(update.replyTo())
            .date(update.date())
            .message(update.message())
            .entities(update.entities())
            .ttlPeriod(update.ttlPeriod())
            .build();
    return new UpdateNewMessage(message, update.pts(), update.ptsCount());
  }
}
