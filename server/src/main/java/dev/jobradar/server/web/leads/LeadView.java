package dev.jobradar.server.web.leads;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.jobradar.server.leads.Lead;
import dev.jobradar.server.leads.LeadStatus;
import dev.jobradar.server.leads.Sighting;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A lead, as it is answered.
 *
 * @param sourceChannel the channel's public name, without {@code @}
 * @param matchedKeyword null when the task takes every post
 * @param matchedAt where it matched: pairs of start and end in {@code text}, in UTF-16 units
 * @param editedAt when the post was changed last
 * @param deletedAt when the post was deleted at its source, as far as known
 * @param withdrawnAt when the post stopped to match
 * @param excerptOnly whether the channel forbids copies: then {@code text} is an excerpt
 * @param incomplete whether Telegram gave no more than the beginning of the post
 * @param notes what the person should know of it, in their language
 * @param alsoSeen where the same vacancy was posted again
 */
public record LeadView(
    long id,
    long taskId,
    String text,
    String sourceChannel,
    int sourceMessageId,
    String sourceUrl,
    @Nullable String matchedKeyword,
    List<List<Integer>> matchedAt,
    Instant postedAt,
    Instant foundAt,
    @Nullable Instant deliveredAt,
    String status,
    @JsonProperty("is_read") boolean read,
    @Nullable Instant editedAt,
    @Nullable Instant deletedAt,
    @Nullable Instant withdrawnAt,
    boolean excerptOnly,
    boolean incomplete,
    List<String> notes,
    List<SeenAt> alsoSeen) {

  /** Not opened by the person. */
  static final String NEW = "new";

  /** Opened, whatever the person made of it. */
  static final String VIEWED = "viewed";

  /** Where a vacancy was posted again. */
  public record SeenAt(
      String sourceChannel, int sourceMessageId, String sourceUrl, Instant seenAt) {
    private static SeenAt of(Sighting sighting) {
      return new SeenAt(
          sighting.source().value(), sighting.messageId(), sighting.url(), sighting.seenAt());
    }
  }

  /** The view of a lead. */
  static LeadView of(Lead lead, List<String> notes) {
    return new LeadView(
        lead.id().value(),
        lead.task().value(),
        lead.text(),
        lead.source().value(),
        lead.messageId(),
        lead.url(),
        lead.keyword(),
        lead.matchedAt().stream().map(span -> List.of(span.start(), span.end())).toList(),
        lead.postedAt(),
        lead.foundAt(),
        lead.deliveredAt(),
        lead.status() == LeadStatus.NEW ? NEW : VIEWED,
        lead.read(),
        lead.marks().editedAt(),
        lead.marks().deletedAt(),
        lead.marks().withdrawnAt(),
        lead.marks().excerptOnly(),
        lead.marks().incomplete(),
        notes,
        lead.alsoSeen().stream().map(SeenAt::of).toList());
  }

  /** The text stays out of logs. */
  @Override
  public String toString() {
    return "LeadView[" + id + "]";
  }
}
