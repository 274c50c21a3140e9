package dev.jobradar.server.channels;

import dev.jobradar.server.pacing.DoublingPause;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Why a channel cannot be read.
 *
 * @param error a stable name for the reason: one of {@link
 *     dev.jobradar.server.account.FailureCode}, or Telegram's own
 * @param retryAt when it is tried again; null for never: there is no such channel
 */
public record ChannelFault(String error, @Nullable Instant retryAt) {
  /** The pauses between tries. */
  public static final DoublingPause RETRY =
      new DoublingPause(Duration.ofSeconds(60), Duration.ofHours(1));

  /** Whether it is not tried again. */
  public boolean isPermanent() {
    return retryAt == null;
  }
}
