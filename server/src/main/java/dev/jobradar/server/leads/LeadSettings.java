package dev.jobradar.server.leads;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How posts become leads.
 *
 * @param editedWithin how old a post may be that begins to match by an edit, to become a lead
 */
@ConfigurationProperties("jobradar.leads")
public record LeadSettings(@DefaultValue("48h") Duration editedWithin) {
  private static final Duration MOST = Duration.ofDays(30);

  /**
   * @throws IllegalArgumentException when the time is negative or more than 30 days
   */
  public LeadSettings {
    if (editedWithin.isNegative() || editedWithin.compareTo(MOST) > 0) {
      throw new IllegalArgumentException("JOBRADAR_LEADS_EDITED_WITHIN is 0s to 30d");
    }
  }
}
