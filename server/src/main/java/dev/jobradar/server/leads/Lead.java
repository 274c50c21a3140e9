package dev.jobradar.server.leads;

import dev.jobradar.server.channels.ChannelName;
import dev.jobradar.server.filter.Span;
import dev.jobradar.server.tasks.TaskId;
import dev.jobradar.telegram.content.MessageContent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A post that matched a task.
 *
 * @param content what a person reads of the post
 * @param url the post's address on the web
 * @param keyword the group of words that matched, as the person wrote it; null when the task takes
 *     every post
 * @param matchedAt where in the text it matched, in ascending order
 * @param deliveredAt when the first message about it was sent; null while none was
 * @param read whether a list showed it to the person
 * @param note the person's words about it, empty for none
 * @param marks what became of its post
 * @param alsoSeen where it was posted again
 */
public record Lead(
    LeadId id,
    TaskId task,
    ChannelName source,
    int messageId,
    String url,
    MessageContent content,
    @Nullable String keyword,
    List<Span> matchedAt,
    Instant postedAt,
    Instant foundAt,
    @Nullable Instant deliveredAt,
    LeadStatus status,
    boolean read,
    String note,
    Marks marks,
    List<Sighting> alsoSeen) {
  /**
   * What became of a lead's post, and what is missing of it.
   *
   * @param editedAt when its text was changed last; null when it was not
   * @param deletedAt when it was deleted, as far as known; null when it was not
   * @param withdrawnAt when it stopped to match; null while it matches
   * @param excerptOnly whether copies of it are forbidden: then this is an excerpt
   * @param incomplete whether Telegram gave no more than its beginning
   */
  public record Marks(
      @Nullable Instant editedAt,
      @Nullable Instant deletedAt,
      @Nullable Instant withdrawnAt,
      boolean excerptOnly,
      boolean incomplete) {
    /** A whole post as it was posted. */
    public static final Marks NONE = new Marks(null, null, null, false, false);
  }

  /** How much of a post is kept, in UTF-16 units: all that Telegram lets a post have. */
  public static final int MAX_TEXT = MessageContent.MAX_LENGTH;

  /** Copies the lists. */
  public Lead {
    matchedAt = List.copyOf(matchedAt);
    alsoSeen = List.copyOf(alsoSeen);
  }

  /** The readable text of the post. */
  public String text() {
    return content.text();
  }

  /** The text stays out of logs. */
  @Override
  public String toString() {
    return "Lead[" + id.value() + "]";
  }
}
