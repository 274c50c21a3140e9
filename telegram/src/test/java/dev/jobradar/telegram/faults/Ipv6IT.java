package dev.jobradar.telegram.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.mtproto.client.Backoff;
import dev.jobradar.sandbox.ReadyAccount;
import dev.jobradar.sandbox.Sandbox;
import dev.jobradar.sandbox.rpc.DataCentre;
import dev.jobradar.sandbox.world.UserId;
import dev.jobradar.telegram.ClientListener;
import dev.jobradar.telegram.TelegramClient;
import dev.jobradar.telegram.TelegramOptions;
import dev.jobradar.telegram.session.DataCentres;
import dev.jobradar.telegram.session.SessionString;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Data centres with addresses of both kinds, of which one cannot be reached. */
@Timeout(120)
class Ipv6IT {
  private static final DcId FIRST = new DcId(1);
  private static final Backoff QUICK =
      new Backoff(Duration.ofMillis(20), Duration.ofMillis(200), Duration.ofMillis(20));

  private final Sandbox sandbox =
      Sandbox.builder().withoutChannels().dataCentres(2).ipv6(true).strict(true).start();
  private final ReadyAccount account = sandbox.readyAccounts(1).getFirst();

  @AfterEach
  void close() {
    sandbox.close();
  }

  /** A client that knows where data centre 1 is, and nothing of the other. */
  private TelegramClient client() {
    DataCentre first = sandbox.dataCentres().getFirst();
    DataCentres known =
        DataCentres.custom(
            Map.of(FIRST, new InetSocketAddress(first.host(), first.port())),
            Map.of(FIRST, new InetSocketAddress(InetAddress.ofLiteral("::1"), first.port())),
            List.of(sandbox.publicKey()));
    TelegramOptions options =
        TelegramOptions.builder(1, "hash")
            .dataCentres(known)
            .firstDc(FIRST)
            .backoff(QUICK)
            .callTimeout(Duration.ofSeconds(5))
            .build();
    return new TelegramClient(
        options, SessionString.parse(account.session()).session(), ClientListener.NONE);
  }

  @Test
  void where_ipv4_cannot_be_reached_ipv6_is_used() throws Exception {
    sandbox.stopListening(1, StandardProtocolFamily.INET);
    try (TelegramClient client = client()) {
      client.open();
      assertThat(client.me().id()).isEqualTo(account.user().value());
      assertThat(client.channels().sendToSelf("over IPv6", 7).repeated()).isFalse();
    }
  }

  @Test
  void an_account_is_followed_to_a_data_centre_that_only_ipv6_reaches() throws Exception {
    try (TelegramClient client = client()) {
      client.open();
      UserId me = new UserId(client.me().id());
      sandbox.stopListening(2, StandardProtocolFamily.INET);
      sandbox.move(me, 2);

      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .pollInSameThread()
          .until(() -> {
            try {
              var _ = client.channels().sendToSelf("over there", 7);
            } catch (MtprotoException e) {
              // It is on its way.
            }
            return client.dc().equals(new DcId(2));
          });
      assertThat(client.refreshMe().id()).isEqualTo(me.value());
      assertThat(sandbox.connections(me).maxOpen()).isEqualTo(1);
    }
  }
}
