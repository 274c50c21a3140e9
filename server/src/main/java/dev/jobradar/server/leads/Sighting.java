package dev.jobradar.server.leads;

import dev.jobradar.server.channels.ChannelName;
import java.time.Instant;

/** Where else a lead's vacancy was posted. */
public record Sighting(ChannelName source, int messageId, String url, Instant seenAt) {}
