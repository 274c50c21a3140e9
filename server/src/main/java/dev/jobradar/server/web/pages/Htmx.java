package dev.jobradar.server.web.pages;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** What htmx says of its requests. */
public final class Htmx {
  private Htmx() {}

  /** Whether htmx made the request. */
  public static boolean isHtmx(HttpServletRequest request) {
    return "true".equals(request.getHeader("HX-Request"));
  }

  /** Whether a part of a page is asked for, and not a whole one. */
  public static boolean isFragment(HttpServletRequest request) {
    return isHtmx(request)
        && !"true".equals(request.getHeader("HX-Boosted"))
        && !"true".equals(request.getHeader("HX-History-Restore-Request"));
  }

  /** The address of the page that the request was made from; null when that is not known. */
  static @Nullable String shownPage(HttpServletRequest request) {
    String current = request.getHeader("HX-Current-URL");
    return current == null ? request.getHeader(HttpHeaders.REFERER) : current;
  }
}
