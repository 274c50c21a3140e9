package dev.jobradar.sandbox.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.crypto.AuthKey;
import dev.jobradar.mtproto.crypto.BindingMessage;
import dev.jobradar.mtproto.crypto.MessageDirection;
import dev.jobradar.mtproto.crypto.RsaPrivateKey;
import dev.jobradar.mtproto.crypto.RsaPublicKey;
import dev.jobradar.mtproto.keyexchange.ClientKeyExchange;
import dev.jobradar.mtproto.keyexchange.ExchangeDc;
import dev.jobradar.mtproto.keyexchange.KeyExchangeResult;
import dev.jobradar.mtproto.session.EncryptedMessage;
import dev.jobradar.mtproto.session.MessageContainer;
import dev.jobradar.mtproto.session.MessageContainer.Message;
import dev.jobradar.mtproto.session.QuickAckToken;
import dev.jobradar.mtproto.session.SessionLimits;
import dev.jobradar.mtproto.session.Slice;
import dev.jobradar.mtproto.transport.Frame;
import dev.jobradar.mtproto.transport.Framing;
import dev.jobradar.mtproto.transport.Transport;
import dev.jobradar.sandbox.fault.Faults;
import dev.jobradar.sandbox.net.ClientLink.BindResult;
import dev.jobradar.sandbox.net.RawClient.Identity;
import dev.jobradar.sandbox.world.KeyId;
import dev.jobradar.sandbox.world.UserId;
import dev.jobradar.sandbox.world.World;
import dev.jobradar.tl.mtproto.BindAuthKeyInner;
import dev.jobradar.tl.mtproto.DestroyAuthKeyOk;
import dev.jobradar.tl.mtproto.DestroySessionNone;
import dev.jobradar.tl.mtproto.DestroySessionOk;
import dev.jobradar.tl.mtproto.MsgsAck;
import dev.jobradar.tl.mtproto.NewSessionCreated;
import dev.jobradar.tl.mtproto.Pong;
import dev.jobradar.tl.mtproto.RpcError;
import dev.jobradar.tl.mtproto.method.DestroyAuthKey;
import dev.jobradar.tl.mtproto.method.DestroySession;
import dev.jobradar.tl.mtproto.method.Ping;
import dev.jobradar.tl.mtproto.method.PingDelayDisconnect;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class NetworkIT {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final RsaPrivateKey RSA_KEY = RsaPrivateKey.generate(RANDOM);
  private static final List<RsaPublicKey> SERVER_KEYS = List.of(RSA_KEY.publicKey());
  private static final byte[] QUERY = {1, 0, 0, 0x11, 2, 2, 2, 2};
  private static final byte[] UPDATE = {9, 0, 0, 0x11, 3, 3, 3, 3};
  private static final UserId USER = new UserId(77);

  private final World world = World.inMemory(InstantSource.system());
  private final EchoService service = new EchoService();
  private final List<String> connections = new CopyOnWriteArrayList<>();
  private final List<AutoCloseable> toClose = new ArrayList<>();
  private @Nullable Network network;

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : toClose.reversed()) {
      each.close();
    }
  }

  private Network network(boolean strict, SessionLimits limits, int dataCentres) {
    NetworkListener listener =
        new NetworkListener() {
          @Override
          public void opened(ConnectionId connection, DcId dc, InetSocketAddress remote) {
            connections.add("opened " + connection.value());
          }

          @Override
          public void closed(ConnectionId connection, DcId dc, String reason) {
            connections.add("closed " + connection.value() + ": " + reason);
          }
        };
    Network opened =
        Network.open(
            new NetworkOptions(
                0,
                dataCentres,
                false,
                strict,
                InstantSource.system(),
                limits,
                Duration.ofHours(1),
                new Faults()),
            RSA_KEY,
            world,
            (endpoints, counts) -> service,
            listener);
    toClose.add(opened);
    network = opened;
    return opened;
  }

  private Network network() {
    Network open = network;
    return open == null ? network(false, SessionLimits.DEFAULT, 1) : open;
  }

  private Endpoint endpoint() {
    return network().endpoints().getFirst();
  }

  private RawClient connect(Identity identity) {
    RawClient client = new RawClient(endpoint(), identity);
    toClose.add(client);
    return client;
  }

  /** A key that data centre 1 knows, and a new session of it. */
  private Identity identity() {
    return identity(0);
  }

  private Identity identity(int expiresAt) {
    byte[] secret = new byte[AuthKey.SIZE];
    RANDOM.nextBytes(secret);
    AuthKey key = new AuthKey(secret);
    world.addKey(new KeyId(key.id()), 1, secret, expiresAt);
    return new Identity(key);
  }

  private static KeyId id(Identity identity) {
    return new KeyId(identity.key.id());
  }

  private static void until(BooleanSupplier condition) {
    // Bounded by the time-out of every test here.
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  static Stream<Transport> transports() {
    return Stream.of(
        new Transport.Plain(Framing.ABRIDGED),
        new Transport.Plain(Framing.INTERMEDIATE),
        new Transport.Plain(Framing.PADDED_INTERMEDIATE),
        new Transport.Plain(Framing.FULL),
        new Transport.Obfuscated(Framing.ABRIDGED),
        new Transport.Obfuscated(Framing.INTERMEDIATE),
        new Transport.Obfuscated(Framing.PADDED_INTERMEDIATE));
  }

  // --- packets ---------------------------------------------------------------------------------

  @ParameterizedTest
  @MethodSource("transports")
  void queries_are_answered_over_every_transport(Transport transport) {
    try (RawClient client = new RawClient(endpoint().address(), transport, identity())) {
      long first = client.query(QUERY);
      assertThat(client.hear(NewSessionCreated.class).firstMsgId()).isEqualTo(first);
      assertThat(client.answerTo(first)).isEqualTo(QUERY);
      byte[] large = new byte[500_000];
      RANDOM.nextBytes(large);
      large[3] = 0x11;
      assertThat(client.answerTo(client.query(large))).isEqualTo(large);
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void a_packet_is_acknowledged_quickly_where_the_transport_can(Transport transport) {
    if (transport.equals(new Transport.Plain(Framing.FULL))) {
      return;
    }
    Identity identity = identity();
    try (RawClient client = new RawClient(endpoint().address(), transport, identity)) {
      byte[] packet = client.seal(identity.nextId(), 0, new Ping(1).toByteArray());
      byte[] opened = packet.clone();
      EncryptedMessage.open(identity.key, MessageDirection.TO_SERVER, opened);
      client.write(new Frame.Packet(packet, true));

      assertThat(client.frame())
          .isEqualTo(new Frame.QuickAck(QuickAckToken.of(identity.key, opened)));
      assertThat(client.hear(Pong.class).pingId()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void a_key_that_is_not_known_is_refused_and_the_connection_closed(Transport transport) {
    byte[] secret = new byte[AuthKey.SIZE];
    RANDOM.nextBytes(secret);
    Identity unknown = new Identity(new AuthKey(secret));
    try (RawClient client = new RawClient(endpoint().address(), transport, unknown)) {
      client.query(QUERY);

      assertThat(client.frame()).isEqualTo(new Frame.TransportError(404));
      assertThat(client.isEnded()).isTrue();
    }
  }

  @Test
  void a_key_of_another_data_centre_is_not_known() {
    Endpoint second = network(false, SessionLimits.DEFAULT, 2).endpoints().get(1);
    try (RawClient client = new RawClient(second, identity())) {
      client.query(QUERY);

      assertThat(client.frame()).isEqualTo(new Frame.TransportError(404));
    }
  }

  @Test
  void a_damaged_packet_is_refused_like_an_unknown_key() {
    Identity identity = identity();
    RawClient client = connect(identity);
    byte[] packet = client.seal(identity.nextId(), 1, QUERY);
    packet[packet.length - 1] ^= 1;
    client.write(new Frame.Packet(packet));

    assertThat(client.frame()).isEqualTo(new Frame.TransportError(404));
    assertThat(client.isEnded()).isTrue();
    assertThat(service.log).isEmpty();
  }

  @Test
  void a_packet_too_short_for_anything_is_refused() {
    RawClient client = connect(identity());
    client.write(new Frame.Packet(new byte[] {1, 2, 3, 4}));

    assertThat(client.frame()).isEqualTo(new Frame.TransportError(404));
  }

  @Test
  void a_browser_is_shown_the_door() throws IOException {
    try (SocketChannel channel = SocketChannel.open(endpoint().address())) {
      channel.write(ByteBuffer.wrap("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
      int read;
      try {
        read = channel.read(ByteBuffer.allocate(16));
      } catch (IOException reset) {
        read = -1;
      }
      assertThat(read).isNegative();
    }
    until(() -> connections.size() == 2);
    assertThat(connections.getLast()).contains("HTTP");
  }

  @Test
  void too_long_a_list_is_refused_with_429() {
    RawClient client = connect(identity());
    client.say(new MsgsAck(Collections.nCopies(8193, 1L)));

    assertThat(client.frame()).isEqualTo(new Frame.TransportError(429));
  }

  @Test
  void an_expired_temporary_key_is_not_known() {
    RawClient client = connect(identity((int) (System.currentTimeMillis() / 1000) - 1));
    client.query(QUERY);

    assertThat(client.frame()).isEqualTo(new Frame.TransportError(404));
  }

  // --- sessions --------------------------------------------------------------------------------

  @Test
  void updates_reach_a_client_as_they_are_pushed() {
    RawClient client = connect(identity());
    client.answerTo(client.query(QUERY));

    service.links.getFirst().push(UPDATE);

    assertThat(client.update().body().toByteArray()).isEqualTo(UPDATE);
  }

  @Test
  void what_was_not_acknowledged_comes_again_over_the_next_connection() {
    Identity identity = identity();
    RawClient first = connect(identity);
    first.answerTo(first.query(QUERY));
    service.links.getFirst().push(UPDATE);
    Message update = first.update();
    first.close();
    service.links.getFirst().push(new byte[] {8, 0, 0, 0x11});

    RawClient second = connect(identity);
    second.say(new Ping(1));

    Message again = second.update();
    assertThat(again.id()).isEqualTo(update.id());
    assertThat(again.seqNo()).isEqualTo(update.seqNo());
    assertThat(second.update().body().toByteArray()).isEqualTo(new byte[] {8, 0, 0, 0x11});
    assertThat(service.links).hasSize(1);
  }

  @Test
  void a_query_repeated_over_another_connection_is_executed_once() {
    Identity identity = identity();
    RawClient first = connect(identity);
    long id = identity.nextId();
    int seqNo = identity.contentSeqNo();
    first.send(id, seqNo, QUERY);
    until(() -> !service.log.isEmpty());
    first.close();

    RawClient second = connect(identity);
    second.send(
        identity.nextId(),
        2,
        MessageContainer.write(List.of(new Message(id, seqNo, Slice.of(QUERY)))));

    assertThat(second.answerTo(id)).isEqualTo(QUERY);
    assertThat(service.log).containsExactly("executed 1");
  }

  @Test
  void an_answer_given_later_goes_to_the_newest_connection() {
    AtomicReference<@Nullable RpcCall> waiting = new AtomicReference<>();
    service.behaviour = (link, call) -> waiting.set(call);
    Identity identity = identity();
    RawClient first = connect(identity);
    long id = first.query(QUERY);
    until(() -> waiting.get() != null);
    RawClient second = connect(identity);
    second.say(new Ping(1));
    second.hear(Pong.class);

    RpcCall call = Objects.requireNonNull(waiting.get());
    call.answer(UPDATE);

    assertThat(second.answerTo(id)).isEqualTo(UPDATE);
    assertThat(call.connection()).isEqualTo(new ConnectionId(1));
  }

  @Test
  void a_client_that_does_not_read_holds_nobody_up() {
    network(false, new SessionLimits(100, 100_000, 100), 1);
    RawClient deaf = connect(identity());
    deaf.query(QUERY);
    until(() -> service.links.size() == 1);
    for (int i = 0; i < 2_000; i++) {
      service.links.getFirst().push(new byte[10_000]);
    }
    assertThat(service.log).contains("updates dropped");

    RawClient other = connect(identity());
    assertThat(other.answerTo(other.query(QUERY))).isEqualTo(QUERY);
  }

  @Test
  void sessions_of_a_key_are_destroyed_on_request() {
    Identity identity = identity();
    RawClient client = connect(identity);
    client.answerTo(client.query(QUERY));
    Identity another = new Identity(identity.key);
    RawClient other = connect(another);
    other.answerTo(other.query(QUERY));

    other.say(new DestroySession(identity.sessionId));
    assertThat(other.hear(DestroySessionOk.class).sessionId()).isEqualTo(identity.sessionId);
    other.say(new DestroySession(identity.sessionId));
    assertThat(other.hear(DestroySessionNone.class).sessionId()).isEqualTo(identity.sessionId);

    assertThat(service.log).containsOnlyOnce("ended");
  }

  @Test
  void a_destroyed_key_is_not_known_any_more() {
    Identity identity = identity();
    RawClient client = connect(identity);
    client.answerTo(client.query(QUERY));

    client.say(new DestroyAuthKey());
    assertThat(client.hear(DestroyAuthKeyOk.class)).isNotNull();
    client.query(QUERY);

    assertThat(client.frame()).isEqualTo(new Frame.TransportError(404));
    assertThat(service.log).contains("ended", "key destroyed");
    assertThat(world.key(id(identity), 1)).isEmpty();
  }

  @Test
  void a_connection_is_closed_when_the_delay_of_the_last_ping_is_over() {
    RawClient client = connect(identity());
    client.say(new PingDelayDisconnect(1, 60));
    client.say(new PingDelayDisconnect(2, 0));

    until(() -> connections.size() == 2);

    assertThat(connections.getLast()).contains("no ping came in time");
  }

  @Test
  void a_network_that_closes_closes_its_connections() {
    RawClient client = connect(identity());
    client.answerTo(client.query(QUERY));

    network().close();

    assertThat(client.isEnded()).isTrue();
    assertThat(network().connections()).isZero();
  }

  @Test
  void a_port_that_is_taken_is_named_and_no_other_is_held() {
    int taken = endpoint().address().getPort();
    World other = World.inMemory(InstantSource.system());

    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() ->
            Network.open(
                NetworkOptions.of(taken - 1, 2, false),
                RSA_KEY,
                other,
                (endpoints, counts) -> service,
                NetworkListener.NONE))
        .withMessageContaining("port ");
    // Whichever of the two was free is free again.
    network().close();
    Network.open(
            NetworkOptions.of(taken, 1, false),
            RSA_KEY,
            other,
            (endpoints, counts) -> service,
            NetworkListener.NONE)
        .close();
  }

  // --- making keys -----------------------------------------------------------------------------

  @ParameterizedTest
  @MethodSource("transports")
  void a_key_is_made_and_used_with_its_first_salt(Transport transport) {
    KeyExchangeResult made;
    try (RawClient client = new RawClient(endpoint().address(), transport, identity())) {
      made = exchange(client, ClientKeyExchange.Settings.permanent(SERVER_KEYS, dc(1)));
      Identity identity = new Identity(made.key());
      RawClient next = connect(identity);
      next.say(new Ping(1), made.firstSalt());
      assertThat(next.hear(Pong.class).pingId()).isEqualTo(1);
    }
    assertThat(Math.abs(made.timeOffset())).isLessThan(10_000);
    assertThat(world.key(new KeyId(made.key().id()), 1)).isPresent();
  }

  @Test
  void a_temporary_key_ends_when_it_was_made_to() {
    KeyExchangeResult made;
    try (RawClient client = new RawClient(endpoint(), identity())) {
      made =
          exchange(
              client,
              ClientKeyExchange.Settings.temporary(SERVER_KEYS, dc(1), Duration.ofHours(1)));
    }
    int expiresAt = world.key(new KeyId(made.key().id()), 1).orElseThrow().expiresAt();

    assertThat(expiresAt - System.currentTimeMillis() / 1000).isBetween(3500L, 3600L);
  }

  @Test
  void whoever_means_another_data_centre_is_told_so() {
    try (RawClient client = new RawClient(endpoint(), identity())) {
      ClientKeyExchange exchange =
          new ClientKeyExchange(ClientKeyExchange.Settings.permanent(SERVER_KEYS, dc(2)), RANDOM);
      client.write(new Frame.Packet(exchange.start(System.currentTimeMillis())));
      ClientKeyExchange.Outcome outcome =
          exchange.receive(((Frame.Packet) client.frame()).payload(), System.currentTimeMillis());
      client.write(new Frame.Packet(((ClientKeyExchange.Outcome.Send) outcome).packet()));

      assertThat(client.frame()).isEqualTo(new Frame.TransportError(444));
      assertThat(client.isEnded()).isTrue();
    }
  }

  private static ExchangeDc dc(int number) {
    return ExchangeDc.production(number);
  }

  private static KeyExchangeResult exchange(RawClient client, ClientKeyExchange.Settings settings) {
    ClientKeyExchange exchange = new ClientKeyExchange(settings, RANDOM);
    byte[] packet = exchange.start(System.currentTimeMillis());
    while (true) {
      client.write(new Frame.Packet(packet));
      byte[] answer = ((Frame.Packet) client.frame()).payload();
      switch (exchange.receive(answer, System.currentTimeMillis())) {
        case ClientKeyExchange.Outcome.Send(byte[] next) -> packet = next;
        case ClientKeyExchange.Outcome.Done(KeyExchangeResult result) -> {
          return result;
        }
      }
    }
  }

  // --- temporary keys --------------------------------------------------------------------------

  @Test
  void a_temporary_key_is_bound_by_a_proof_made_with_the_permanent_one() {
    Identity permanent = identity();
    int expiresAt = (int) (System.currentTimeMillis() / 1000) + 1000;
    Identity temporary = identity(expiresAt);
    RawClient client = connect(temporary);
    List<BindResult> results = new CopyOnWriteArrayList<>();

    bind(client, temporary, permanent, expiresAt, expiresAt - 1, results);
    bind(client, temporary, identity(), permanent, expiresAt, results);
    bind(client, temporary, permanent, 1, 1, results);
    bind(client, temporary, permanent, expiresAt, expiresAt, results);
    Identity another = identity();
    bind(client, temporary, another, another, expiresAt, results);

    assertThat(results)
        .containsExactly(
            BindResult.ENCRYPTED_MESSAGE_INVALID,
            BindResult.ENCRYPTED_MESSAGE_INVALID,
            BindResult.EXPIRES_AT_INVALID,
            BindResult.BOUND,
            BindResult.TEMP_AUTH_KEY_ALREADY_BOUND);
    assertThat(service.links.getFirst().key()).isEqualTo(id(permanent));
    assertThat(network().connections(id(permanent))).isEqualTo(new ConnectionCount(1, 1));
  }

  @Test
  void a_temporary_key_that_the_world_drops_is_not_known_any_more() {
    Identity permanent = identity();
    int expiresAt = (int) (System.currentTimeMillis() / 1000) + 1000;
    Identity temporary = identity(expiresAt);
    RawClient client = connect(temporary);
    List<BindResult> results = new CopyOnWriteArrayList<>();
    bind(client, temporary, permanent, expiresAt, expiresAt, results);
    assertThat(results).containsExactly(BindResult.BOUND);

    world.dropTemporaryKeys(id(permanent), List.of());
    client.query(QUERY);

    assertThat(client.frame()).isEqualTo(new Frame.TransportError(404));
    assertThat(service.log).contains("ended");
  }

  @Test
  void a_permanent_key_is_not_bound() {
    Identity permanent = identity();
    RawClient client = connect(permanent);
    List<BindResult> results = new CopyOnWriteArrayList<>();

    bind(client, permanent, permanent, Integer.MAX_VALUE, Integer.MAX_VALUE, results);

    assertThat(results).containsExactly(BindResult.TEMP_AUTH_KEY_EMPTY);
  }

  private void bind(
      RawClient client,
      Identity temporary,
      Identity permanent,
      int expiresAt,
      int provenExpiresAt,
      List<BindResult> results) {
    bind(client, temporary, permanent, permanent, expiresAt, provenExpiresAt, results);
  }

  private void bind(
      RawClient client,
      Identity temporary,
      Identity permanent,
      Identity prover,
      int expiresAt,
      List<BindResult> results) {
    bind(client, temporary, permanent, prover, expiresAt, expiresAt, results);
  }

  private void bind(
      RawClient client,
      Identity temporary,
      Identity permanent,
      Identity prover,
      int expiresAt,
      int provenExpiresAt,
      List<BindResult> results) {
    service.behaviour =
        (link, call) -> {
          BindAuthKeyInner inner =
              new BindAuthKeyInner(
                  5, temporary.key.id(), permanent.key.id(), temporary.sessionId, provenExpiresAt);
          byte[] proof =
              new BindingMessage(call.messageId(), inner.toByteArray()).seal(prover.key, RANDOM);
          results.add(link.bind(call, id(permanent), 5, expiresAt, proof));
          call.answer(QUERY);
        };
    client.answerTo(client.query(QUERY));
  }

  // --- counting --------------------------------------------------------------------------------

  @Test
  void a_client_that_closes_before_it_dials_is_never_counted_twice() {
    Identity identity = identity();
    service.accounts.put(id(identity), USER);
    for (int i = 0; i < 300; i++) {
      RawClient client = new RawClient(endpoint(), identity);
      client.query(QUERY);
      if (i % 3 == 0) {
        client.answerTo(client.query(QUERY));
      }
      if (i % 2 == 0) {
        client.close();
      } else {
        client.channel().reset();
      }
    }
    RawClient last = connect(identity);
    last.answerTo(last.query(QUERY));

    assertThat(network().connections(id(identity))).isEqualTo(new ConnectionCount(1, 1));
    assertThat(network().connections(USER)).isEqualTo(new ConnectionCount(1, 1));
    assertThat(network().maxOpenPerKey()).isEqualTo(1);
    assertThat(network().maxOpenPerAccount()).isEqualTo(1);
  }

  @Test
  void a_close_is_noticed_while_a_query_of_the_connection_is_still_executed() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    service.behaviour =
        (link, call) -> {
          if (call.connection().value() == 1) {
            awaitUninterruptibly(goOn);
          }
          call.answer(QUERY);
        };
    Identity identity = identity();
    RawClient first = connect(identity);
    first.query(QUERY);
    until(() -> !service.log.isEmpty());
    first.close();

    Identity sameKey = new Identity(identity.key);
    RawClient second = connect(sameKey);
    second.answerTo(second.query(QUERY));

    assertThat(network().connections(id(identity))).isEqualTo(new ConnectionCount(1, 1));
    goOn.countDown();
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void two_open_connections_are_counted_for_key_and_account() {
    Identity identity = identity();
    Identity otherKey = identity();
    RawClient first = connect(identity);
    first.answerTo(first.query(QUERY));
    assertThat(network().connections(USER)).isEqualTo(ConnectionCount.NONE);
    service.accounts.put(id(identity), USER);
    service.links.getFirst().signedIn(USER);
    assertThat(network().connections(USER)).isEqualTo(new ConnectionCount(1, 1));

    RawClient second = connect(new Identity(identity.key));
    second.answerTo(second.query(QUERY));
    service.accounts.put(id(otherKey), USER);
    RawClient third = connect(otherKey);
    third.answerTo(third.query(QUERY));

    assertThat(network().connections(id(identity))).isEqualTo(new ConnectionCount(2, 2));
    assertThat(network().connections(id(otherKey))).isEqualTo(new ConnectionCount(1, 1));
    assertThat(network().connections(USER)).isEqualTo(new ConnectionCount(3, 3));
    assertThat(service.links.getLast().connections()).isEqualTo(new ConnectionCount(1, 1));
    first.close();
    second.close();
    until(() -> network().connections(USER).open() == 1);
    assertThat(network().connections(USER)).isEqualTo(new ConnectionCount(1, 3));
    service.links.getLast().signedOut();
    assertThat(network().connections(USER)).isEqualTo(new ConnectionCount(0, 3));
  }

  @Test
  void a_signed_in_key_that_asks_over_two_connections_is_ended_when_strict() {
    network(true, SessionLimits.DEFAULT, 1);
    Identity identity = identity();
    service.accounts.put(id(identity), USER);
    RawClient first = connect(identity);
    first.answerTo(first.query(QUERY));
    RawClient second = connect(new Identity(identity.key));
    second.say(new Ping(1));
    second.hear(Pong.class);
    assertThat(first.answerTo(first.query(QUERY))).isEqualTo(QUERY);

    byte[] answer = second.answerTo(second.query(QUERY));

    assertThat(RpcError.readFrom(Slice.of(answer).reader()))
        .isEqualTo(new RpcError(406, "AUTH_KEY_DUPLICATED"));
    assertThat(service.log).contains("ended by 406 AUTH_KEY_DUPLICATED");
  }

  @Test
  void a_client_that_closes_before_it_dials_is_no_duplicate() {
    network(true, SessionLimits.DEFAULT, 1);
    Identity identity = identity();
    service.accounts.put(id(identity), USER);
    for (int i = 0; i < 100; i++) {
      RawClient client = new RawClient(endpoint(), identity);
      assertThat(client.answerTo(client.query(QUERY))).isEqualTo(QUERY);
      client.close();
    }
  }

  @Test
  void a_key_that_is_not_signed_in_may_ask_over_two_connections() {
    network(true, SessionLimits.DEFAULT, 1);
    Identity identity = identity();
    RawClient first = connect(identity);
    first.answerTo(first.query(QUERY));
    RawClient second = connect(new Identity(identity.key));

    assertThat(second.answerTo(second.query(QUERY))).isEqualTo(QUERY);
  }
}
