package dev.jobradar.telegram.proxy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** What a proxy is asked to connect us with. */
final class Destination {
  private Destination() {}

  /**
   * The name to look up there.
   *
   * @throws ProxyException when it holds what no name does, such as the end of a line
   */
  static String name(InetSocketAddress unresolved) throws ProxyException {
    String host = unresolved.getHostString();
    if (!ProxyAddress.isName(host)) {
      throw new ProxyException("cannot be asked for a host with such a name");
    }
    return host;
  }

  /** Host and port as a URL has them. */
  static String hostAndPort(InetSocketAddress address) throws ProxyException {
    InetAddress ip = address.getAddress();
    String host;
    if (ip == null) {
      host = name(address);
    } else if (ip instanceof Inet6Address) {
      // Without the interface, which means something only on this machine.
      host = "[" + ip.getHostAddress().replaceFirst("%.*", "") + "]";
    } else {
      host = ip.getHostAddress();
    }
    return host + ":" + address.getPort();
  }
}
