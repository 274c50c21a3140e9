package dev.jobradar.server.monitoring;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How channels are watched.
 *
 * @param width for how many users it is decided at the same time what is watched; a larger number
 *     brings them up faster after a start
 */
@ConfigurationProperties("jobradar.monitoring")
public record MonitoringSettings(@DefaultValue("32") int width) {
  /**
   * @throws IllegalArgumentException when a number is below 1
   */
  public MonitoringSettings {
    if (width < 1) {
      throw new IllegalArgumentException("JOBRADAR_MONITORING_WIDTH is 1 or more, not " + width);
    }
  }
}
