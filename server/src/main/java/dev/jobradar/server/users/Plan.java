package dev.jobradar.server.users;

import java.time.Duration;
import java.util.Locale;

/** What a user may do. */
public enum Plan {
  /** To begin with, once per phone. */
  TRIAL(1, Duration.ofDays(3)),
  START(1, Duration.ofDays(30)),
  PRO(3, Duration.ofDays(30)),
  BUSINESS(6, Duration.ofDays(30)),
  /** Past its date: tasks stand still, leads and tasks are closed until a plan is chosen. */
  EXPIRED(0, Duration.ZERO);

  private final int tasks;
  private final Duration length;

  Plan(int tasks, Duration length) {
    this.tasks = tasks;
    this.length = length;
  }

  /** How many tasks it allows. */
  public int tasks() {
    return tasks;
  }

  /** For how long it is given. */
  public Duration length() {
    return length;
  }

  /** Its name in the database and in JSON. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The plan of that name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Plan of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
