package dev.jobradar.telegram;

import dev.jobradar.sandbox.rpc.DataCentre;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Passes bytes on between clients and a data centre, until it is told otherwise. */
final class Relay implements AutoCloseable {
  private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final DataCentre target;
  private final Set<Socket> towardsServer = ConcurrentHashMap.newKeySet();
  private final Set<Socket> towardsClient = ConcurrentHashMap.newKeySet();

  Relay(DataCentre target) throws IOException {
    this.target = target;
    Thread.ofVirtual().start(this::accept);
  }

  InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), listening.getLocalPort());
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listening.accept();
        Socket server = new Socket(target.host(), target.port());
        towardsClient.add(client);
        towardsServer.add(server);
        Thread.ofVirtual().start(() -> pass(client, server));
        Thread.ofVirtual()
            .start(() -> {
              pass(server, client);
              towardsServer.remove(server);
              towardsClient.remove(client);
            });
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void pass(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[4096];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        out.write(buffer, 0, n);
      }
      to.shutdownOutput();
    } catch (IOException gone) {
      // A link that fell silent stays open towards the client.
    }
  }

  /**
   * Ends all links: first the server sees the end, then the client does, so that the client cannot
   * be back before the server knows that it was gone.
   */
  void drop() {
    for (Socket server : towardsServer) {
      try {
        server.shutdownOutput();
      } catch (IOException gone) {
        // Then it has ended already.
      }
    }
  }

  /** The server's side of all links is gone; the client's side stays open and says nothing. */
  void fallSilent() throws IOException {
    for (Socket server : towardsServer) {
      server.setSoLinger(true, 0);
      server.close();
    }
    towardsServer.clear();
  }

  @Override
  public void close() throws IOException {
    listening.close();
    fallSilent();
    for (Socket client : towardsClient) {
      client.close();
    }
  }
}
