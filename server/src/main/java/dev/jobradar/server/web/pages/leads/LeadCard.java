package dev.jobradar.server.web.pages.leads;

import dev.jobradar.server.leads.LeadStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A lead as a page shows it.
 *
 * @param taskName empty for a task that is gone
 * @param source as people write it
 * @param keyword empty when the task takes every post
 * @param head the text, or the beginning of a long one
 * @param rest the rest of a long one, else null
 * @param notes what became of its post, in words
 * @param trashed whether it is deleted and can be restored
 */
record LeadCard(
    long id,
    LeadStatus status,
    long task,
    String taskName,
    String sourceName,
    String source,
    String sourceUrl,
    String url,
    Instant postedAt,
    @Nullable Instant deliveredAt,
    String keyword,
    PostText head,
    @Nullable PostText rest,
    @Nullable Contact contact,
    String note,
    List<String> notes,
    List<Seen> alsoSeen,
    boolean trashed) {
  /** Where the vacancy was posted again. */
  record Seen(String source, String url, Instant at) {}

  /** Copies the lists. */
  LeadCard {
    notes = List.copyOf(notes);
    alsoSeen = List.copyOf(alsoSeen);
  }

  /** Whether the person has not looked at it. */
  public boolean fresh() {
    return status == LeadStatus.NEW;
  }

  /** The beginning of the text. */
  public String text() {
    StringBuilder text = new StringBuilder();
    head.pieces().forEach(piece -> text.append(piece.text()));
    return text.toString();
  }

  /** What a button of that status makes of the lead: pressed again it takes itself back. */
  public String next(String button) {
    if (!status.text().equals(button)) {
      return button;
    }
    return status == LeadStatus.SEEN ? LeadStatus.NEW.text() : LeadStatus.SEEN.text();
  }

  /** The text stays out of logs. */
  @Override
  public String toString() {
    return "LeadCard[" + id + "]";
  }
}
