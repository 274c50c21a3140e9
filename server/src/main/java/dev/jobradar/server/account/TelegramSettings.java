package dev.jobradar.server.account;

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
  /** Shows no secret. */
  @Override
  public String toString() {
    return "TelegramSettings[app " + apiId + "]";
  }
}
