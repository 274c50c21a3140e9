package dev.jobradar.server.web.signin;

import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where people come from, as far as limits are concerned. */
final class ClientAddress {
  private static final Logger log = LoggerFactory.getLogger(ClientAddress.class);
  private static final AtomicBoolean warned = new AtomicBoolean();

  private ClientAddress() {}

  static String of(HttpServletRequest request) {
    String address = request.getRemoteAddr();
    if (isUnbelievedProxy(request) && warned.compareAndSet(false, true)) {
      log.warn(
          "a proxy at {} says for whom it asks, and is not believed: everybody behind it shares one"
              + " address's limits of sign-ins. If it is yours, set"
              + " SERVER_FORWARD_HEADERS_STRATEGY=native",
          address);
    }
    return subject(address);
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

  /** An IPv6 customer has at least a network of 64 bits, and so as many addresses as they like. */
  static String subject(String address) {
    try {
      return InetAddress.ofLiteral(address) instanceof Inet6Address six
          ? HexFormat.of().formatHex(Arrays.copyOf(six.getAddress(), 8)) + "/64"
          : address;
    } catch (IllegalArgumentException noAddress) {
      return address;
    }
  }
}
