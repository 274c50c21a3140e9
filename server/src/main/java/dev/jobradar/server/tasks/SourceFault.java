package dev.jobradar.server.tasks;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Why a source cannot be read.
 *
 * @param status {@link SourceStatus#INVALID} or {@link SourceStatus#ERROR}
 * @param error a stable name for the reason, as in {@link Source#lastError}
 * @param nextRetryAt when it is tried again; null for never
 */
public record SourceFault(SourceStatus status, String error, @Nullable Instant nextRetryAt) {}
