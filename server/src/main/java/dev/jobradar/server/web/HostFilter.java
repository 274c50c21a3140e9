package dev.jobradar.server.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Answers only to its own names. A page of another site can have its own name point at this machine
 * (DNS rebinding), and then the browser takes what is answered here for that page's own.
 *
 * <p>Addresses and {@code localhost} are always answered: no such page can be called so.
 */
final class HostFilter extends OncePerRequestFilter {
  private static final Logger log = LoggerFactory.getLogger(HostFilter.class);
  private static final int LONGEST_NAME = 253;

  private final Set<String> names;
  private final HandlerExceptionResolver resolver;
  private final AtomicBoolean warned = new AtomicBoolean();

  HostFilter(Set<String> names, HandlerExceptionResolver resolver) {
    this.names = names.stream().map(HostFilter::plain).collect(Collectors.toUnmodifiableSet());
    this.resolver = resolver;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String host = request.getHeader(HttpHeaders.HOST);
    if (host == null || isOurs(name(host))) {
      chain.doFilter(request, response);
      return;
    }
    if (warned.compareAndSet(false, true)) {
      log.warn(
          "a request for the host {} was refused, and others will be without a word: if that is a"
              + " name of this service, put it into JOBRADAR_HOSTS",
          printable(host));
    }
    resolver.resolveException(
        request,
        response,
        null,
        new ProblemException(HttpStatus.MISDIRECTED_REQUEST, "host_not_allowed"));
  }

  private boolean isOurs(String name) {
    return name.equals("localhost") || names.contains(name) || isAddress(name);
  }

  private static boolean isAddress(String name) {
    try {
      return InetAddress.ofLiteral(name).getAddress().length > 0;
    } catch (IllegalArgumentException noAddress) {
      return false;
    }
  }

  /** Without the port and an IPv6 address's brackets. */
  static String name(String host) {
    if (host.startsWith("[")) {
      int end = host.indexOf(']');
      return end < 0 ? "" : host.substring(1, end);
    }
    int port = host.indexOf(':');
    return plain(port < 0 ? host : host.substring(0, port));
  }

  private static String plain(String name) {
    String lower = name.strip().toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  private static String printable(String host) {
    String plain = host.replaceAll("[^A-Za-z0-9.:_-]", "?");
    return plain.substring(0, Math.min(plain.length(), LONGEST_NAME));
  }
}
