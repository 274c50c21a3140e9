package dev.jobradar.server.health;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * When this process is not ready.
 *
 * @param diskSpace with less space left in the home folder, at least 1 MB
 */
@ConfigurationProperties("jobradar.health")
record HealthSettings(@DefaultValue("100MB") DataSize diskSpace) {
  HealthSettings {
    if (diskSpace.toMegabytes() < 1) {
      throw new IllegalArgumentException("JOBRADAR_HEALTH_DISK_SPACE is 1MB or more");
    }
  }
}
