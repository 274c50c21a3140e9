package dev.jobradar.telegram.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.client.Backoff;
import dev.jobradar.mtproto.client.Dialer;
import dev.jobradar.sandbox.ReadyAccount;
import dev.jobradar.sandbox.Sandbox;
import dev.jobradar.sandbox.rpc.DataCentre;
import dev.jobradar.sandbox.world.UserId;
import dev.jobradar.telegram.ClientListener;
import dev.jobradar.telegram.TelegramClient;
import dev.jobradar.telegram.TelegramOptions;
import dev.jobradar.telegram.session.DataCentres;
import dev.jobradar.telegram.session.SessionString;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Data centres with addresses of both kinds, of which one cannot be reached. */
@Timeout(120)
class Ipv6IT {
  private static final DcId FIRST = new DcId(1);
  private static final Backoff QUICK =
      new Backoff(Duration.ofMillis(20), Duration.ofMillis(200), Duration.ofMillis(20));

  private final Sandbox sandbox =
      Sandbox.builder().withoutChannels().dataCentres(2).ipv6(true).strict(true).start();
  private final ReadyAccount account = sandbox.readyAccounts(1).getFirst();

  /** The attempts of the clients, in order. */
  private final List<Attempt> attempts = new CopyOnWriteArrayList<>();

  /** Addresses that swallow what is sent to them. */
  private final Set<InetSocketAddress> dead = ConcurrentHashMap.newKeySet();

  private record Attempt(InetSocketAddress address, Duration timeout) {}

  @AfterEach
  void close() {
    sandbox.close();
  }

  private SocketChannel dial(InetSocketAddress address, Duration timeout) throws IOException {
    attempts.add(new Attempt(address, timeout));
    if (dead.contains(address)) {
      throw new SocketTimeoutException("nothing came back in " + timeout);
    }
    return Dialer.direct().dial(address, timeout);
  }

  private InetSocketAddress ipv4(int dc) {
    DataCentre one = sandbox.dataCentres().get(dc - 1);
    return new InetSocketAddress(one.host(), one.port());
  }

  private InetSocketAddress ipv6(int dc) {
    return new InetSocketAddress(InetAddress.ofLiteral("::1"), ipv4(dc).getPort());
  }

  /** A client that knows where data centre 1 is, and nothing of the other. */
  private TelegramClient client() {
    DataCentres known =
        DataCentres.custom(
            Map.of(FIRST, ipv4(1)), Map.of(FIRST, ipv6(1)), List.of(sandbox.publicKey()));
    TelegramOptions options =
        TelegramOptions.builder(1, "hash")
            .dataCentres(known)
            .firstDc(FIRST)
            .backoff(QUICK)
            .dialer(this::dial)
            .callTimeout(Duration.ofSeconds(60))
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
  void an_address_that_swallows_everything_gets_two_seconds_of_the_first_connection()
      throws Exception {
    dead.add(ipv4(1));
    try (TelegramClient client = client()) {
      client.open();
      assertThat(client.me().id()).isEqualTo(account.user().value());
      assertThat(attempts).extracting(Attempt::address).containsExactly(ipv4(1), ipv6(1));
      assertThat(attempts.getFirst().timeout()).isEqualTo(Duration.ofSeconds(2));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void an_account_is_followed_over_the_address_that_can_be_reached_with_one_call(boolean refused)
      throws Exception {
    try (TelegramClient client = client()) {
      client.open();
      UserId me = new UserId(client.me().id());
      if (refused) {
        sandbox.stopListening(2, StandardProtocolFamily.INET);
      } else {
        dead.add(ipv4(2));
      }
      sandbox.move(me, 2);
      attempts.clear();

      assertThat(client.channels().sendToSelf("over there", 7).repeated()).isFalse();

      assertThat(client.dc()).isEqualTo(new DcId(2));
      assertThat(client.refreshMe().id()).isEqualTo(me.value());
      // For the sign-in, to leave it there, and to stay: each tries one address after the other.
      assertThat(attempts)
          .extracting(Attempt::address)
          .containsExactly(ipv4(1), ipv4(2), ipv6(2), ipv4(2), ipv6(2));
      assertThat(attempts)
          .filteredOn(attempt -> attempt.address().equals(ipv4(2)))
          .extracting(Attempt::timeout)
          .containsOnly(Duration.ofSeconds(2));
      assertThat(sandbox.connections(me).maxOpen()).isEqualTo(1);
    }
  }
}
