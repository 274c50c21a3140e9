package dev.jobradar.sandbox.net;

import dev.jobradar.mtproto.DcId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;

/** The ports of all data centres, held on 127.0.0.1 before anything is served there. */
record Ports(List<Port> all) {
  private static final int BACKLOG = 4096;

  /**
   * One of them.
   *
   * @param channel bound, not blocking
   */
  record Port(DcId dc, ServerSocketChannel channel, InetSocketAddress address) {}

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

  static Port bind(DcId dc, int port) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      channel.configureBlocking(false);
      // A sandbox that is started again takes its port although old connections linger.
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
      return new Port(dc, channel, (InetSocketAddress) channel.getLocalAddress());
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
      try {
        port.channel().close();
      } catch (IOException e) {
        // It was never used, and nothing can be done about it.
      }
    }
  }
}
