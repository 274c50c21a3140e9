package dev.jobradar.server.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Answers what fails outside controllers as controllers' failures are answered, so that Tomcat has
 * nothing to log: a stack trace for each malformed request is a way to fill a disk.
 */
final class FailureFilter extends OncePerRequestFilter {
  private final HandlerExceptionResolver resolver;

  FailureFilter(HandlerExceptionResolver resolver) {
    this.resolver = resolver;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (!hasReadableParameters(request)) {
      EarlyAnswer.give(
          resolver, request, response, new ProblemException(HttpStatus.BAD_REQUEST, "bad_request"));
      return;
    }
    try {
      chain.doFilter(request, response);
    } catch (InvalidParameterException e) {
      EarlyAnswer.give(
          resolver, request, response, new ProblemException(HttpStatus.BAD_REQUEST, "bad_request"));
    } catch (ServletException | RuntimeException e) {
      if (response.isCommitted()) {
        throw e;
      }
      EarlyAnswer.give(resolver, request, response, e);
    }
  }

  /** Tomcat decodes them when they are first asked for, which may be deep in somebody's filter. */
  private static boolean hasReadableParameters(HttpServletRequest request) {
    String type = request.getContentType();
    if (type != null && type.startsWith("multipart/")) {
      // Nobody here takes those; ForgeryFilter says so.
      return true;
    }
    try {
      request.getParameterMap();
      return true;
    } catch (IllegalStateException | IllegalArgumentException undecodable) {
      return false;
    }
  }
}
