package dev.jobradar.telegram.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** Dials as a client does, and looks at what comes of it. */
final class Dialing {
  /** So long that no test comes near it, so short that a hanging test ends. */
  static final Duration LONG = Duration.ofSeconds(20);

  static final InetSocketAddress ANYWHERE =
      InetSocketAddress.createUnresolved("telegram.example", 443);

  private Dialing() {}

  static Throwable failure(Proxy proxy) throws Exception {
    return failure(proxy, LONG);
  }

  static Throwable failure(Proxy proxy, Duration timeout) {
    try (SocketChannel opened = proxy.dialer().dial(ANYWHERE, timeout)) {
      throw new AssertionError("was let through: " + opened);
    } catch (IOException e) {
      return e;
    }
  }

  /** That bytes go through to an echo and come back, in blocking mode and without a time limit. */
  static void assertEchoes(SocketChannel channel) throws IOException {
    assertThat(channel.isBlocking()).isTrue();
    assertThat(channel.socket().getSoTimeout()).isZero();
    byte[] message = {1, 2, 3, 4, 5};
    channel.write(ByteBuffer.wrap(message));
    assertThat(Sockets.read(channel, message.length)).isEqualTo(message);
  }
}
