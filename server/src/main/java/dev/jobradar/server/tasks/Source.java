package dev.jobradar.server.tasks;

import dev.jobradar.server.channels.ChannelName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A source of a task, and how far it was read.
 *
 * @param lastMessageId every message up to it was seen; null until the first check, which only
 *     remembers the newest
 * @param lastError what went wrong last, as a stable name such as {@code NO_SUCH_NAME} or {@code
 *     CHANNEL_PRIVATE}; null while nothing did
 * @param errorCount how often in a row
 * @param nextRetryAt when it is tried again; null when it is not waiting
 */
public record Source(
    TaskId task,
    ChannelName name,
    SourceStatus status,
    @Nullable Integer lastMessageId,
    @Nullable String lastError,
    int errorCount,
    @Nullable Instant nextRetryAt) {}
