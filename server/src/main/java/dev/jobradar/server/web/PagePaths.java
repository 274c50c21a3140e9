package dev.jobradar.server.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.regex.Pattern;

/** Tells by the path alone whether a person or a program gets the answer. */
final class PagePaths {
  private static final List<String> OF_PROGRAMS =
      List.of(
          "/api",
          "/admin/api",
          "/actuator",
          "/livez",
          "/readyz",
          "/docs",
          "/swagger-ui",
          "/static",
          "/webjars",
          "/live");

  /** Refused everywhere, and no reason to answer a program with a page. */
  private static final Pattern PARAMETERS = Pattern.compile(";[^/]*");

  private PagePaths() {}

  /** Whether failures of this request are pages, and not problem documents. */
  static boolean isPage(HttpServletRequest request) {
    // Set while the container's own failures are dispatched to /error.
    Object failed = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    return isPage(failed instanceof String path ? path : request.getRequestURI());
  }

  static boolean isPage(String uri) {
    String path = PARAMETERS.matcher(uri).replaceAll("");
    return OF_PROGRAMS.stream()
        .noneMatch(prefix -> path.equals(prefix) || path.startsWith(prefix + "/"));
  }
}
