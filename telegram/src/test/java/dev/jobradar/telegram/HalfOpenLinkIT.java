package dev.jobradar.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.client.Backoff;
import dev.jobradar.mtproto.session.KeepAlive;
import dev.jobradar.sandbox.Sandbox;
import dev.jobradar.sandbox.rpc.DataCentre;
import dev.jobradar.telegram.session.DataCentres;
import dev.jobradar.telegram.session.SavedSession;
import dev.jobradar.telegram.session.SessionString;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A link whose far end is gone without a word, as after a router forgot it. */
@Timeout(120)
class HalfOpenLinkIT {
  private static final KeepAlive IMPATIENT =
      new KeepAlive(
          Duration.ofSeconds(2),
          Duration.ofSeconds(5),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofSeconds(30));
  private static final Backoff QUICK =
      new Backoff(Duration.ofMillis(20), Duration.ofMillis(200), Duration.ofMillis(20));

  /** Passes bytes on between clients and a server until it is told to fall silent. */
  private static final class Relay implements AutoCloseable {
    private final ServerSocket listening =
        new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
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
          Thread.ofVirtual().start(() -> pass(server, client));
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

  @Test
  void a_link_that_is_half_open_is_noticed_and_replaced() throws Exception {
    try (Sandbox sandbox = Sandbox.builder().dataCentres(1).strict(true).start();
        Relay relay = new Relay(sandbox.dataCentres().getFirst())) {
      SavedSession session = SessionString.parse(sandbox.accounts(1).getFirst()).session();
      TelegramOptions options =
          TelegramOptions.builder(1, "hash")
              .dataCentres(
                  DataCentres.custom(
                      Map.of(new DcId(1), relay.address()), List.of(sandbox.publicKey())))
              .keepAlive(IMPATIENT)
              .backoff(QUICK)
              .build();
      try (TelegramClient client = new TelegramClient(options, session, ClientListener.NONE)) {
        client.open();
        Me me = client.me();
        for (int i = 0; i < 3; i++) {
          relay.fallSilent();
          assertThat(client.refreshMe()).isEqualTo(me);
        }
      }
      assertThat(sandbox.stats().maxOpenPerKey()).isEqualTo(1);
      assertThat(sandbox.stats().maxOpenPerAccount()).isEqualTo(1);
    }
  }
}
