package dev.jobradar.mtproto.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** Opens TCP connections, directly or through a proxy. Implementations are thread-safe. */
@FunctionalInterface
public interface Dialer {
  /**
   * Opens a connection; blocks. An interrupt aborts it with an {@link IOException}.
   *
   * @param address the target; an unresolved name is looked up, here or by a proxy
   * @param timeout limit for all of it
   * @return a connected channel in blocking mode
   * @throws IOException when it cannot be opened; nothing is left open then
   */
  SocketChannel dial(InetSocketAddress address, Duration timeout) throws IOException;

  /** Connects directly; a name is looked up within the same timeout. */
  static Dialer direct() {
    return DirectDialer.INSTANCE;
  }
}
