package dev.jobradar.mtproto.keyexchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobradar.mtproto.ProtocolException;
import dev.jobradar.mtproto.crypto.AuthKeySample;
import dev.jobradar.mtproto.crypto.DhGroup;
import dev.jobradar.mtproto.crypto.DhGroupSamples;
import dev.jobradar.mtproto.crypto.FixedRandom;
import dev.jobradar.mtproto.crypto.Hashes;
import dev.jobradar.mtproto.crypto.RsaPublicKey;
import dev.jobradar.mtproto.crypto.TelegramRsaKeys;
import dev.jobradar.tl.Bytes;
import dev.jobradar.tl.Int128;
import dev.jobradar.tl.TlObject;
import dev.jobradar.tl.TlReader;
import dev.jobradar.tl.mtproto.DhGenFail;
import dev.jobradar.tl.mtproto.DhGenOk;
import dev.jobradar.tl.mtproto.DhGenRetry;
import dev.jobradar.tl.mtproto.PQInnerDataDc;
import dev.jobradar.tl.mtproto.PQInnerDataTempDc;
import dev.jobradar.tl.mtproto.Pong;
import dev.jobradar.tl.mtproto.ResPQ;
import dev.jobradar.tl.mtproto.ServerDHInnerData;
import dev.jobradar.tl.mtproto.ServerDHParamsFail;
import dev.jobradar.tl.mtproto.ServerDHParamsOk;
import dev.jobradar.tl.mtproto.TypePQInnerData;
import dev.jobradar.tl.mtproto.TypeServerDHParams;
import dev.jobradar.tl.mtproto.method.ReqDHParams;
import dev.jobradar.tl.mtproto.method.SetClientDHParams;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClientKeyExchangeTest {
  private static final SecureRandom RANDOM = FakeServer.RANDOM;
  private static final long NOW = 1_799_999_000_123L;
  private static final Int128 OTHER = new Int128(1, 2);
  private static final BigInteger PRIME = DhGroup.TELEGRAM.prime();
  private static final BigInteger MARGIN = BigInteger.ONE.shiftLeft(1984);
  private static final ClientKeyExchange.Settings SETTINGS =
      ClientKeyExchange.Settings.permanent(
          List.of(TelegramRsaKeys.PRODUCTION, FakeServer.RSA.publicKey()),
          ExchangeDc.production(2));

  /** One rule that a server can break, alone. */
  record Rule(String name, String error, Consumer<FakeServer> breakIt) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Rule> rules() {
    List<Rule> rules = new ArrayList<>();

    // The envelope, at every answer.
    for (int answer = 1; answer <= 3; answer++) {
      int at = answer;
      rules.add(packet("auth_key_id 0", at, "auth_key_id", b -> b.putLong(0, 1)));
      rules.add(packet("msg_id odd", at, "msg_id", b -> b.putLong(8, b.getLong(8) & ~3L)));
      rules.add(
          packet("msg_id odd (not 2)", at, "msg_id", b -> b.putLong(8, (b.getLong(8) & ~3L) | 2)));
      rules.add(
          packet(
              "length not above what follows", at, "length", b -> b.putInt(16, b.getInt(16) + 4)));
      rules.add(
          packet(
              "length not below what follows", at, "length", b -> b.putInt(16, b.getInt(16) - 4)));
      rules.add(packet("length not negative", at, "length", b -> b.putInt(16, -4)));
      rules.add(
          bytes("length divisible by 4", at, "divisible by 4", ClientKeyExchangeTest::oneMoreByte));
      rules.add(bytes("a whole header", at, "20 bytes", packet -> Arrays.copyOf(packet, 19)));
      rules.add(bytes("a whole value", at, " bytes", ClientKeyExchangeTest::truncated));
      rules.add(
          packet(
              "a value of the type asked for", at, "got constructor", b -> b.putInt(20, Pong.ID)));
    }

    // Step 2.
    rules.add(
        resPq(
            "nonce in resPQ",
            "nonce",
            r -> new ResPQ(OTHER, r.serverNonce(), r.pq(), r.serverPublicKeyFingerprints())));
    rules.add(
        resPq(
            "a known RSA key",
            "RSA keys [0000000000000001, ffffffffffffffff]",
            r -> new ResPQ(r.nonce(), r.serverNonce(), r.pq(), List.of(1L, -1L))));
    rules.add(
        resPq(
            "an RSA key",
            "RSA keys []",
            r -> new ResPQ(r.nonce(), r.serverNonce(), r.pq(), List.of())));
    rules.add(pq("pq not prime", "a prime", BigInteger.valueOf(9_223_372_036_854_775_783L)));
    rules.add(
        pq("pq of different primes", "a square", BigInteger.valueOf(4_611_686_014_132_420_609L)));
    rules.add(
        pq("pq of two primes", "more than two", BigInteger.valueOf(9_223_156_534_167_466_489L)));
    rules.add(pq("pq odd", "even", BigInteger.valueOf(2L * 1_008_949_199)));
    rules.add(pq("pq not zero", "even", BigInteger.ZERO));
    rules.add(
        pq("pq of 63 bits", "63 bits", BigInteger.ONE.shiftLeft(63).add(BigInteger.valueOf(29))));

    // Step 6.
    rules.add(
        params(
            "nonce in server_DH_params_ok",
            "server_DH_params_ok: expected nonce",
            p -> new ServerDHParamsOk(OTHER, p.serverNonce(), p.encryptedAnswer())));
    rules.add(
        params(
            "server_nonce in server_DH_params_ok",
            "server_DH_params_ok: expected server_nonce",
            p -> new ServerDHParamsOk(p.nonce(), OTHER, p.encryptedAnswer())));
    rules.add(answer("whole blocks", "divisible by 16", a -> Arrays.copyOf(a, a.length - 1)));
    rules.add(answer("an answer", "20 bytes or more", a -> new byte[0]));
    rules.add(
        answer("an answer longer than its hash", "20 bytes or more", a -> Arrays.copyOf(a, 16)));
    rules.add(
        answer(
            "an answer that was not changed",
            "server_DH_inner_data",
            a -> {
              a[40] ^= 1;
              return a;
            }));
    rules.add(
        new Rule(
            "SHA1(answer)",
            "SHA-1",
            s ->
                s.hashed =
                    h -> {
                      h[0] ^= 1;
                      return h;
                    }));
    rules.add(
        new Rule(
            "at most 15 bytes behind the answer",
            "at most 15",
            s -> s.hashed = h -> Arrays.copyOf(h, h.length + 16)));
    rules.add(
        new Rule(
            "server_DH_inner_data inside", "got constructor", s -> s.inner = i -> new Pong(1, 2)));
    rules.add(
        inner(
            "nonce in server_DH_inner_data",
            "server_DH_inner_data: expected nonce",
            i ->
                new ServerDHInnerData(
                    OTHER, i.serverNonce(), i.g(), i.dhPrime(), i.gA(), i.serverTime())));
    rules.add(
        inner(
            "server_nonce in server_DH_inner_data",
            "server_DH_inner_data: expected server_nonce",
            i ->
                new ServerDHInnerData(
                    i.nonce(), OTHER, i.g(), i.dhPrime(), i.gA(), i.serverTime())));

    // Its group.
    rules.add(prime("2^2047 < dh_prime", "2047 bits", DhGroupSamples.SAFE_2047));
    rules.add(prime("dh_prime < 2^2048", "2049 bits", DhGroupSamples.SAFE_2049));
    rules.add(prime("dh_prime prime", "not both prime", DhGroupSamples.COMPOSITE_PRIME_HALF));
    rules.add(prime("(dh_prime-1)/2 prime", "not both prime", DhGroupSamples.PRIME_COMPOSITE_HALF));
    for (int g : new int[] {-3, 0, 1, 8, 9}) {
      rules.add(
          new Rule(
              "g from 2 to 7, not " + g,
              "g: expected 2 to 7",
              s -> {
                s.generator = g;
                s.gA = PRIME.shiftRight(1);
              }));
    }
    for (int g : new int[] {2, 5, 6}) {
      rules.add(
          new Rule(
              "g a quadratic residue, not " + g, "no quadratic residue", s -> s.generator = g));
    }

    // Its public value.
    rules.add(publicValue("g_a > 0", BigInteger.ZERO));
    rules.add(publicValue("g_a > 1", BigInteger.ONE));
    rules.add(publicValue("g_a >= 2^1984", MARGIN.subtract(BigInteger.ONE)));
    rules.add(publicValue("g_a <= dh_prime - 2^1984", PRIME.subtract(MARGIN).add(BigInteger.ONE)));
    rules.add(publicValue("g_a < dh_prime - 1", PRIME.subtract(BigInteger.ONE)));
    rules.add(publicValue("g_a < dh_prime", PRIME.add(MARGIN)));

    // server_DH_params_fail: never a success; recognised by its hash.
    rules.add(
        failed(
            "nonce in server_DH_params_fail",
            "expected nonce",
            (s, hash) -> new ServerDHParamsFail(OTHER, s.serverNonce, hash)));
    rules.add(
        failed(
            "server_nonce in server_DH_params_fail",
            "expected server_nonce",
            (s, hash) -> new ServerDHParamsFail(s.nonce, OTHER, hash)));
    rules.add(
        failed(
            "new_nonce_hash in server_DH_params_fail",
            "new_nonce_hash does not match",
            (s, hash) -> new ServerDHParamsFail(s.nonce, s.serverNonce, OTHER)));
    rules.add(
        failed(
            "not failing",
            "the server refused",
            (s, hash) -> new ServerDHParamsFail(s.nonce, s.serverNonce, hash)));

    // Step 9.
    rules.add(
        last(
            "nonce in dh_gen_ok",
            "dh_gen_ok: expected nonce",
            s -> new DhGenOk(OTHER, s.serverNonce, s.hash(1))));
    rules.add(
        last(
            "server_nonce in dh_gen_ok",
            "dh_gen_ok: expected server_nonce",
            s -> new DhGenOk(s.nonce, OTHER, s.hash(1))));
    rules.add(
        last(
            "new_nonce_hash1",
            "dh_gen_ok: its new_nonce_hash",
            s -> new DhGenOk(s.nonce, s.serverNonce, OTHER)));
    rules.add(
        last(
            "new_nonce_hash1, not 2",
            "dh_gen_ok: its new_nonce_hash",
            s -> new DhGenOk(s.nonce, s.serverNonce, s.hash(2))));
    rules.add(
        last(
            "new_nonce_hash1, not 3",
            "dh_gen_ok: its new_nonce_hash",
            s -> new DhGenOk(s.nonce, s.serverNonce, s.hash(3))));
    rules.add(
        last(
            "nonce in dh_gen_retry",
            "dh_gen_retry: expected nonce",
            s -> new DhGenRetry(OTHER, s.serverNonce, s.hash(2))));
    rules.add(
        last(
            "server_nonce in dh_gen_retry",
            "dh_gen_retry: expected server_nonce",
            s -> new DhGenRetry(s.nonce, OTHER, s.hash(2))));
    rules.add(
        last(
            "new_nonce_hash2, not 1",
            "dh_gen_retry: its new_nonce_hash",
            s -> new DhGenRetry(s.nonce, s.serverNonce, s.hash(1))));
    rules.add(
        last(
            "nonce in dh_gen_fail",
            "dh_gen_fail: expected nonce",
            s -> new DhGenFail(OTHER, s.serverNonce, s.hash(3))));
    rules.add(
        last(
            "server_nonce in dh_gen_fail",
            "dh_gen_fail: expected server_nonce",
            s -> new DhGenFail(s.nonce, OTHER, s.hash(3))));
    rules.add(
        last(
            "new_nonce_hash3, not 1",
            "dh_gen_fail: its new_nonce_hash",
            s -> new DhGenFail(s.nonce, s.serverNonce, s.hash(1))));
    rules.add(last("not giving up", "dh_gen_fail: the server gave", FakeServer::fail));
    rules.add(last("not asking for ever new keys", "refused 5 keys", FakeServer::retry));
    return rules.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void a_server_that_breaks_one_rule_is_refused(Rule rule) {
    FakeServer server = new FakeServer();
    rule.breakIt.accept(server);
    ClientKeyExchange exchange = new ClientKeyExchange(SETTINGS, RANDOM);

    assertThatThrownBy(() -> run(exchange, server))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining(rule.error);
    assertThatThrownBy(() -> exchange.receive(new byte[0], NOW))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_server_that_breaks_none_is_accepted() {
    FakeServer server = new FakeServer();

    KeyExchangeResult result = run(new ClientKeyExchange(SETTINGS, RANDOM), server);

    assertThat(result.key()).isEqualTo(server.key());
    assertThat(result.timeOffset()).isEqualTo(FakeServer.SERVER_TIME * 1000L - NOW);
    byte[] newNonce = server.newNonce().toByteArray();
    byte[] serverNonce = server.serverNonce.toByteArray();
    byte[] salt = new byte[8];
    for (int i = 0; i < 8; i++) {
      salt[i] = (byte) (newNonce[i] ^ serverNonce[i]);
    }
    assertThat(result.firstSalt())
        .isEqualTo(ByteBuffer.wrap(salt).order(ByteOrder.LITTLE_ENDIAN).getLong());
  }

  /** What the rules allow, although our own server does not do it. */
  static Stream<Rule> liberties() {
    return Stream.of(
        new Rule(
            "random bytes behind every value", "", s -> s.packet = (n, packet) -> padded(packet)),
        new Rule(
            "other RSA keys besides",
            "",
            s ->
                s.resPq =
                    r ->
                        new ResPQ(
                            r.nonce(),
                            r.serverNonce(),
                            r.pq(),
                            List.of(5L, FakeServer.RSA.publicKey().fingerprint(), 7L))),
        new Rule(
            "zeros before pq",
            "",
            s ->
                s.resPq =
                    r ->
                        new ResPQ(
                            r.nonce(),
                            r.serverNonce(),
                            Bytes.of(concat(new byte[2], r.pq().toByteArray())),
                            r.serverPublicKeyFingerprints())),
        new Rule(
            "msg_id of a notice",
            "",
            s ->
                s.packet =
                    (n, packet) -> {
                      packet[8] |= 2;
                      return packet;
                    }),
        new Rule("g = 4", "", s -> s.generator = 4),
        new Rule("g = 7", "", s -> s.generator = 7),
        // No power of g that the server knows: it cannot agree on the key that follows.
        new Rule("g_a = 2^1984", "", s -> s.gA = MARGIN),
        new Rule("g_a = dh_prime - 2^1984", "", s -> s.gA = PRIME.subtract(MARGIN)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("liberties")
  void what_the_rules_allow_is_accepted(Rule liberty) {
    FakeServer server = new FakeServer();
    liberty.breakIt.accept(server);
    ClientKeyExchange exchange = new ClientKeyExchange(SETTINGS, RANDOM);

    if (server.gA != null) {
      // Accepted as a value; only then do the two keys differ.
      assertThatThrownBy(() -> run(exchange, server))
          .hasMessageContaining("dh_gen_ok: its new_nonce_hash");
    } else {
      assertThat(run(exchange, server).key()).isEqualTo(server.key());
    }
  }

  @Test
  void a_client_whose_key_exists_already_draws_another_and_says_which_failed() {
    FakeServer server = new FakeServer();
    List<Long> retryIds = new ArrayList<>();
    List<Long> auxHashes = new ArrayList<>();
    server.last =
        (attempt, self) -> {
          retryIds.add(self.clientDhInner().retryId());
          auxHashes.add(self.key().auxHash());
          return attempt < 5 ? self.retry() : self.ok();
        };

    KeyExchangeResult result = run(new ClientKeyExchange(SETTINGS, RANDOM), server);

    assertThat(result.key()).isEqualTo(server.key());
    assertThat(auxHashes).hasSize(5).doesNotHaveDuplicates();
    assertThat(retryIds).startsWith(0L).endsWith(auxHashes.get(3)).hasSize(5);
    assertThat(retryIds.subList(1, 5)).isEqualTo(auxHashes.subList(0, 4));
  }

  @Test
  void whatever_comes_in_the_outcome_is_a_key_or_one_exception() {
    Random random = new Random(11);
    for (int round = 0; round < 300; round++) {
      FakeServer server = new FakeServer();
      int at = 1 + round % 3;
      server.packet = (number, packet) -> number == at ? garbled(packet, random) : packet;
      try {
        run(new ClientKeyExchange(SETTINGS, RANDOM), server);
      } catch (ProtocolException e) {
        assertThat(e).hasMessageNotContaining("null");
      }
    }
  }

  private static byte[] garbled(byte[] packet, Random random) {
    byte[] garbled = Arrays.copyOf(packet, packet.length - random.nextInt(packet.length / 8));
    for (int i = random.nextInt(4); i >= 0; i--) {
      garbled[random.nextInt(garbled.length)] = (byte) random.nextInt();
    }
    if (random.nextBoolean()) {
      ByteBuffer.wrap(garbled).order(ByteOrder.LITTLE_ENDIAN).putInt(16, garbled.length - 20);
    }
    return garbled;
  }

  @Test
  void the_inner_data_says_what_is_wanted() {
    assertThat(innerDataFor(ExchangeDc.production(4), null))
        .isInstanceOfSatisfying(PQInnerDataDc.class, i -> assertThat(i.dc()).isEqualTo(4));
    assertThat(innerDataFor(ExchangeDc.test(2), null))
        .isInstanceOfSatisfying(PQInnerDataDc.class, i -> assertThat(i.dc()).isEqualTo(10_002));
    assertThat(innerDataFor(ExchangeDc.production(4).forMedia(), null))
        .isInstanceOfSatisfying(PQInnerDataDc.class, i -> assertThat(i.dc()).isEqualTo(-4));
    assertThat(innerDataFor(ExchangeDc.test(3).forMedia(), Duration.ofDays(1)))
        .isInstanceOfSatisfying(
            PQInnerDataTempDc.class,
            i -> {
              assertThat(i.dc()).isEqualTo(-10_003);
              assertThat(i.expiresIn()).isEqualTo(86_400);
            });
  }

  @Test
  void settings_that_no_exchange_can_have_are_refused() {
    List<RsaPublicKey> keys = List.of(TelegramRsaKeys.TEST);
    ExchangeDc dc = ExchangeDc.test(1);

    assertThatThrownBy(() -> ClientKeyExchange.Settings.permanent(List.of(), dc))
        .isInstanceOf(IllegalArgumentException.class);
    for (Duration lifetime :
        List.of(
            Duration.ZERO,
            Duration.ofSeconds(-1),
            Duration.ofMillis(1500),
            Duration.ofSeconds(1L << 31))) {
      assertThatThrownBy(() -> ClientKeyExchange.Settings.temporary(keys, dc, lifetime))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void an_exchange_is_started_once_and_ends() {
    ClientKeyExchange exchange = new ClientKeyExchange(SETTINGS, RANDOM);
    assertThatThrownBy(() -> exchange.receive(new byte[0], NOW))
        .isInstanceOf(IllegalStateException.class);
    FakeServer server = new FakeServer();
    run(exchange, server);

    assertThatThrownBy(() -> exchange.start(NOW)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> exchange.receive(new byte[0], NOW))
        .isInstanceOf(IllegalStateException.class);
  }

  /**
   * core.telegram.org/mtproto/samples-auth_key from end to end: with the example's random values
   * the client sends what the example's client sent, and agrees on its key. Only encrypted_data of
   * req_DH_params differs, because the page does not give RSA_PAD's temp_key.
   */
  @Test
  void telegrams_example_is_followed_to_the_letter() {
    byte[] tempKey = new byte[32];
    tempKey[0] = 1;
    ClientKeyExchange exchange =
        new ClientKeyExchange(
            ClientKeyExchange.Settings.permanent(
                List.of(TelegramRsaKeys.PRODUCTION), ExchangeDc.production(2)),
            new FixedRandom(
                AuthKeySample.bytes("nonce"),
                AuthKeySample.bytes("new_nonce"),
                AuthKeySample.bytes("rsa_padding"),
                tempKey,
                AuthKeySample.bytes("b"),
                AuthKeySample.bytes("client_padding")));
    long now = AuthKeySample.number("server_time") * 1000L - 5000;

    byte[] first = exchange.start(now);
    assertThat(Arrays.copyOfRange(first, 16, first.length))
        .isEqualTo(Arrays.copyOfRange(AuthKeySample.bytes("req_pq_multi_message"), 16, 40));

    byte[] second = sent(exchange.receive(fromServer(AuthKeySample.bytes("res_pq")), now));
    ReqDHParams reqDhParams = ReqDHParams.readFields(afterId(second, ReqDHParams.ID));
    assertThat(reqDhParams.nonce().toByteArray()).isEqualTo(AuthKeySample.bytes("nonce"));
    assertThat(reqDhParams.serverNonce().toByteArray())
        .isEqualTo(AuthKeySample.bytes("server_nonce"));
    assertThat(reqDhParams.p())
        .isEqualTo(Bytes.of(BigInteger.valueOf(1_008_949_199).toByteArray()));
    assertThat(reqDhParams.q())
        .isEqualTo(Bytes.of(BigInteger.valueOf(1_455_403_679).toByteArray()));
    assertThat(reqDhParams.publicKeyFingerprint()).isEqualTo(0xd09d1d85de64fd85L);
    assertThat(reqDhParams.encryptedData().size()).isEqualTo(256);

    TlObject dhParams =
        new ServerDHParamsOk(
            Int128.of(AuthKeySample.bytes("nonce")),
            Int128.of(AuthKeySample.bytes("server_nonce")),
            Bytes.of(AuthKeySample.bytes("encrypted_answer")));
    byte[] third = sent(exchange.receive(fromServer(dhParams.toByteArray()), now));
    SetClientDHParams setClientDhParams =
        SetClientDHParams.readFields(afterId(third, SetClientDHParams.ID));
    assertThat(setClientDhParams.encryptedData())
        .isEqualTo(Bytes.of(AuthKeySample.bytes("encrypted_data")));

    ClientKeyExchange.Outcome outcome =
        exchange.receive(fromServer(AuthKeySample.bytes("dh_gen_ok")), now);
    assertThat(outcome)
        .isInstanceOfSatisfying(
            ClientKeyExchange.Outcome.Done.class,
            done -> {
              assertThat(done.result().key().toByteArray())
                  .isEqualTo(AuthKeySample.bytes("auth_key"));
              assertThat(done.result().timeOffset()).isEqualTo(5000);
            });
  }

  /** The example's p_q_inner_data_dc is what this client writes for its values. */
  @Test
  void the_inner_data_of_telegrams_example_is_written() {
    byte[] sample = AuthKeySample.bytes("p_q_inner_data_dc");

    assertThat(TypePQInnerData.readFrom(new TlReader(sample)))
        .isInstanceOfSatisfying(
            PQInnerDataDc.class,
            inner -> {
              assertThat(inner.dc()).isEqualTo(2);
              assertThat(inner.toByteArray()).isEqualTo(sample);
            });
  }

  private static KeyExchangeResult run(ClientKeyExchange exchange, FakeServer server) {
    byte[] packet = exchange.start(NOW);
    for (int i = 0; i < 10; i++) {
      switch (exchange.receive(server.answer(packet), NOW)) {
        case ClientKeyExchange.Outcome.Send(byte[] next) -> packet = next;
        case ClientKeyExchange.Outcome.Done(KeyExchangeResult result) -> {
          return result;
        }
      }
    }
    throw new AssertionError("the exchange does not end");
  }

  private static TypePQInnerData innerDataFor(ExchangeDc dc, @Nullable Duration lifetime) {
    FakeServer server = new FakeServer();
    run(
        new ClientKeyExchange(
            new ClientKeyExchange.Settings(List.of(FakeServer.RSA.publicKey()), dc, lifetime),
            RANDOM),
        server);
    return server.clientInner();
  }

  private static byte[] sent(ClientKeyExchange.Outcome outcome) {
    if (outcome instanceof ClientKeyExchange.Outcome.Send(byte[] packet)) {
      return packet;
    }
    throw new AssertionError("nothing to send");
  }

  private static byte[] fromServer(byte[] body) {
    return FakeServer.packet(0, 0x65ab_c0fc_be6f_c401L, body.length, body);
  }

  private static TlReader afterId(byte[] packet, int id) {
    TlReader reader = new TlReader(packet);
    reader.readRawBytes(20);
    assertThat(reader.readInt()).isEqualTo(id);
    return reader;
  }

  private static Rule packet(String rule, int answer, String error, Consumer<ByteBuffer> change) {
    return bytes(
        rule,
        answer,
        error,
        packet -> {
          change.accept(ByteBuffer.wrap(packet).order(ByteOrder.LITTLE_ENDIAN));
          return packet;
        });
  }

  private static Rule bytes(String rule, int answer, String error, UnaryOperator<byte[]> change) {
    return new Rule(
        rule + " in answer " + answer,
        error,
        s -> s.packet = (number, packet) -> number == answer ? change.apply(packet) : packet);
  }

  private static Rule resPq(String rule, String error, UnaryOperator<ResPQ> change) {
    return new Rule(rule, error, s -> s.resPq = change);
  }

  private static Rule pq(String rule, String error, BigInteger pq) {
    return resPq(
        rule,
        error,
        r ->
            new ResPQ(
                r.nonce(),
                r.serverNonce(),
                Bytes.of(FakeServer.unsigned(pq)),
                r.serverPublicKeyFingerprints()));
  }

  private static Rule params(String rule, String error, UnaryOperator<ServerDHParamsOk> change) {
    return new Rule(rule, error, s -> s.dhParams = p -> change.apply((ServerDHParamsOk) p));
  }

  private static Rule answer(String rule, String error, UnaryOperator<byte[]> change) {
    return new Rule(rule, error, s -> s.encryptedAnswer = change);
  }

  private static Rule inner(String rule, String error, UnaryOperator<ServerDHInnerData> change) {
    return new Rule(rule, error, s -> s.inner = i -> change.apply((ServerDHInnerData) i));
  }

  /** With g = 4, which is a quadratic residue of every prime. */
  private static Rule prime(String rule, String error, BigInteger prime) {
    return new Rule(
        rule,
        error,
        s -> {
          s.prime = prime;
          s.generator = 4;
        });
  }

  private static Rule publicValue(String rule, BigInteger value) {
    return new Rule(rule, "g_a: ", s -> s.gA = value);
  }

  private interface Failure {
    TypeServerDHParams of(FakeServer server, Int128 newNonceHash);
  }

  private static Rule failed(String rule, String error, Failure failure) {
    return new Rule(
        rule,
        error,
        s ->
            s.dhParams =
                p -> {
                  byte[] hash = Hashes.sha1(s.newNonce().toByteArray());
                  return failure.of(s, Int128.of(Arrays.copyOfRange(hash, 4, 20)));
                });
  }

  private interface Last {
    TlObject of(FakeServer server);
  }

  private static Rule last(String rule, String error, Last last) {
    return new Rule(rule, error, s -> s.last = (attempt, server) -> last.of(server));
  }

  private static byte[] oneMoreByte(byte[] packet) {
    byte[] longer = Arrays.copyOf(packet, packet.length + 1);
    ByteBuffer.wrap(longer).order(ByteOrder.LITTLE_ENDIAN).putInt(16, longer.length - 20);
    return longer;
  }

  private static byte[] truncated(byte[] packet) {
    byte[] shorter = Arrays.copyOf(packet, packet.length - 4);
    ByteBuffer.wrap(shorter).order(ByteOrder.LITTLE_ENDIAN).putInt(16, shorter.length - 20);
    return shorter;
  }

  private static byte[] padded(byte[] packet) {
    byte[] longer = Arrays.copyOf(packet, packet.length + 252);
    Arrays.fill(longer, packet.length, longer.length, (byte) 0x55);
    ByteBuffer.wrap(longer).order(ByteOrder.LITTLE_ENDIAN).putInt(16, longer.length - 20);
    return longer;
  }

  private static byte[] concat(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }
}
