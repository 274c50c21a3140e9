package dev.jobradar.sandbox.net;

import dev.jobradar.mtproto.DcId;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ports of all data centres, bound on 127.0.0.1 and perhaps ::1 before anything is served
 * there, and kept by guards until they are closed, also while a data centre does not listen.
 */
record Ports(List<Port> all) {
  private static final Logger LOG = LoggerFactory.getLogger(Ports.class);
  private static final int BACKLOG = 4096;

  /** A port that is free at one address need not be at the other. */
  private static final int TRIES = 50;

  private static final InetAddress IPV4 = InetAddress.ofLiteral("127.0.0.1");
  private static final InetAddress IPV6 = InetAddress.ofLiteral("::1");

  /**
   * One of them.
   *
   * @param guard keeps the port
   * @param channel bound, not blocking
   */
  record Port(DcId dc, PortGuard guard, ServerSocketChannel channel, InetSocketAddress address) {
    boolean isIpv6() {
      return address.getAddress() instanceof Inet6Address;
    }
  }

  /**
   * Takes the ports.
   *
   * @param first data centre 1's; 0 for a free one for each
   * @param ipv6 whether to take them on ::1 too
   * @throws UncheckedIOException when one cannot be had; none is held then
   */
  static Ports bind(int first, int dataCentres, boolean ipv6) {
    List<Port> taken = new ArrayList<>();
    for (int number = 1; number <= dataCentres; number++) {
      int port = first == 0 ? 0 : first + number - 1;
      try {
        taken.addAll(bind(new DcId(number), port, ipv6));
      } catch (IOException e) {
        new Ports(taken).close();
        String where = ipv6 ? "127.0.0.1 or ::1" : "127.0.0.1";
        throw new UncheckedIOException("port " + port + " of " + where + " cannot be had", e);
      }
    }
    return new Ports(taken);
  }

  private static List<Port> bind(DcId dc, int wanted, boolean ipv6) throws IOException {
    for (int tries = 1; ; tries++) {
      Port port = bind(dc, IPV4, wanted);
      if (!ipv6) {
        return List.of(port);
      }
      try {
        return List.of(port, bind(dc, IPV6, port.address().getPort()));
      } catch (IOException e) {
        new Ports(List.of(port)).close();
        if (wanted != 0 || tries == TRIES) {
          throw e;
        }
      }
    }
  }

  private static Port bind(DcId dc, InetAddress host, int wanted) throws IOException {
    PortGuard guard = PortGuard.of(host, wanted);
    try {
      InetSocketAddress address = new InetSocketAddress(host, guard.port());
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
    return all.stream()
        .filter(port -> !port.isIpv6())
        .map(port -> new Endpoint(port.dc(), port.address(), ipv6(port.dc())))
        .toList();
  }

  private @Nullable InetSocketAddress ipv6(DcId dc) {
    return all.stream()
        .filter(port -> port.isIpv6() && port.dc().equals(dc))
        .map(Port::address)
        .findFirst()
        .orElse(null);
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
