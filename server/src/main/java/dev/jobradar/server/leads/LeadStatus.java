package dev.jobradar.server.leads;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What the person has made of a lead. */
public enum LeadStatus {
  /** Not looked at. */
  NEW,
  /** Looked at. */
  SEEN,
  /** Kept for later. */
  SAVED,
  /** Written to, or called. */
  CONTACTED,
  /** Not wanted. */
  REJECTED;

  /** All that is no longer new. */
  public static final Set<LeadStatus> OPENED = Set.copyOf(EnumSet.complementOf(EnumSet.of(NEW)));

  /** Its name in the database. */
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
