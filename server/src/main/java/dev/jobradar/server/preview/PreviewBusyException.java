package dev.jobradar.server.preview;

import java.time.Duration;

/** Another preview of the same user is in progress. */
public final class PreviewBusyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** How soon another try makes sense. */
  public static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  PreviewBusyException() {
    super("another preview of this user is in progress", null, false, false);
  }
}
