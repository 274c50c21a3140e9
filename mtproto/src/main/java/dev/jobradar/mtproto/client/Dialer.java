package dev.jobradar.mtproto.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** Opens TCP connections, straight or through a proxy. Implementations are thread-safe. */
@FunctionalInterface
public interface Dialer {
  /**
   * Opens a connection; blocks. An interrupt ends it with an {@link IOException}.
   *
   * @param address where to; if it is unresolved, its name is looked up, here or by a proxy
   * @param timeout the longest that all of it may take
   * @return a connected channel in blocking mode
   * @throws IOException when it cannot be opened; nothing is left open then
   */
  SocketChannel dial(InetSocketAddress address, Duration timeout) throws IOException;

  /** Straight to the address; a name is looked up within the time that there is. */
  static Dialer direct() {
    return DirectDialer.INSTANCE;
  }
}
