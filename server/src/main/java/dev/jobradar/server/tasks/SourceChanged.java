package dev.jobradar.server.tasks;

import dev.jobradar.server.users.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Published, within the transaction if there is one, when a source can no longer be read, or can
 * again.
 *
 * @param error a stable name for the reason, as in {@link Source#lastError}
 */
public record SourceChanged(
    UserId user, TaskId task, SourceName source, SourceStatus status, @Nullable String error) {}
