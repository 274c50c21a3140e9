package dev.jobradar.server.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Keeps other sites from acting in a person's name through their browser, on the paths that scripts
 * use too and that therefore ask for no token.
 *
 * <p>A browser says where a request comes from ({@code Sec-Fetch-Site}, older ones {@code Origin}),
 * and a page of another site cannot make it lie. A program says neither and is let through: it has
 * no cookie that it was not given. And whatever changes something is JSON, which no form of another
 * site can send.
 */
final class ForgeryFilter extends OncePerRequestFilter {
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  private final HandlerExceptionResolver resolver;

  ForgeryFilter(HandlerExceptionResolver resolver) {
    this.resolver = resolver;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    String path = request.getServletPath();
    return SAFE.contains(request.getMethod())
        || !(path.startsWith("/api/") || path.startsWith("/admin/api/"));
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    ProblemException problem = null;
    if (!isOurs(request)) {
      problem = new ProblemException(HttpStatus.FORBIDDEN, "forged_request");
    } else if (!isJson(request)) {
      problem = new ProblemException(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "json_only");
    }
    if (problem == null) {
      chain.doFilter(request, response);
    } else {
      resolver.resolveException(request, response, null, problem);
    }
  }

  private static boolean isOurs(HttpServletRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    if (site != null) {
      return site.equals("same-origin") || site.equals("none");
    }
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    return origin == null || isThisHost(origin, request.getHeader(HttpHeaders.HOST));
  }

  /** The scheme is left out: a proxy in front of us may have taken the TLS off. */
  private static boolean isThisHost(String origin, @Nullable String host) {
    try {
      String authority = URI.create(origin).getRawAuthority();
      return authority != null
          && host != null
          && authority.toLowerCase(Locale.ROOT).equals(host.toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException unreadable) {
      return false;
    }
  }

  private static boolean isJson(HttpServletRequest request) {
    String type = request.getContentType();
    if (type == null) {
      return request.getContentLengthLong() <= 0
          && request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null;
    }
    try {
      MediaType media = MediaType.parseMediaType(type);
      return media.isCompatibleWith(MediaType.APPLICATION_JSON) && media.isConcrete();
    } catch (InvalidMediaTypeException unreadable) {
      return false;
    }
  }
}
