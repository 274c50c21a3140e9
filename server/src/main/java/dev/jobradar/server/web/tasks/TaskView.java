package dev.jobradar.server.web.tasks;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task, as it is answered.
 *
 * @param pauseReason a stable name for why it was paused, where its owner did not do it; else null
 * @param pauseDetail the same in words, and what to do
 * @param sources the names, without {@code @}
 * @param ignoredKeywords those of an earlier version that are refused today, each with the reason
 * @param alertsChannel the name of the channel that leads are sent to as well, or null
 * @param forwardChannel the same, under the name that the old service used
 * @param sourceStates one for each of {@code sources}, in their order
 * @param deliveryProblems destinations that its leads do not reach
 */
public record TaskView(
    long id,
    String name,
    String status,
    @Nullable String pauseReason,
    @Nullable String pauseDetail,
    List<String> sources,
    List<String> includeKeywords,
    List<String> excludeKeywords,
    List<Ignored> ignoredKeywords,
    boolean alertsPersonal,
    @Nullable String alertsChannel,
    @Nullable String forwardChannel,
    boolean mergeReposts,
    List<SourceView> sourceStates,
    @Nullable SourceView alertsChannelState,
    List<Undelivered> deliveryProblems,
    Instant createdAt,
    Instant updatedAt) {
  /**
   * A keyword that is refused and ignored.
   *
   * @param detail why, in words
   */
  public record Ignored(String keyword, String detail) {}

  /**
   * A destination that the leads do not reach.
   *
   * @param destination {@code self} or the name of a channel
   * @param error a stable name for the reason
   * @param detail the same in words
   * @param at when it was seen last
   */
  public record Undelivered(String destination, String error, String detail, Instant at) {}
}
