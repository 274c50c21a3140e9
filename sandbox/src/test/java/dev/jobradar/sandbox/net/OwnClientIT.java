package dev.jobradar.sandbox.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.client.CallOptions;
import dev.jobradar.mtproto.client.ClientInfo;
import dev.jobradar.mtproto.client.ConnectionListener;
import dev.jobradar.mtproto.client.ConnectionOptions;
import dev.jobradar.mtproto.client.ConnectionOptions.KnownKey;
import dev.jobradar.mtproto.client.MtprotoConnection;
import dev.jobradar.mtproto.crypto.RsaPrivateKey;
import dev.jobradar.mtproto.transport.Framing;
import dev.jobradar.mtproto.transport.Transport;
import dev.jobradar.sandbox.event.EventListener;
import dev.jobradar.sandbox.fault.Faults;
import dev.jobradar.sandbox.rpc.DataCentre;
import dev.jobradar.sandbox.rpc.RpcServer;
import dev.jobradar.sandbox.world.KeyId;
import dev.jobradar.sandbox.world.World;
import dev.jobradar.tl.api.Config;
import dev.jobradar.tl.api.method.Help;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our own connection and our own server, as far as the wire goes. */
@Timeout(60)
class OwnClientIT {
  private static final RsaPrivateKey RSA_KEY = RsaPrivateKey.generate(new SecureRandom());

  private final World world = World.inMemory(InstantSource.system());
  private final List<AutoCloseable> toClose = new ArrayList<>();
  private Network network = open(0);

  private Network open(int port) {
    return Network.open(
        NetworkOptions.of(port, 1, true),
        RSA_KEY,
        world,
        (endpoints, counts) ->
            new RpcServer(
                world,
                endpoints.stream()
                    .map(endpoint ->
                        new DataCentre(
                            endpoint.dc().value(), "127.0.0.1", endpoint.address().getPort()))
                    .toList(),
                InstantSource.system(),
                EventListener.NONE,
                new Faults(),
                counts),
        NetworkListener.NONE);
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : toClose.reversed()) {
      each.close();
    }
    network.close();
  }

  private MtprotoConnection connect(Transport transport, @Nullable KnownKey key) {
    MtprotoConnection connection =
        new MtprotoConnection(
            ConnectionOptions.builder(
                    network.endpoints().getFirst().address(),
                    new DcId(1),
                    ClientInfo.of(1, "Test", "1.0"))
                .serverKeys(List.of(RSA_KEY.publicKey()))
                .transport(transport)
                .knownKey(key)
                .build(),
            ConnectionListener.NONE);
    toClose.add(connection);
    connection.open();
    return connection;
  }

  private static KnownKey known(MtprotoConnection connection) {
    return Objects.requireNonNull(connection.knownKey());
  }

  private ConnectionCount count(MtprotoConnection connection) {
    return network.connections(new KeyId(known(connection).key().id()));
  }

  static Stream<Transport> transports() {
    return NetworkIT.transports();
  }

  @ParameterizedTest
  @MethodSource("transports")
  void it_makes_a_key_and_calls_over_every_transport(Transport transport) throws Exception {
    MtprotoConnection connection = connect(transport, null);

    Config config = connection.invoke(new Help.GetConfig(), CallOptions.REPEATABLE);

    assertThat(config.thisDc()).isEqualTo(1);
    assertThat(count(connection)).isEqualTo(new ConnectionCount(1, 1));
  }

  @Test
  void a_key_from_before_is_used_without_its_salt_or_time() throws Exception {
    MtprotoConnection first = connect(new Transport.Plain(Framing.INTERMEDIATE), null);
    first.invoke(new Help.GetConfig(), CallOptions.REPEATABLE);
    KnownKey key = known(first);
    first.close();

    MtprotoConnection second =
        connect(new Transport.Plain(Framing.ABRIDGED), new KnownKey(key.key(), 0, null));

    assertThat(second.invoke(new Help.GetConfig(), CallOptions.REPEATABLE).thisDc()).isEqualTo(1);
    assertThat(count(second)).isEqualTo(new ConnectionCount(1, 1));
  }

  @Test
  void it_comes_back_after_a_restart_of_the_server() throws Exception {
    MtprotoConnection connection = connect(new Transport.Plain(Framing.INTERMEDIATE), null);
    connection.invoke(new Help.GetConfig(), CallOptions.REPEATABLE);
    for (int i = 0; i < 3; i++) {
      int port = network.endpoints().getFirst().address().getPort();
      network.close();
      network = open(port);

      assertThat(connection.invoke(new Help.GetConfig(), CallOptions.REPEATABLE).thisDc())
          .isEqualTo(1);
      assertThat(count(connection)).isEqualTo(new ConnectionCount(1, 1));
    }
  }

  @Test
  void many_call_at_once_and_some_are_interrupted() throws Exception {
    MtprotoConnection connection =
        connect(new Transport.Obfuscated(Framing.PADDED_INTERMEDIATE), null);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> calls = new ArrayList<>();
      CountDownLatch go = new CountDownLatch(1);
      for (int i = 0; i < 400; i++) {
        boolean interrupted = i % 4 == 0;
        calls.add(
            threads.submit(() -> {
              go.await();
              if (interrupted) {
                Thread.currentThread().interrupt();
              }
              return connection.invoke(new Help.GetConfig(), CallOptions.REPEATABLE).thisDc();
            }));
      }
      go.countDown();
      for (int i = 0; i < calls.size(); i++) {
        Future<Integer> call = calls.get(i);
        if (i % 4 == 0) {
          assertThatExceptionOfType(ExecutionException.class)
              .isThrownBy(call::get)
              .withCauseInstanceOf(InterruptedException.class);
        } else {
          assertThat(call.get()).isEqualTo(1);
        }
      }
    }
    assertThat(count(connection)).isEqualTo(new ConnectionCount(1, 1));
  }

  @Test
  void closing_and_connecting_anew_is_never_seen_as_two() throws Exception {
    MtprotoConnection first = connect(new Transport.Plain(Framing.FULL), null);
    first.invoke(new Help.GetConfig(), CallOptions.REPEATABLE);
    KnownKey key = known(first);
    first.close();
    for (int i = 0; i < 20; i++) {
      MtprotoConnection next = connect(new Transport.Plain(Framing.FULL), key);
      next.invoke(new Help.GetConfig(), CallOptions.REPEATABLE.within(Duration.ofSeconds(10)));
      next.close();
    }

    assertThat(network.maxOpenPerKey()).isEqualTo(1);
  }
}
