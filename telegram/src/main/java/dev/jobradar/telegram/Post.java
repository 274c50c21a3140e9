package dev.jobradar.telegram;

import dev.jobradar.telegram.content.ContentReader;
import dev.jobradar.telegram.content.MessageContent;
import dev.jobradar.tl.api.Message;
import dev.jobradar.tl.api.MessageFwdHeader;
import dev.jobradar.tl.api.PeerChannel;
import dev.jobradar.tl.api.TypeMessageMedia;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message in a channel or supergroup.
 *
 * @param channelId the channel's id
 * @param id the message's id: grows within the channel, from 1
 * @param date when it was sent
 * @param content what a person reads of it: text or rich message, media, buttons
 * @param editDate when it was changed last, null when it was not
 * @param outgoing whether this account wrote it
 * @param albumId what the parts of an album have in common, null for a post that stands alone
 * @param forwardedFrom the channel's post that it is a forward of, null when it is none or when
 *     that is not known
 * @param isProtected whether the author forbids copies (core.telegram.org/api/content-protection);
 *     a channel may forbid them for all of its posts without saying so here
 */
public record Post(
    long channelId,
    int id,
    Instant date,
    MessageContent content,
    @Nullable Instant editDate,
    boolean outgoing,
    @Nullable Long albumId,
    @Nullable Origin forwardedFrom,
    boolean isProtected) {

  /**
   * A channel's post that was forwarded.
   *
   * @param channelId the channel's id
   * @param id the post's id there
   */
  public record Origin(long channelId, int id) {}

  /** Its readable text; empty when it has none. */
  public String text() {
    return content.text();
  }

  /** The post in a TL message; null when that is no message in a channel. */
  public static @Nullable Post of(Message message) {
    return of(message, message.media());
  }

  /** The same with other media, such as a link's preview that is ready by now. */
  static @Nullable Post of(Message message, @Nullable TypeMessageMedia media) {
    if (!(message.peerId() instanceof PeerChannel peer)) {
      return null;
    }
    Integer edited = message.editDate();
    return new Post(
        peer.channelId(),
        message.id(),
        Instant.ofEpochSecond(message.date()),
        ContentReader.read(message, media),
        edited == null ? null : Instant.ofEpochSecond(edited),
        message.out(),
        message.groupedId(),
        origin(message.fwdFrom()),
        message.noforwards());
  }

  private static @Nullable Origin origin(@Nullable MessageFwdHeader forward) {
    if (forward == null) {
      return null;
    }
    Integer post = forward.channelPost();
    return post != null && forward.fromId() instanceof PeerChannel channel
        ? new Origin(channel.channelId(), post)
        : null;
  }

  /** The text stays out of logs. */
  @Override
  public String toString() {
    return "Post[" + channelId + "/" + id + "]";
  }
}
