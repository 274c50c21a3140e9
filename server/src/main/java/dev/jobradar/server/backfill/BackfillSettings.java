package dev.jobradar.server.backfill;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How histories are read.
 *
 * @param width for how many users at the same time
 * @param pause between two pages of one user
 */
@ConfigurationProperties("jobradar.backfill")
record BackfillSettings(@DefaultValue("64") int width, @DefaultValue("500ms") Duration pause) {
  /**
   * @throws IllegalArgumentException when the width is below 1 or the pause below zero
   */
  BackfillSettings {
    if (width < 1 || pause.isNegative()) {
      throw new IllegalArgumentException(
          "JOBRADAR_BACKFILL_WIDTH is 1 or more, and JOBRADAR_BACKFILL_PAUSE is not negative");
    }
  }
}
