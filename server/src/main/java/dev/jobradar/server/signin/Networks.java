package dev.jobradar.server.signin;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * The networks that somebody's address is in. An IPv4 customer has one address or a few of a /24;
 * an IPv6 customer has a /64 at least, often a /56, and a /48 for the asking.
 *
 * @param address as it was told
 * @param prefixes from the narrowest to the widest, such as {@code 192.0.2.7/32} and {@code
 *     192.0.2.0/24}
 */
public record Networks(String address, List<String> prefixes) {
  private static final List<Integer> IPV4 = List.of(32, 24);
  private static final List<Integer> IPV6 = List.of(64, 56, 48);

  public Networks {
    prefixes = List.copyOf(prefixes);
  }

  /** Of an address as text; what is none is a network of its own. */
  public static Networks of(String address) {
    try {
      InetAddress parsed = InetAddress.ofLiteral(address);
      List<Integer> lengths = parsed instanceof Inet4Address ? IPV4 : IPV6;
      return new Networks(
          address, lengths.stream().map(length -> prefix(parsed.getAddress(), length)).toList());
    } catch (IllegalArgumentException noAddress) {
      return new Networks(address, List.of(address, address));
    }
  }

  /** What is counted as one address. */
  public String narrowest() {
    return prefixes.getFirst();
  }

  /** What one owner may have all of; also what a person is shown as the place of a browser. */
  public String widest() {
    return prefixes.getLast();
  }

  private static String prefix(byte[] address, int length) {
    byte[] network = Arrays.copyOf(Arrays.copyOf(address, length / 8), address.length);
    try {
      return text(InetAddress.getByAddress(network)) + "/" + length;
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of " + network.length + " bytes", e);
    }
  }

  /** IPv6 without the zeros at its end. */
  private static String text(InetAddress address) {
    String text = address.getHostAddress();
    return text.contains(":") ? text.replaceFirst("(:0)+$", "::") : text;
  }
}
