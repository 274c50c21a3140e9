package dev.jobradar.server.tasks;

import java.util.Locale;

/** Whether a task looks for leads. */
public enum TaskStatus {
  RUNNING,
  PAUSED;

  /** Its name in the database and in JSON. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The status of that name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static TaskStatus of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
