package dev.jobradar.server.tasks.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task, as it is answered.
 *
 * @param sources the names, without {@code @}
 * @param alertsChannel the name of the channel that leads are sent to as well, or null
 * @param forwardChannel the same, under the name that the old service used
 * @param sourceStates one for each of {@code sources}, in their order
 */
record TaskView(
    long id,
    String name,
    String status,
    List<String> sources,
    List<String> includeKeywords,
    List<String> excludeKeywords,
    boolean alertsPersonal,
    @Nullable String alertsChannel,
    @Nullable String forwardChannel,
    boolean mergeReposts,
    List<SourceView> sourceStates,
    @Nullable SourceView alertsChannelState,
    Instant createdAt,
    Instant updatedAt) {}
