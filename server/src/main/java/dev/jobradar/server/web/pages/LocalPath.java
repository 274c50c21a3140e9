package dev.jobradar.server.web.pages;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A path of this site with its query, such as a person was at: never an address of another site,
 * however it is written.
 */
public record LocalPath(String value) {
  /** What may stand in a URL, without backslashes, which browsers read as slashes. */
  private static final Pattern PATH = Pattern.compile("/(?:[!-~&&[^/\\\\#]][!-~&&[^\\\\#]]*)?");

  private static final int MAX_LENGTH = 1_000;

  /** That path, if it is one. */
  public static Optional<LocalPath> of(@Nullable String path) {
    return path != null && path.length() <= MAX_LENGTH && PATH.matcher(path).matches()
        ? Optional.of(new LocalPath(path))
        : Optional.empty();
  }

  /** The path of an address whose site is not looked at. */
  public static Optional<LocalPath> ofAddress(@Nullable String address) {
    if (address == null) {
      return Optional.empty();
    }
    try {
      URI uri = URI.create(address);
      String query = uri.getRawQuery();
      return of(uri.getRawPath() + (query == null ? "" : "?" + query));
    } catch (IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }

  /** As the value of a parameter in a query. */
  public String encoded() {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
