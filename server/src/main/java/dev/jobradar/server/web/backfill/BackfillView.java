package dev.jobradar.server.web.backfill;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A backfill, as the API shows it.
 *
 * @param status {@code running}, {@code waiting}, {@code done}, {@code cancelled} or {@code failed}
 * @param error why it waits or has failed, as a stable name
 * @param detail the same in the person's language
 */
record BackfillView(
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
    @Nullable String error,
    @Nullable String detail,
    @Nullable Instant nextTryAt,
    Instant createdAt,
    Instant updatedAt) {}
