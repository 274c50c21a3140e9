package dev.jobradar.server.web.pages.tasks;

import dev.jobradar.server.web.tasks.SourceView;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A source of a task, as its page shows it.
 *
 * @param how how its posts come: the end of a text's key; null while they do not
 * @param leads how many leads of the task are from it
 * @param recent how many of them are of the last seven days
 * @param lastLead when the newest of their posts was made
 */
public record SourceLine(
    SourceView source, @Nullable String how, long leads, long recent, @Nullable Instant lastLead) {
  /** The end of the key of its state in words. */
  public String state() {
    return source.status().equals("ok") && !isRead() ? "stopped" : source.status();
  }

  private boolean isRead() {
    return !"stopped".equals(how);
  }

  /** The class of its badge. */
  public String tone() {
    return switch (source.status()) {
      case "ok" -> isRead() ? "good" : "";
      case "invalid" -> "bad";
      case "error" -> "warn";
      default -> "";
    };
  }
}
