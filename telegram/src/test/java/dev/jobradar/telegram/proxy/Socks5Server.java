package dev.jobradar.telegram.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * A SOCKS5 proxy as RFC 1928 and RFC 1929 describe the server's side. It asks for user and password
 * when it has them, and tells where it was asked to connect; names are taken for loopback.
 */
final class Socks5Server implements LoopbackServer.Service {
  final BlockingQueue<String> destinations = new LinkedBlockingQueue<>();
  private final @Nullable Credentials credentials;

  Socks5Server(@Nullable Credentials credentials) {
    this.credentials = credentials;
  }

  @Override
  public void serve(Socket client) throws Exception {
    if (!letIn(client)) {
      Sockets.awaitClosed(client);
      return;
    }
    Sockets.read(client, 3);
    int type = Sockets.read(client, 1)[0];
    int length =
        switch (type) {
          case 1 -> 4;
          case 4 -> 16;
          case 3 -> Byte.toUnsignedInt(Sockets.read(client, 1)[0]);
          default -> throw new IOException("address type " + type);
        };
    byte[] address = Sockets.read(client, length);
    byte[] port = Sockets.read(client, 2);
    int number = Byte.toUnsignedInt(port[0]) << 8 | Byte.toUnsignedInt(port[1]);
    InetAddress target;
    if (type == 3) {
      destinations.add(new String(address, US_ASCII) + " " + number);
      target = InetAddress.getLoopbackAddress();
    } else {
      target = InetAddress.getByAddress(address);
      destinations.add(target.getHostAddress() + " " + number);
    }
    try (Socket to = new Socket()) {
      to.connect(new InetSocketAddress(target, number));
      // Bound to a name, the only kind of address whose length is not fixed.
      Sockets.write(client, 5, 0, 0, 3, 4, 'h', 'e', 'r', 'e', 0, 80);
      Sockets.relay(client, to);
    }
  }

  private boolean letIn(Socket client) throws IOException {
    Sockets.read(client, 1);
    byte[] methods = Sockets.read(client, Sockets.read(client, 1)[0]);
    if (credentials == null) {
      Sockets.write(client, 5, 0);
      return true;
    }
    if (new String(methods, US_ASCII).indexOf(2) < 0) {
      Sockets.write(client, 5, 0xff);
      return false;
    }
    Sockets.write(client, 5, 2);
    Sockets.read(client, 1);
    boolean right = new Credentials(field(client), field(client)).equals(credentials);
    Sockets.write(client, 1, right ? 0 : 1);
    return right;
  }

  private static String field(Socket client) throws IOException {
    int length = Byte.toUnsignedInt(Sockets.read(client, 1)[0]);
    return new String(Sockets.read(client, length), UTF_8);
  }
}
