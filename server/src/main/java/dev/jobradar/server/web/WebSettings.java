package dev.jobradar.server.web;

import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may do more than others, and where the site is.
 *
 * @param admin the Telegram user id of the administrator, null for none
 * @param hosts the names that the site is called by; its addresses and localhost need not be named
 */
@ConfigurationProperties("jobradar")
record WebSettings(@Nullable Long admin, @DefaultValue Set<String> hosts) {
  private static final Pattern HOST = Pattern.compile("[\\p{L}\\p{N}.:_\\[\\]-]{1,260}");

  /**
   * @throws IllegalArgumentException when a host is something else than a name or an address
   */
  WebSettings {
    if (!hosts.stream().allMatch(host -> HOST.matcher(host.strip()).matches())) {
      throw new IllegalArgumentException(
          "JOBRADAR_HOSTS holds host names such as jobs.example.org, separated by commas, without"
              + " https:// and without paths");
    }
  }
}
