package dev.jobradar.server.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** What is answered before Spring Security, which else tells browsers what they may do with it. */
final class EarlyAnswer {
  /** The strictest: such an answer is never a page. */
  static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "DENY",
          "Referrer-Policy", "same-origin",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Cache-Control", "no-store");

  private EarlyAnswer() {}

  /** Answers with the problem document of that failure. */
  static void give(
      HandlerExceptionResolver resolver,
      HttpServletRequest request,
      HttpServletResponse response,
      Exception failure)
      throws IOException {
    response.resetBuffer();
    HEADERS.forEach(response::setHeader);
    if (resolver.resolveException(request, response, null, failure) == null) {
      response.sendError(HttpStatus.INTERNAL_SERVER_ERROR.value());
    }
  }
}
