package dev.jobradar.server.web.tasks;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * A task as a request writes it. What is left out stays as it is, or is as usual in a new task.
 *
 * @param forwardChannel another name of {@code alertsChannel}, which the old service used
 */
public record TaskBody(
    @Nullable String name,
    @Schema(allowableValues = {"running", "paused"}) @Nullable String status,
    @Schema(description = "1 to 10 channels; may also be one text")
        @JsonDeserialize(using = ListOrText.Names.class)
        @Nullable List<String> sources,
    @JsonDeserialize(using = ListOrText.Keywords.class) @Nullable List<String> includeKeywords,
    @JsonDeserialize(using = ListOrText.Keywords.class) @Nullable List<String> excludeKeywords,
    @Nullable Boolean alertsPersonal,
    @Nullable AlertsChannel alertsChannel,
    @Nullable AlertsChannel forwardChannel,
    @Nullable Boolean mergeReposts) {}
