package dev.jobradar.server.account;

import dev.jobradar.telegram.content.MessageContent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A post of a channel.
 *
 * @param id its message id, which grows within the channel
 * @param date when it was posted
 * @param content what a person reads of it; its text may be empty
 * @param outgoing whether this account wrote it
 * @param albumId what the parts of an album have in common, null for a post that stands alone
 * @param forwardedFrom the channel's post that it is a forward of, null when there is none
 * @param isProtected whether copies of it are forbidden
 * @param editedAt when it was changed last; null when it was not
 */
public record ReceivedPost(
    int id,
    Instant date,
    MessageContent content,
    boolean outgoing,
    @Nullable Long albumId,
    @Nullable Origin forwardedFrom,
    boolean isProtected,
    @Nullable Instant editedAt) {

  /**
   * A channel's post that was forwarded.
   *
   * @param channelId the channel's id
   * @param id the post's id there
   */
  public record Origin(long channelId, int id) {}

  /** A post that is nothing but a text. */
  public ReceivedPost(int id, Instant date, String text, boolean outgoing) {
    this(id, date, MessageContent.of(text), outgoing, null, null, false);
  }

  /** A post that was never changed. */
  public ReceivedPost(
      int id,
      Instant date,
      MessageContent content,
      boolean outgoing,
      @Nullable Long albumId,
      @Nullable Origin forwardedFrom,
      boolean isProtected) {
    this(id, date, content, outgoing, albumId, forwardedFrom, isProtected, null);
  }

  /** The same post with another content. */
  public ReceivedPost withContent(MessageContent other) {
    return new ReceivedPost(
        id, date, other, outgoing, albumId, forwardedFrom, isProtected, editedAt);
  }

  /** The same post, of which copies are forbidden. */
  public ReceivedPost asProtected() {
    return new ReceivedPost(id, date, content, outgoing, albumId, forwardedFrom, true, editedAt);
  }

  /** Its readable text; may be empty. */
  public String text() {
    return content.text();
  }

  /** The text stays out of logs. */
  @Override
  public String toString() {
    return "ReceivedPost[" + id + "]";
  }
}
