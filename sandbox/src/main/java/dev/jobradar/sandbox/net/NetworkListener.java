package dev.jobradar.sandbox.net;

import dev.jobradar.mtproto.DcId;
import java.net.InetSocketAddress;

/** Notified of connections, on any thread; must return at once. */
public interface NetworkListener {
  /** Ignores everything. */
  NetworkListener NONE =
      new NetworkListener() {
        @Override
        public void opened(ConnectionId connection, DcId dc, InetSocketAddress remote) {}

        @Override
        public void closed(ConnectionId connection, DcId dc, String reason) {}
      };

  /** A connection was accepted. */
  void opened(ConnectionId connection, DcId dc, InetSocketAddress remote);

  /**
   * A connection was read to its end, or closed by the server.
   *
   * @param reason in a few words, without anything that the client sent
   */
  void closed(ConnectionId connection, DcId dc, String reason);
}
