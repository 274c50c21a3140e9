package dev.jobradar.server.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** What is answered before Spring Security, which else tells browsers what they may do with it. */
final class EarlyAnswer {
  static final String POLICY = "Content-Security-Policy";

  /** The strictest, for what is no page. */
  static final String NOTHING = "default-src 'none'; frame-ancestors 'none'";

  /** Those that are the same for all. */
  static final Map<String, String> HEADERS =
      Map.of(
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "DENY",
          "Referrer-Policy", "same-origin",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Cache-Control", "no-store");

  private EarlyAnswer() {}

  /** The headers of the answer to that request. */
  static Map<String, String> headers(HttpServletRequest request) {
    Map<String, String> headers = new HashMap<>(HEADERS);
    headers.put(POLICY, PagePaths.isPage(request) ? SecurityConfiguration.POLICY : NOTHING);
    return headers;
  }

  /** Answers with the problem document of that failure. */
  static void give(
      HandlerExceptionResolver resolver,
      HttpServletRequest request,
      HttpServletResponse response,
      Exception failure)
      throws IOException {
    response.resetBuffer();
    headers(request).forEach(response::setHeader);
    if (resolver.resolveException(request, response, null, failure) == null) {
      response.sendError(HttpStatus.INTERNAL_SERVER_ERROR.value());
    }
  }
}
