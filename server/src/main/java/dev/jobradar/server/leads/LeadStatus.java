package dev.jobradar.server.leads;

import java.util.Locale;

/** Whether the person has opened a lead. */
public enum LeadStatus {
  NEW,
  VIEWED;

  /** Its name in the database and in JSON. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The status of that name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static LeadStatus of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
