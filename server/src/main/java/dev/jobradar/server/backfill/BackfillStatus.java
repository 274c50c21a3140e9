package dev.jobradar.server.backfill;

import java.util.Locale;

/** Whether a backfill goes on. */
public enum BackfillStatus {
  /** It goes on, or waits to. */
  RUNNING,
  /** As many matching posts were found as were wanted, or the history ended. */
  DONE,
  /** The person called it off. */
  CANCELLED,
  /** The source cannot be read. */
  FAILED;

  /** Its name in the database and in JSON. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The status of that name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static BackfillStatus of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
