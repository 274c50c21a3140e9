package dev.jobradar.server.web.pages;

import dev.jobradar.server.users.User;
import org.jspecify.annotations.Nullable;

/**
 * What every page needs: in templates it is {@code page}.
 *
 * @param path where the person is, with its query
 * @param language {@code ru} or {@code en}
 * @param when says when something was
 * @param user who is signed in, null for nobody
 */
public record PageFrame(
    String path, String language, Theme theme, Moments when, @Nullable User user, Assets assets) {
  /** Whether the page is that one, or below it. */
  public boolean isAt(String other) {
    return path.equals(other) || path.startsWith(other + "/") || path.startsWith(other + "?");
  }

  /** The address of a file of ours that browsers may keep for a year. */
  public String asset(String file) {
    return assets.address(file);
  }
}
