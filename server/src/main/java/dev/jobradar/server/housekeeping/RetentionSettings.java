package dev.jobradar.server.housekeeping;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long what is over is kept.
 *
 * @param deliveries messages that were sent, failed or taken back
 * @param backfills those that ended
 */
@ConfigurationProperties("jobradar.keep")
public record RetentionSettings(
    @DefaultValue("30d") Duration deliveries, @DefaultValue("30d") Duration backfills) {
  /**
   * @throws IllegalArgumentException when one is less than a day
   */
  public RetentionSettings {
    if (deliveries.compareTo(Duration.ofDays(1)) < 0
        || backfills.compareTo(Duration.ofDays(1)) < 0) {
      throw new IllegalArgumentException(
          "JOBRADAR_KEEP_DELIVERIES and JOBRADAR_KEEP_BACKFILLS are a day (1d) or more");
    }
  }
}
