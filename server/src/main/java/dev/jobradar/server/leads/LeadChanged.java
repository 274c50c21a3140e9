package dev.jobradar.server.leads;

import dev.jobradar.clients.UserId;
import java.util.Locale;

/** The post of a lead is not what it was. Published within the transaction that stores it. */
public record LeadChanged(UserId user, LeadId lead, Change change) {
  /** What has become of it. */
  public enum Change {
    /** It says something else. */
    EDITED,
    /** It was deleted. */
    DELETED,
    /** It does not match any more. */
    WITHDRAWN;

    /** Its name in JSON. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
