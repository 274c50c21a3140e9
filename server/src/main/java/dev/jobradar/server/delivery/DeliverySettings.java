package dev.jobradar.server.delivery;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How leads are sent.
 *
 * @param digestAbove when more leads than this wait for one destination, they go in one message
 * @param width for how many users messages are sent at the same time
 */
@ConfigurationProperties("jobradar.delivery")
public record DeliverySettings(
    @DefaultValue("20") int digestAbove, @DefaultValue("256") int width) {
  /**
   * @throws IllegalArgumentException when a number is below 1
   */
  public DeliverySettings {
    if (digestAbove < 1 || width < 1) {
      throw new IllegalArgumentException(
          "JOBRADAR_DELIVERY_DIGEST_ABOVE and JOBRADAR_DELIVERY_WIDTH are 1 or more");
    }
  }
}
