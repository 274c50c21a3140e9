package dev.jobradar.mtproto.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** Opens TCP connections, straight or through a proxy. Implementations are thread-safe. */
@FunctionalInterface
public interface Dialer {
  /**
   * Opens a connection; blocks. An interrupt ends it with an {@link IOException}.
   *
   * @param timeout the longest that all of it may take
   * @return a connected channel in blocking mode
   * @throws IOException when it cannot be opened; nothing is left open then
   */
  SocketChannel dial(InetSocketAddress address, Duration timeout) throws IOException;

  /** Straight to the address. */
  static Dialer direct() {
    return (address, timeout) -> {
      SocketChannel channel = SocketChannel.open();
      try {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.socket().connect(address, Math.clamp(timeout.toMillis(), 1, 600_000));
        return channel;
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    };
  }
}
