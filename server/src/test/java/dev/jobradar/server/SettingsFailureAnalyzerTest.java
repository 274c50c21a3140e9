package dev.jobradar.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.convert.ApplicationConversionService;

/** Every setting of ours with a value that it cannot have. */
class SettingsFailureAnalyzerTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          account.TelegramSettings | dials-at-once | 0 | JOBRADAR_TELEGRAM_DIALS_AT_ONCE is 1 or more
          account.TelegramSettings | dials-at-once | many | JOBRADAR_TELEGRAM_DIALS_AT_ONCE is a whole number
          account.TelegramSettings | idle-after | 0s | JOBRADAR_TELEGRAM_IDLE_AFTER is a time longer
          account.TelegramSettings | idle-after | soon | JOBRADAR_TELEGRAM_IDLE_AFTER is a time such as
          account.TelegramSettings | api-id | -1 | TELEGRAM_API_ID is a positive number
          account.TelegramSettings | proxy | sox://u:hunter2@h:1 | JOBRADAR_TELEGRAM_PROXY:
          delivery.DeliverySettings | width | 0 | JOBRADAR_DELIVERY_WIDTH are 1 or more
          delivery.DeliverySettings | digest-above | x | JOBRADAR_DELIVERY_DIGEST_ABOVE is a whole number
          monitoring.MonitoringSettings | width | -3 | JOBRADAR_MONITORING_WIDTH is 1 or more
          leads.LeadSettings | edited-within | 99d | JOBRADAR_LEADS_EDITED_WITHIN is 0s to 30d
          backfill.BackfillSettings | pause | -1s | JOBRADAR_BACKFILL_PAUSE is not negative
          housekeeping.RetentionSettings | deliveries | 1h | are a day (1d) or more
          health.HealthSettings | disk-space | 1B | JOBRADAR_HEALTH_DISK_SPACE is 1MB or more
          health.HealthSettings | disk-space | big | JOBRADAR_HEALTH_DISK_SPACE is a size such as
          storage.StorageSettings | new-database | perhaps | JOBRADAR_NEW_DATABASE is true or false
          web.WebSettings | hosts | https://jobs.example.org/ | JOBRADAR_HOSTS holds host names
          web.WebSettings | admin | root | JOBRADAR_ADMIN is a whole number
          """)
  void the_line_names_the_setting_and_says_what_is_allowed(
      String type, String setting, String value, String expected) throws Exception {
    Class<?> settings = Class.forName("dev.jobradar.server." + type);
    String prefix = settings.getAnnotation(ConfigurationProperties.class).value();
    Binder binder =
        new Binder(
            java.util.List.of(
                new MapConfigurationPropertySource(Map.of(prefix + "." + setting, value))),
            null,
            ApplicationConversionService.getSharedInstance());
    BindException failure =
        catchThrowableOfType(
            BindException.class, () -> binder.bindOrCreate(prefix, Bindable.of(settings)));
    assertThat(SettingsFailureAnalyzer.words(failure))
        .contains(expected)
        .doesNotContain("hunter2")
        .hasLineCount(1);
  }
}
