package dev.jobradar.server.tasks;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.channels.ChannelName;
import org.jspecify.annotations.Nullable;

/**
 * Published, within the transaction if there is one, when a source can no longer be read, or can
 * again.
 *
 * @param error a stable name for the reason, as in {@link Source#lastError}
 */
public record SourceChanged(
    UserId user, TaskId task, ChannelName source, SourceStatus status, @Nullable String error) {}
