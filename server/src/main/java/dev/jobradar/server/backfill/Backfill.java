package dev.jobradar.server.backfill;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.channels.ChannelName;
import dev.jobradar.server.tasks.TaskId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The reading of a source's history for a task, newest post first.
 *
 * @param wanted how many matching posts are to be found, 1 to {@value #MAX_WANTED}
 * @param found how many were found so far, those among them that were leads already
 * @param added how many new leads that made
 * @param read how many posts were read
 * @param total how many the channel has, as far as Telegram tells; null before the first page
 * @param passedOver how many posts could not be read, at most
 * @param passedOverLast the newest of them; 0 when there is none
 * @param beforeId where the next page begins; 0 with the newest post
 * @param deliver whether the new leads are sent to the person
 * @param error why it waits or has failed, as a stable name; null when it does neither
 * @param nextTryAt when it goes on; null when it does not wait
 */
public record Backfill(
    BackfillId id,
    UserId user,
    TaskId task,
    ChannelName source,
    int wanted,
    int found,
    int added,
    int read,
    @Nullable Integer total,
    int passedOver,
    int passedOverLast,
    int beforeId,
    boolean deliver,
    BackfillStatus status,
    @Nullable String error,
    @Nullable Instant nextTryAt,
    Instant createdAt,
    Instant updatedAt) {
  /** How many matching posts may be wanted. */
  public static final int MAX_WANTED = 1_000;

  /** The status as people see it: {@code waiting} for one that cannot go on just now. */
  public String statusText() {
    return status == BackfillStatus.RUNNING && error != null ? "waiting" : status.text();
  }
}
