package dev.jobradar.server.signin;

import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/** Where people come from, as far as limits are concerned. */
final class Callers {
  private Callers() {}

  static String of(HttpServletRequest request) {
    return subject(request.getRemoteAddr());
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
