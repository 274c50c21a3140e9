package dev.jobradar.server.web.backfill;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A backfill, as the API shows it.
 *
 * @param status {@code running}, {@code waiting}, {@code done}, {@code cancelled} or {@code failed}
 * @param skipped posts that could not be read; left out when there are none
 * @param error why it waits or has failed, as a stable name
 * @param detail the same in the person's language
 */
public record BackfillView(
    long id,
    long taskId,
    String source,
    String status,
    int wanted,
    int found,
    int added,
    int read,
    @Nullable Integer total,
    boolean deliver,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Skipped skipped,
    @Nullable String error,
    @Nullable String detail,
    @Nullable Instant nextTryAt,
    Instant createdAt,
    Instant updatedAt) {
  /**
   * Posts that could not be read.
   *
   * @param count how many at most
   * @param lastMessageId the newest of them
   * @param detail the same in the person's language
   */
  public record Skipped(int count, int lastMessageId, String detail) {}
}
