package dev.jobradar.server.leads;

import dev.jobradar.server.tasks.SourceName;
import java.time.Instant;

/** Where else a lead's vacancy was posted. */
public record Sighting(SourceName source, int messageId, String url, Instant seenAt) {}
