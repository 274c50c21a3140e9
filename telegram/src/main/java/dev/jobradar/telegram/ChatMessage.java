package dev.jobradar.telegram;

import dev.jobradar.tl.api.Message;
import dev.jobradar.tl.api.PeerChannel;
import dev.jobradar.tl.api.PeerChat;
import dev.jobradar.tl.api.PeerUser;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message in a private chat or a basic group.
 *
 * @param chat where it is
 * @param id the message's id: grows within the account
 * @param date when it was sent
 * @param text its text, or a picture's caption; empty when it has none
 * @param outgoing whether this account wrote it to somebody else; Telegram says false in Saved
 *     Messages
 */
public record ChatMessage(Chat chat, int id, Instant date, String text, boolean outgoing) {
  /** Where a message is. */
  public sealed interface Chat {}

  /** The chat with this user; the account's own id stands for its Saved Messages. */
  public record Private(long userId) implements Chat {}

  /** A basic group. */
  public record Group(long id) implements Chat {}

  /** The message in a TL message; null when that is in a channel. */
  public static @Nullable ChatMessage of(Message message) {
    Chat chat =
        switch (message.peerId()) {
          case PeerUser peer -> new Private(peer.userId());
          case PeerChat peer -> new Group(peer.chatId());
          case PeerChannel peer -> null;
        };
    return chat == null
        ? null
        : new ChatMessage(
            chat,
            message.id(),
            Instant.ofEpochSecond(message.date()),
            message.message(),
            message.out());
  }

  /** The text stays out of logs. */
  @Override
  public String toString() {
    return "ChatMessage[" + id + "]";
  }
}
