package dev.jobradar.server.web.tasks;

import dev.jobradar.server.channels.KnownChannel;
import dev.jobradar.server.tasks.SourceFault;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What was found out about a source. */
sealed interface Finding {
  /** It is a channel. */
  record Found(KnownChannel channel) implements Finding {}

  /** It cannot be read, and why. */
  record Faulty(SourceFault fault) implements Finding {}

  /**
   * Telegram could not be asked.
   *
   * @param error a stable name for the reason
   * @param comeAgain how long it is no use to try; null when that is not known
   */
  record NotChecked(String error, @Nullable Duration comeAgain) implements Finding {}
}
