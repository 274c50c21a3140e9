package dev.jobradar.telegram.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.transport.Framing;
import dev.jobradar.mtproto.transport.ProxySecret;
import dev.jobradar.mtproto.transport.TransportDetector.Detected;
import dev.jobradar.sandbox.Sandbox;
import dev.jobradar.sandbox.rpc.DataCentre;
import dev.jobradar.telegram.ChannelPeer;
import dev.jobradar.telegram.ClientListener;
import dev.jobradar.telegram.HistoryQuery;
import dev.jobradar.telegram.SandboxOptions;
import dev.jobradar.telegram.TelegramClient;
import dev.jobradar.telegram.TelegramOptions;
import dev.jobradar.telegram.session.SavedSession;
import dev.jobradar.telegram.session.SessionString;
import java.net.InetSocketAddress;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A signed-in client through each kind of proxy. */
@Timeout(60)
class ProxiedClientIT {
  private static final Credentials SOMEBODY = new Credentials("user", "pass: wörd");

  private Sandbox sandbox;

  @BeforeEach
  void start() {
    sandbox = Sandbox.builder().dataCentres(1).strict(true).start();
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private InetSocketAddress dataCentre() {
    DataCentre dc = sandbox.dataCentres().getFirst();
    return new InetSocketAddress(dc.host(), dc.port());
  }

  /** Who one is, and a history; twice, so that it is dialled twice. */
  private void assertUsable(Proxy proxy, InetSocketAddress address) throws Exception {
    SavedSession session = SessionString.parse(sandbox.accounts(1).getFirst()).session();
    TelegramOptions options =
        SandboxOptions.of(sandbox, Map.of(new DcId(1), address)).proxy(proxy).build();
    for (int i = 0; i < 2; i++) {
      try (TelegramClient client = new TelegramClient(options, session, ClientListener.NONE)) {
        client.open();
        assertThat(client.refreshMe().id()).isPositive();
        ChannelPeer peer = client.channels().resolve("javajobs").peer();
        assertThat(client.channels().history(peer, HistoryQuery.NEWEST).posts()).hasSize(100);
      }
    }
    assertThat(sandbox.stats().maxOpenPerKey()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void through_socks5(boolean closed) throws Exception {
    @Nullable Credentials credentials = closed ? SOMEBODY : null;
    Socks5Server server = new Socks5Server(credentials);
    try (LoopbackServer listening = new LoopbackServer(server)) {
      assertUsable(new Socks5Proxy(listening.asProxy(), credentials), dataCentre());
      assertThat(server.destinations).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void through_http(boolean closed) throws Exception {
    String basic =
        Base64.getEncoder()
            .encodeToString((SOMEBODY.user() + ":" + SOMEBODY.password()).getBytes(UTF_8));
    HttpProxyServer server = new HttpProxyServer(closed ? basic : null);
    try (LoopbackServer listening = new LoopbackServer(server)) {
      assertUsable(new HttpProxy(listening.asProxy(), closed ? SOMEBODY : null), dataCentre());
      assertThat(server.requests).hasSize(2);
    }
  }

  @Test
  void a_name_that_only_the_proxy_knows_is_looked_up_there() throws Exception {
    Socks5Server server = new Socks5Server(null);
    int port = dataCentre().getPort();
    try (LoopbackServer listening = new LoopbackServer(server)) {
      assertUsable(
          new Socks5Proxy(listening.asProxy(), null),
          InetSocketAddress.createUnresolved("telegram.example", port));
      assertThat(server.destinations).containsOnly("telegram.example " + port);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "00112233445566778899aabbccddeeff, INTERMEDIATE",
    "dd00112233445566778899aabbccddeeff, PADDED_INTERMEDIATE"
  })
  void through_mtproxy(String secret, Framing framing) throws Exception {
    MtProxyServer server = new MtProxyServer(ProxySecret.parse(secret), dataCentre());
    try (LoopbackServer listening = new LoopbackServer(server)) {
      assertUsable(
          new MtProxy(listening.asProxy(), ProxySecret.parse(secret)),
          InetSocketAddress.createUnresolved("nobody.dials.this", 1));
      assertThat(server.clients).hasSize(2).extracting(Detected::dc).containsOnly(1);
      assertThat(server.clients).extracting(Detected::framing).containsOnly(framing);
    }
  }
}
