package dev.jobradar.server.tasks;

import java.util.Locale;

/** Whether a source can be read. */
public enum SourceStatus {
  /** As far as is known. */
  OK,
  /** There is no such channel: not tried again until its name is edited. */
  INVALID,
  /** Something went wrong; tried again later. */
  ERROR;

  /** Its name in the database and in JSON. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The status of that name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static SourceStatus of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
