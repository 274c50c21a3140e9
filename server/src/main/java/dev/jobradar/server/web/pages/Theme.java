package dev.jobradar.server.web.pages;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How pages look. */
public enum Theme {
  /** As the browser is set. */
  SYSTEM,
  LIGHT,
  DARK;

  /** As it stands in the cookie and in {@code data-theme}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The theme of that name. */
  public static Optional<Theme> of(String text) {
    return Arrays.stream(values()).filter(each -> each.text().equals(text)).findFirst();
  }
}
