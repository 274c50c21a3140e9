package dev.jobradar.server.account;

import dev.jobradar.telegram.proxy.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How Telegram is reached.
 *
 * @param apiId the application's id at my.telegram.org; also taken from {@code TELEGRAM_API_ID}
 * @param apiHash its hash there; also taken from {@code TELEGRAM_API_HASH}
 * @param proxy a proxy for all, such as {@code socks5://127.0.0.1:1080}; null for none
 * @param dataCentres other data centres than Telegram's, for tests: each as {@code
 *     number=host:port}
 * @param publicKeyFile the PEM file with their public key
 * @param dialsAtOnce how many connections may be opened at a time
 * @param idleAfter after how long the connection of a user is closed who watches nothing
 */
@ConfigurationProperties("jobradar.telegram")
record TelegramSettings(
    @Nullable Integer apiId,
    @Nullable String apiHash,
    @Nullable String proxy,
    @DefaultValue List<String> dataCentres,
    @Nullable Path publicKeyFile,
    @DefaultValue("100") int dialsAtOnce,
    @DefaultValue("10m") Duration idleAfter) {
  /**
   * @throws IllegalArgumentException when one is outside what is allowed; the message says what is
   */
  TelegramSettings {
    if (apiId != null && apiId < 1) {
      throw new IllegalArgumentException("TELEGRAM_API_ID is a positive number");
    }
    if (dialsAtOnce < 1) {
      throw new IllegalArgumentException(
          "JOBRADAR_TELEGRAM_DIALS_AT_ONCE is 1 or more, not " + dialsAtOnce);
    }
    if (!idleAfter.isPositive()) {
      throw new IllegalArgumentException(
          "JOBRADAR_TELEGRAM_IDLE_AFTER is a time longer than zero, not " + idleAfter);
    }
    if (proxy != null && !proxy.isBlank()) {
      checkProxy(proxy);
    }
  }

  private static void checkProxy(String proxy) {
    try {
      Proxy.parse(proxy);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("JOBRADAR_TELEGRAM_PROXY: " + e.getMessage());
    }
  }

  /** Shows no secret. */
  @Override
  public String toString() {
    return "TelegramSettings[app " + apiId + "]";
  }
}
