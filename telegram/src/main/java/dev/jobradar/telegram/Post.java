package dev.jobradar.telegram;

import dev.jobradar.tl.api.Message;
import dev.jobradar.tl.api.PeerChannel;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message in a channel or supergroup.
 *
 * @param channelId the channel's id
 * @param id the message's id: grows within the channel, from 1
 * @param date when it was sent
 * @param text its text, or a picture's caption; empty when it has none
 * @param editDate when it was changed last, null when it was not
 * @param outgoing whether this account wrote it
 */
public record Post(
    long channelId,
    int id,
    Instant date,
    String text,
    @Nullable Instant editDate,
    boolean outgoing) {

  /** The post in a TL message; null when that is no message in a channel. */
  public static @Nullable Post of(Message message) {
    if (!(message.peerId() instanceof PeerChannel peer)) {
      return null;
    }
    Integer edited = message.editDate();
    return new Post(
        peer.channelId(),
        message.id(),
        Instant.ofEpochSecond(message.date()),
        message.message(),
        edited == null ? null : Instant.ofEpochSecond(edited),
        message.out());
  }

  /** The text stays out of logs. */
  @Override
  public String toString() {
    return "Post[" + channelId + "/" + id + "]";
  }
}
