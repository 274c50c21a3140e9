package dev.jobradar.sandbox.net;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one port from being given to another program while no one listens at it: connections are
 * refused, and whoever names the port can listen there again.
 *
 * <p>On Linux a bound socket with SO_REUSEADDR that does not listen does that: the kernel gives its
 * port to no socket that asks for any free one, and lets a listener with SO_REUSEADDR bind to it,
 * in this process or another. Other systems do not, and the port is not kept there.
 */
final class PortGuard implements Closeable {

  private static final boolean KEEPS =
      System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("linux");

  private final int port;
  private final @Nullable SocketChannel socket;

  private PortGuard(int port, @Nullable SocketChannel socket) {
    this.port = port;
    this.socket = socket;
  }

  /**
   * Guards a port, at which nothing may listen yet.
   *
   * @param port 0 for any free one
   * @throws IOException when it cannot be had
   */
  static PortGuard of(InetAddress address, int port) throws IOException {
    if (!KEEPS && port != 0) {
      return new PortGuard(port, null);
    }
    SocketChannel socket =
        SocketChannel.open(
            address.getAddress().length == 4
                ? StandardProtocolFamily.INET
                : StandardProtocolFamily.INET6);
    try {
      socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      socket.bind(new InetSocketAddress(address, port));
      int bound = ((InetSocketAddress) socket.getLocalAddress()).getPort();
      if (KEEPS) {
        return new PortGuard(bound, socket);
      }
      socket.close();
      return new PortGuard(bound, null);
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  int port() {
    return port;
  }

  @Override
  public void close() throws IOException {
    if (socket != null) {
      socket.close();
    }
  }
}
