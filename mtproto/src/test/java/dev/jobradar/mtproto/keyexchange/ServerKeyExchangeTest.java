package dev.jobradar.mtproto.keyexchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobradar.mtproto.crypto.BigEndian;
import dev.jobradar.mtproto.crypto.DhGroup;
import dev.jobradar.mtproto.crypto.PrimeFactors;
import dev.jobradar.tl.Bytes;
import dev.jobradar.tl.Int128;
import dev.jobradar.tl.TlObject;
import dev.jobradar.tl.TlReader;
import dev.jobradar.tl.mtproto.ClientDHInnerData;
import dev.jobradar.tl.mtproto.DhGenFail;
import dev.jobradar.tl.mtproto.DhGenOk;
import dev.jobradar.tl.mtproto.DhGenRetry;
import dev.jobradar.tl.mtproto.PQInnerData;
import dev.jobradar.tl.mtproto.PQInnerDataDc;
import dev.jobradar.tl.mtproto.PQInnerDataTemp;
import dev.jobradar.tl.mtproto.PQInnerDataTempDc;
import dev.jobradar.tl.mtproto.Pong;
import dev.jobradar.tl.mtproto.ResPQ;
import dev.jobradar.tl.mtproto.method.Ping;
import dev.jobradar.tl.mtproto.method.ReqDHParams;
import dev.jobradar.tl.mtproto.method.ReqPq;
import dev.jobradar.tl.mtproto.method.SetClientDHParams;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ServerKeyExchangeTest {
  private static final long NOW = 1_800_000_000_999L;
  private static final Int128 OTHER = new Int128(1, 2);
  private static final BigInteger PRIME = DhGroup.TELEGRAM.prime();
  private static final BigInteger MARGIN = BigInteger.ONE.shiftLeft(1984);

  /** One rule that a client can break, alone. */
  record Rule(String name, int code, String error, Consumer<FakeClient> breakIt) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Rule> rules() {
    List<Rule> rules = new ArrayList<>();

    // The envelope, at every query.
    for (int query = 1; query <= 3; query++) {
      int at = query;
      rules.add(packet("auth_key_id 0", at, "auth_key_id", b -> b.putLong(0, 1)));
      rules.add(packet("msg_id divisible by 4", at, "msg_id", b -> b.putLong(8, b.getLong(8) | 1)));
      rules.add(
          packet(
              "msg_id divisible by 4 (not 2)", at, "msg_id", b -> b.putLong(8, b.getLong(8) | 2)));
      rules.add(
          packet(
              "length not above what follows", at, "length", b -> b.putInt(16, b.getInt(16) + 4)));
      rules.add(
          packet(
              "length not below what follows", at, "length", b -> b.putInt(16, b.getInt(16) - 4)));
      rules.add(packet("length not negative", at, "length", b -> b.putInt(16, -4)));
      rules.add(bytes("length divisible by 4", at, "divisible by 4", p -> resized(p, 1)));
      rules.add(bytes("a whole header", at, "20 bytes", p -> Arrays.copyOf(p, 19)));
      rules.add(bytes("a whole query", at, "expected", p -> resized(p, -4)));
      rules.add(packet("a known query", at, "got constructor", b -> b.putInt(20, 0x12345678)));
      rules.add(packet("a query of the exchange", at, "got ping", b -> b.putInt(20, Ping.ID)));
    }

    // Step 5.
    rules.add(
        req(
            "nonce in req_DH_params",
            "req_DH_params: expected nonce",
            r ->
                new ReqDHParams(
                    OTHER,
                    r.serverNonce(),
                    r.p(),
                    r.q(),
                    r.publicKeyFingerprint(),
                    r.encryptedData())));
    rules.add(
        req(
            "server_nonce in req_DH_params",
            "req_DH_params: expected server_nonce",
            r ->
                new ReqDHParams(
                    r.nonce(), OTHER, r.p(), r.q(), r.publicKeyFingerprint(), r.encryptedData())));
    rules.add(
        req(
            "p in req_DH_params",
            "req_DH_params: p",
            r ->
                new ReqDHParams(
                    r.nonce(),
                    r.serverNonce(),
                    Bytes.of((byte) 3),
                    r.q(),
                    r.publicKeyFingerprint(),
                    r.encryptedData())));
    rules.add(
        req(
            "q in req_DH_params",
            "req_DH_params: q",
            r ->
                new ReqDHParams(
                    r.nonce(),
                    r.serverNonce(),
                    r.p(),
                    Bytes.of((byte) 3),
                    r.publicKeyFingerprint(),
                    r.encryptedData())));
    rules.add(
        req(
            "p < q in req_DH_params",
            "req_DH_params: p",
            r ->
                new ReqDHParams(
                    r.nonce(),
                    r.serverNonce(),
                    r.q(),
                    r.p(),
                    r.publicKeyFingerprint(),
                    r.encryptedData())));
    rules.add(
        req(
            "a fingerprint that was offered",
            "fingerprint",
            r ->
                new ReqDHParams(
                    r.nonce(),
                    r.serverNonce(),
                    r.p(),
                    r.q(),
                    r.publicKeyFingerprint() + 1,
                    r.encryptedData())));
    rules.add(
        encrypted(
            "encrypted_data not shorter than 256 bytes", "255 bytes", e -> Arrays.copyOf(e, 255)));
    rules.add(
        encrypted(
            "encrypted_data not longer than 256 bytes", "260 bytes", e -> Arrays.copyOf(e, 260)));
    rules.add(
        encrypted(
            "encrypted_data below the modulus",
            "modulus",
            e ->
                BigEndian.write(
                    BigEndian.read(e)
                        .mod(BigInteger.ONE.shiftLeft(2040))
                        .add(FakeServer.RSA.publicKey().modulus())
                        .min(BigInteger.ONE.shiftLeft(2048).subtract(BigInteger.ONE)),
                    256)));
    rules.add(
        rule(
            "the hash in RSA_PAD",
            "hash inside RSA_PAD",
            c ->
                c.rsaPadded =
                    d -> {
                      d[223] ^= 1;
                      return d;
                    }));
    rules.add(
        rule(
            "the data in RSA_PAD",
            "hash inside RSA_PAD",
            c ->
                c.rsaPadded =
                    d -> {
                      d[0] ^= 1;
                      return d;
                    }));
    rules.add(
        rule(
            "the hash in the padding before RSA_PAD",
            "hash inside RSA_PAD",
            c ->
                c.otherPadding =
                    d -> {
                      byte[] number = FakeClient.olderPadding(d);
                      number[1] ^= 1;
                      return number;
                    }));
    rules.add(rule("p_q_inner_data inside", "got constructor", c -> c.inner = i -> new Pong(1, 2)));
    rules.add(
        inner(
            "nonce in p_q_inner_data",
            "p_q_inner_data: expected nonce",
            i ->
                new PQInnerDataDc(
                    i.pq(), i.p(), i.q(), OTHER, i.serverNonce(), i.newNonce(), i.dc())));
    rules.add(
        inner(
            "server_nonce in p_q_inner_data",
            "p_q_inner_data: expected server_nonce",
            i -> new PQInnerDataDc(i.pq(), i.p(), i.q(), i.nonce(), OTHER, i.newNonce(), i.dc())));
    rules.add(
        inner(
            "pq in p_q_inner_data",
            "p_q_inner_data: pq",
            i ->
                new PQInnerDataDc(
                    i.p(), i.p(), i.q(), i.nonce(), i.serverNonce(), i.newNonce(), i.dc())));
    rules.add(
        inner(
            "p in p_q_inner_data",
            "p_q_inner_data: p:",
            i ->
                new PQInnerDataDc(
                    i.pq(), i.q(), i.q(), i.nonce(), i.serverNonce(), i.newNonce(), i.dc())));
    rules.add(
        inner(
            "q in p_q_inner_data",
            "p_q_inner_data: q",
            i ->
                new PQInnerDataDc(
                    i.pq(), i.p(), i.p(), i.nonce(), i.serverNonce(), i.newNonce(), i.dc())));
    for (int dc : new int[] {1, 10_002, -2, -10_002}) {
      rules.add(
          new Rule(
              "dc of this server, not " + dc,
              444,
              "dc: ",
              c -> c.inner = i -> withDc((PQInnerDataDc) i, dc)));
    }
    for (int dc : new int[] {0, 10_000, 1000, 11_000, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      rules.add(
          rule(
              "a dc that exists, not " + dc,
              "dc: ",
              c -> c.inner = i -> withDc((PQInnerDataDc) i, dc)));
    }
    for (int expiresIn : new int[] {0, -1, Integer.MIN_VALUE}) {
      rules.add(
          rule(
              "expires_in above 0, not " + expiresIn,
              "expires_in",
              c -> c.inner = i -> temporary((PQInnerDataDc) i, expiresIn)));
      rules.add(
          rule(
              "expires_in above 0 (older form), not " + expiresIn,
              "expires_in",
              c -> c.inner = i -> olderTemporary((PQInnerDataDc) i, expiresIn)));
    }
    rules.add(
        new Rule(
            "dc of a temporary key",
            444,
            "dc: ",
            c -> c.inner = i -> temporary(withDc((PQInnerDataDc) i, 3), 60)));

    // Step 7.
    rules.add(
        set(
            "nonce in set_client_DH_params",
            "set_client_DH_params: expected nonce",
            s -> new SetClientDHParams(OTHER, s.serverNonce(), s.encryptedData())));
    rules.add(
        set(
            "server_nonce in set_client_DH_params",
            "set_client_DH_params: expected server_nonce",
            s -> new SetClientDHParams(s.nonce(), OTHER, s.encryptedData())));
    rules.add(dh("whole blocks", "divisible by 16", d -> Arrays.copyOf(d, d.length - 1)));
    rules.add(dh("an answer", "20 bytes or more", d -> new byte[0]));
    rules.add(
        dh(
            "an answer that was not changed",
            "client_DH_inner_data",
            d -> {
              d[40] ^= 1;
              return d;
            }));
    rules.add(
        rule(
            "SHA1(data)",
            "SHA-1",
            c ->
                c.hashed =
                    h -> {
                      h[0] ^= 1;
                      return h;
                    }));
    rules.add(
        rule(
            "at most 15 bytes behind the data",
            "at most 15",
            c -> c.hashed = h -> Arrays.copyOf(h, h.length + 16)));
    rules.add(
        rule(
            "client_DH_inner_data inside",
            "got constructor",
            c -> c.dhInner = i -> new Pong(1, 2)));
    rules.add(
        dhInner(
            "nonce in client_DH_inner_data",
            "client_DH_inner_data: expected nonce",
            i -> new ClientDHInnerData(OTHER, i.serverNonce(), i.retryId(), i.gB())));
    rules.add(
        dhInner(
            "server_nonce in client_DH_inner_data",
            "client_DH_inner_data: expected server_nonce",
            i -> new ClientDHInnerData(i.nonce(), OTHER, i.retryId(), i.gB())));
    rules.add(rule("retry_id 0 at first", "retry_id", c -> c.retryId = 1));
    rules.add(publicValue("g_b > 0", BigInteger.ZERO));
    rules.add(publicValue("g_b > 1", BigInteger.ONE));
    rules.add(publicValue("g_b >= 2^1984", MARGIN.subtract(BigInteger.ONE)));
    rules.add(publicValue("g_b <= dh_prime - 2^1984", PRIME.subtract(MARGIN).add(BigInteger.ONE)));
    rules.add(publicValue("g_b < dh_prime - 1", PRIME.subtract(BigInteger.ONE)));
    rules.add(publicValue("g_b < dh_prime", PRIME.add(MARGIN)));
    return rules.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void a_client_that_breaks_one_rule_is_refused(Rule rule) {
    ServerKeyExchange server = server(id -> false);
    FakeClient client = new FakeClient();
    rule.breakIt.accept(client);

    assertThat(run(client, server))
        .isInstanceOfSatisfying(
            ServerKeyExchange.Outcome.Refuse.class,
            refuse -> {
              assertThat(refuse.code()).isEqualTo(rule.code);
              assertThat(refuse.reason()).contains(rule.error);
            });
  }

  /** What the rules allow, or other people's clients do. */
  static Stream<Rule> liberties() {
    return Stream.of(
        rule("nothing special", "", c -> {}),
        rule(
            "random bytes behind every query (TDLib)",
            "",
            c -> c.packet = (n, p) -> resized(p, 252)),
        rule("no dc (GramJS)", "", c -> c.inner = i -> older((PQInnerDataDc) i)),
        rule(
            "the padding before RSA_PAD, no dc (Telethon)",
            "",
            c -> {
              c.inner = i -> older((PQInnerDataDc) i);
              c.otherPadding = FakeClient::olderPadding;
            }),
        rule(
            "zeros before p and q",
            "",
            c ->
                c.reqDhParams =
                    r ->
                        new ReqDHParams(
                            r.nonce(),
                            r.serverNonce(),
                            zerosBefore(r.p()),
                            zerosBefore(r.q()),
                            r.publicKeyFingerprint(),
                            r.encryptedData())));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("liberties")
  void a_client_that_breaks_none_gets_a_key(Rule liberty) {
    FakeClient client = new FakeClient();
    liberty.breakIt.accept(client);

    ServerKeyExchange.Outcome.Made made = made(run(client, server(id -> false)));

    assertThat(made.key().key()).isEqualTo(client.key());
    assertThat(made.key().lifetime()).isNull();
    byte[] salt = new byte[8];
    for (int i = 0; i < 8; i++) {
      salt[i] = (byte) (client.newNonce.toByteArray()[i] ^ client.serverNonce().toByteArray()[i]);
    }
    assertThat(made.key().firstSalt())
        .isEqualTo(ByteBuffer.wrap(salt).order(ByteOrder.LITTLE_ENDIAN).getLong());
    assertThat(DhGenOk.readFields(afterId(made.packet(), DhGenOk.ID)))
        .isEqualTo(new DhGenOk(client.nonce, client.serverNonce(), client.hash(1)));
    assertThat(client.serverInner().serverTime()).isEqualTo(1_800_000_000);
  }

  @Test
  void a_temporary_key_has_its_lifetime_in_both_forms() {
    FakeClient present = new FakeClient();
    present.inner = i -> temporary((PQInnerDataDc) i, 86_400);
    FakeClient older = new FakeClient();
    older.inner = i -> olderTemporary((PQInnerDataDc) i, 60);

    assertThat(made(run(present, server(id -> false))).key().lifetime())
        .isEqualTo(Duration.ofDays(1));
    assertThat(made(run(older, server(id -> false))).key().lifetime())
        .isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void req_pq_is_answered_as_req_pq_multi() {
    FakeClient client = new FakeClient();
    ServerKeyExchange server = server(id -> false);

    byte[] answer = reply(server.receive(client.send(new ReqPq(client.nonce)), NOW));

    byte[] next = reply(server.receive(client.reqDhParams(answer), NOW));
    assertThat(made(server.receive(client.setClientDhParams(next), NOW)).key().key())
        .isEqualTo(client.key());
  }

  @Test
  void pq_is_fresh_and_the_product_of_two_primes() {
    ServerKeyExchange server = server(id -> false);
    List<Long> products = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      ResPQ answer =
          ResPQ.readFrom(
              FakeClient.body(reply(server.receive(new FakeClient().reqPqMulti(), NOW))));
      long pq = BigEndian.read(answer.pq().toByteArray()).longValueExact();
      assertThat(PrimeFactors.of(pq).product()).isEqualTo(pq);
      assertThat(answer.serverPublicKeyFingerprints())
          .containsExactly(FakeServer.RSA.publicKey().fingerprint());
      products.add(pq);
    }
    assertThat(products).doesNotHaveDuplicates();
  }

  @Test
  void a_key_whose_id_exists_is_made_anew() {
    List<Long> asked = new ArrayList<>();
    ServerKeyExchange server =
        server(id -> {
          asked.add(id);
          return asked.size() < 3;
        });
    FakeClient client = new FakeClient();
    ServerKeyExchange.Outcome outcome = run(client, server);
    for (int i = 1; i <= 2; i++) {
      assertThat(DhGenRetry.readFields(afterId(reply(outcome), DhGenRetry.ID)))
          .isEqualTo(new DhGenRetry(client.nonce, client.serverNonce(), client.hash(2)));
      client.retryId = client.key().auxHash();
      outcome = server.receive(client.setClientDhParams(), NOW);
    }

    assertThat(made(outcome).key().key()).isEqualTo(client.key());
    assertThat(asked).hasSize(3).doesNotHaveDuplicates().endsWith(client.key().id());
  }

  @Test
  void a_second_attempt_names_the_first() {
    ServerKeyExchange server = server(id -> true);
    FakeClient client = new FakeClient();
    assertThat(run(client, server)).isInstanceOf(ServerKeyExchange.Outcome.Reply.class);

    client.retryId = client.key().auxHash() + 1;

    assertThat(server.receive(client.setClientDhParams(), NOW))
        .isInstanceOfSatisfying(
            ServerKeyExchange.Outcome.Refuse.class,
            refuse -> assertThat(refuse.reason()).contains("retry_id"));
  }

  @Test
  void after_five_attempts_the_exchange_has_failed() {
    ServerKeyExchange server = server(id -> true);
    FakeClient client = new FakeClient();
    ServerKeyExchange.Outcome outcome = run(client, server);
    for (int i = 2; i <= 5; i++) {
      afterId(reply(outcome), DhGenRetry.ID);
      client.retryId = client.key().auxHash();
      outcome = server.receive(client.setClientDhParams(), NOW);
    }

    assertThat(DhGenFail.readFields(afterId(reply(outcome), DhGenFail.ID)))
        .isEqualTo(new DhGenFail(client.nonce, client.serverNonce(), client.hash(3)));
    client.retryId = client.key().auxHash();
    assertRefused(server.receive(client.setClientDhParams(), NOW));
  }

  @Test
  void an_exact_repetition_gets_the_same_answer() {
    ServerKeyExchange server = server(id -> false);
    FakeClient client = new FakeClient();

    byte[] first = client.reqPqMulti();
    byte[] resPq = reply(server.receive(first, NOW));
    assertSameBody(reply(server.receive(first, NOW)), resPq);
    byte[] second = client.reqDhParams(resPq);
    byte[] dhParams = reply(server.receive(second, NOW));
    assertSameBody(reply(server.receive(second, NOW)), dhParams);
    byte[] third = client.setClientDhParams(dhParams);
    ServerKeyExchange.Outcome.Made made = made(server.receive(third, NOW));
    // The key is made once, although its confirmation is sent twice.
    assertSameBody(reply(server.receive(third, NOW)), made.packet());
  }

  @Test
  void steps_out_of_order_are_refused() {
    FakeClient client = new FakeClient();
    ServerKeyExchange server = server(id -> false);
    byte[] first = client.reqPqMulti();
    byte[] second = client.reqDhParams(reply(server.receive(first, NOW)));
    byte[] third = client.setClientDhParams(reply(server.receive(second, NOW)));

    assertRefused(server(id -> false).receive(second, NOW));
    assertRefused(server(id -> false).receive(third, NOW));
    ServerKeyExchange skipping = server(id -> false);
    skipping.receive(first, NOW);
    assertRefused(skipping.receive(third, NOW));
  }

  @Test
  void after_a_refusal_even_a_correct_query_is_refused_until_a_new_beginning() {
    ServerKeyExchange server = server(id -> false);
    FakeClient client = new FakeClient();
    byte[] resPq = reply(server.receive(client.reqPqMulti(), NOW));
    byte[] correct = client.reqDhParams(resPq);
    client.encryptedData = e -> new byte[256];
    assertRefused(server.receive(client.reqDhParams(resPq), NOW));

    assertRefused(server.receive(correct, NOW));

    assertThat(made(run(new FakeClient(), server)).key()).isNotNull();
  }

  @Test
  void an_exchange_older_than_ten_minutes_is_forgotten() {
    ServerKeyExchange server = server(id -> false);
    FakeClient client = new FakeClient();
    long tenMinutes = Duration.ofMinutes(10).toMillis();
    byte[] second = client.reqDhParams(reply(server.receive(client.reqPqMulti(), NOW)));
    byte[] third = client.setClientDhParams(reply(server.receive(second, NOW + tenMinutes)));

    assertRefused(server.receive(third, NOW + tenMinutes + 1));

    FakeClient slow = new FakeClient();
    byte[] late = slow.reqDhParams(reply(server.receive(slow.reqPqMulti(), NOW)));
    assertRefused(server.receive(late, NOW + tenMinutes + 1));
  }

  @Test
  void whatever_comes_in_the_outcome_is_a_decision() {
    Random random = new Random(13);
    for (int round = 0; round < 300; round++) {
      FakeClient client = new FakeClient();
      int at = 1 + round % 3;
      client.packet = (number, packet) -> number == at ? garbled(packet, random) : packet;
      assertThat(run(client, server(id -> false))).isNotNull();
    }
  }

  private static byte[] garbled(byte[] packet, Random random) {
    byte[] garbled = Arrays.copyOf(packet, packet.length - random.nextInt(packet.length / 8));
    for (int i = random.nextInt(4); i >= 0; i--) {
      garbled[random.nextInt(garbled.length)] = (byte) random.nextInt();
    }
    return random.nextBoolean() ? resized(garbled, 0) : garbled;
  }

  @Test
  void a_server_that_stands_for_several_data_centres_takes_each() {
    ServerKeyExchange.Settings settings =
        new ServerKeyExchange.Settings(
            List.of(FakeServer.RSA),
            Set.of(
                ExchangeDc.production(2),
                ExchangeDc.test(2),
                ExchangeDc.production(2).forMedia(),
                ExchangeDc.test(2).forMedia()),
            id -> false);
    for (int dc : new int[] {2, 10_002, -2, -10_002}) {
      FakeClient client = new FakeClient();
      client.inner = i -> withDc((PQInnerDataDc) i, dc);

      assertThat(made(run(client, new ServerKeyExchange(settings, FakeServer.RANDOM))).key().key())
          .isEqualTo(client.key());
    }
  }

  @Test
  void our_client_and_our_server_agree() {
    ServerKeyExchange server = server(id -> false);
    ClientKeyExchange client =
        new ClientKeyExchange(
            ClientKeyExchange.Settings.temporary(
                List.of(FakeServer.RSA.publicKey()), ExchangeDc.production(2), Duration.ofHours(1)),
            FakeServer.RANDOM);
    byte[] resPq = reply(server.receive(client.start(NOW - 3000), NOW));
    byte[] second = sent(client.receive(resPq, NOW - 3000));
    byte[] third = sent(client.receive(reply(server.receive(second, NOW)), NOW - 3000));

    ServerKeyExchange.Outcome.Made made = made(server.receive(third, NOW));

    assertThat(client.receive(made.packet(), NOW - 3000))
        .isEqualTo(
            new ClientKeyExchange.Outcome.Done(
                new KeyExchangeResult(
                    made.key().key(),
                    made.key().firstSalt(),
                    // The server's time is 1,800,000,000 s.
                    3000 - 999)));
    assertThat(made.key().lifetime()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void a_server_without_a_key_or_a_data_centre_is_refused() {
    Set<ExchangeDc> dcs = Set.of(ExchangeDc.production(1));

    assertThatThrownBy(() -> new ServerKeyExchange.Settings(List.of(), dcs, id -> false))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new ServerKeyExchange.Settings(List.of(FakeServer.RSA), Set.of(), id -> false))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static ServerKeyExchange server(LongPredicate keyIdTaken) {
    return new ServerKeyExchange(
        new ServerKeyExchange.Settings(
            List.of(FakeServer.RSA), Set.of(ExchangeDc.production(2)), keyIdTaken),
        FakeServer.RANDOM);
  }

  /** The outcome of the first query that is refused, else of the last. */
  private static ServerKeyExchange.Outcome run(FakeClient client, ServerKeyExchange server) {
    ServerKeyExchange.Outcome first = server.receive(client.reqPqMulti(), NOW);
    if (!(first instanceof ServerKeyExchange.Outcome.Reply(byte[] resPq))) {
      return first;
    }
    ServerKeyExchange.Outcome second = server.receive(client.reqDhParams(resPq), NOW);
    if (!(second instanceof ServerKeyExchange.Outcome.Reply(byte[] dhParams))) {
      return second;
    }
    return server.receive(client.setClientDhParams(dhParams), NOW);
  }

  private static byte[] reply(ServerKeyExchange.Outcome outcome) {
    if (outcome instanceof ServerKeyExchange.Outcome.Reply(byte[] packet)) {
      return packet;
    }
    throw new AssertionError("expected a reply, got " + outcome);
  }

  private static ServerKeyExchange.Outcome.Made made(ServerKeyExchange.Outcome outcome) {
    if (outcome instanceof ServerKeyExchange.Outcome.Made made) {
      return made;
    }
    throw new AssertionError("expected a key, got " + outcome);
  }

  private static byte[] sent(ClientKeyExchange.Outcome outcome) {
    if (outcome instanceof ClientKeyExchange.Outcome.Send(byte[] packet)) {
      return packet;
    }
    throw new AssertionError("nothing to send");
  }

  private static void assertRefused(ServerKeyExchange.Outcome outcome) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            ServerKeyExchange.Outcome.Refuse.class,
            refuse -> assertThat(refuse.code()).isEqualTo(404));
  }

  /** The same answer under a message id of its own. */
  private static void assertSameBody(byte[] packet, byte[] earlier) {
    ByteBuffer later = ByteBuffer.wrap(packet).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(Arrays.copyOfRange(packet, 16, packet.length))
        .isEqualTo(Arrays.copyOfRange(earlier, 16, earlier.length));
    assertThat(later.getLong(8))
        .isGreaterThan(ByteBuffer.wrap(earlier).order(ByteOrder.LITTLE_ENDIAN).getLong(8));
  }

  private static TlReader afterId(byte[] packet, int id) {
    TlReader reader = FakeClient.body(packet);
    assertThat(reader.readInt()).isEqualTo(id);
    return reader;
  }

  private static Rule rule(String rule, String error, Consumer<FakeClient> breakIt) {
    return new Rule(rule, 404, error, breakIt);
  }

  private static Rule packet(String rule, int query, String error, Consumer<ByteBuffer> change) {
    return bytes(
        rule,
        query,
        error,
        packet -> {
          change.accept(ByteBuffer.wrap(packet).order(ByteOrder.LITTLE_ENDIAN));
          return packet;
        });
  }

  private static Rule bytes(String rule, int query, String error, UnaryOperator<byte[]> change) {
    return rule(
        rule + " in query " + query,
        error,
        c -> c.packet = (number, packet) -> number == query ? change.apply(packet) : packet);
  }

  private static Rule req(String rule, String error, UnaryOperator<ReqDHParams> change) {
    return rule(rule, error, c -> c.reqDhParams = change);
  }

  private static Rule encrypted(String rule, String error, UnaryOperator<byte[]> change) {
    return rule(rule, error, c -> c.encryptedData = change);
  }

  private static Rule inner(String rule, String error, UnaryOperator<PQInnerDataDc> change) {
    return rule(rule, error, c -> c.inner = i -> change.apply((PQInnerDataDc) i));
  }

  private static Rule set(String rule, String error, UnaryOperator<SetClientDHParams> change) {
    return rule(rule, error, c -> c.setClientDhParams = change);
  }

  private static Rule dh(String rule, String error, UnaryOperator<byte[]> change) {
    return rule(rule, error, c -> c.encryptedDh = change);
  }

  private static Rule dhInner(String rule, String error, UnaryOperator<ClientDHInnerData> change) {
    return rule(rule, error, c -> c.dhInner = i -> change.apply((ClientDHInnerData) i));
  }

  private static Rule publicValue(String rule, BigInteger value) {
    return rule(rule, "g_b: ", c -> c.gB = value);
  }

  private static PQInnerDataDc withDc(PQInnerDataDc i, int dc) {
    return new PQInnerDataDc(i.pq(), i.p(), i.q(), i.nonce(), i.serverNonce(), i.newNonce(), dc);
  }

  private static TlObject temporary(PQInnerDataDc i, int expiresIn) {
    return new PQInnerDataTempDc(
        i.pq(), i.p(), i.q(), i.nonce(), i.serverNonce(), i.newNonce(), i.dc(), expiresIn);
  }

  private static TlObject older(PQInnerDataDc i) {
    return new PQInnerData(i.pq(), i.p(), i.q(), i.nonce(), i.serverNonce(), i.newNonce());
  }

  private static TlObject olderTemporary(PQInnerDataDc i, int expiresIn) {
    return new PQInnerDataTemp(
        i.pq(), i.p(), i.q(), i.nonce(), i.serverNonce(), i.newNonce(), expiresIn);
  }

  private static Bytes zerosBefore(Bytes number) {
    byte[] longer = new byte[number.size() + 2];
    number.copyTo(longer, 2);
    return Bytes.of(longer);
  }

  /** A packet with so many bytes more or less, and a length that fits. */
  private static byte[] resized(byte[] packet, int more) {
    byte[] changed = Arrays.copyOf(packet, packet.length + more);
    ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putInt(16, changed.length - 20);
    return changed;
  }
}
