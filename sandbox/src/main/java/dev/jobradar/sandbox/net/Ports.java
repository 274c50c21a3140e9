package dev.jobradar.sandbox.net;

import dev.jobradar.mtproto.DcId;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ports of all data centres, bound on 127.0.0.1 before anything is served there, and kept by
 * guards until they are closed, also while a data centre does not listen.
 */
record Ports(List<Port> all) {
  private static final Logger LOG = LoggerFactory.getLogger(Ports.class);
  private static final int BACKLOG = 4096;

  /**
   * One of them.
   *
   * @param guard keeps the port
   * @param channel bound, not blocking
   */
  record Port(DcId dc, PortGuard guard, ServerSocketChannel channel, InetSocketAddress address) {}

  /**
   * Takes the ports.
   *
   * @param first data centre 1's; 0 for a free one for each
   * @throws UncheckedIOException when one cannot be had; none is held then
   */
  static Ports bind(int first, int dataCentres) {
    List<Port> taken = new ArrayList<>();
    for (int number = 1; number <= dataCentres; number++) {
      int port = first == 0 ? 0 : first + number - 1;
      try {
        taken.add(bind(new DcId(number), port));
      } catch (IOException e) {
        new Ports(taken).close();
        throw new UncheckedIOException("port " + port + " of 127.0.0.1 cannot be had", e);
      }
    }
    return new Ports(taken);
  }

  private static Port bind(DcId dc, int wanted) throws IOException {
    PortGuard guard = PortGuard.of(InetAddress.getLoopbackAddress(), wanted);
    try {
      InetSocketAddress address =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), guard.port());
      return new Port(dc, guard, listen(address), address);
    } catch (IOException | RuntimeException e) {
      guard.close();
      throw e;
    }
  }

  /** Listens at an address, without blocking. */
  static ServerSocketChannel listen(InetSocketAddress address) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      channel.configureBlocking(false);
      // The guard holds the port too, and old connections may linger.
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      channel.bind(address, BACKLOG);
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  List<Endpoint> endpoints() {
    return all.stream().map(port -> new Endpoint(port.dc(), port.address())).toList();
  }

  void close() {
    for (Port port : all) {
      closeQuietly(port.channel());
      closeQuietly(port.guard());
    }
  }

  private static void closeQuietly(Closeable socket) {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("a port was not closed well", e);
    }
  }
}
