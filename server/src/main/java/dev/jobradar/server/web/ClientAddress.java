package dev.jobradar.server.web;

import dev.jobradar.server.signin.Networks;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where people come from. */
final class ClientAddress {
  private static final Logger log = LoggerFactory.getLogger(ClientAddress.class);
  private static final AtomicBoolean warned = new AtomicBoolean();

  private ClientAddress() {}

  static Networks of(HttpServletRequest request) {
    String address = request.getRemoteAddr();
    if (isUnbelievedProxy(request) && warned.compareAndSet(false, true)) {
      log.warn(
          "a proxy at {} says for whom it asks, and is not believed: everybody behind it shares one"
              + " address's limits of sign-ins. If it is yours, set"
              + " SERVER_FORWARD_HEADERS_STRATEGY=native",
          address);
    }
    return Networks.of(address);
  }

  /** A believed one has had its header taken off, and its word put in place of its address. */
  static boolean isUnbelievedProxy(HttpServletRequest request) {
    String address = request.getRemoteAddr();
    try {
      return request.getHeader("X-Forwarded-For") != null
          && InetAddress.ofLiteral(address).isLoopbackAddress();
    } catch (IllegalArgumentException noAddress) {
      return false;
    }
  }
}
