package dev.jobradar.telegram.proxy;

import java.util.regex.Pattern;

/**
 * Where a proxy listens. A name is resolved again for every connection.
 *
 * @param host a name, or an IP address without brackets
 * @param port 1 to 65,535
 */
public record ProxyAddress(String host, int port) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,252}");
  private static final Pattern IPV6 = Pattern.compile("(?=[^:]*:)[0-9A-Fa-f:.]{2,45}");

  /**
   * @throws IllegalArgumentException when host or port cannot be
   */
  public ProxyAddress {
    if (!isName(host) && !IPV6.matcher(host).matches()) {
      throw new IllegalArgumentException("a proxy's host is a name or an IP address");
    }
    if (port < 1 || port > 0xffff) {
      throw new IllegalArgumentException("a proxy's port is 1 to 65535, got " + port);
    }
  }

  /** Whether it is a host's name or an IPv4 address, by its characters. */
  static boolean isName(String host) {
    return NAME.matcher(host).matches();
  }

  @Override
  public String toString() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}
