package dev.jobradar.mtproto.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.jobradar.mtproto.ProtocolException;
import dev.jobradar.mtproto.transport.Frame.Packet;
import dev.jobradar.mtproto.transport.Frame.TransportError;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The golden bytes were made with OpenSSL's aes-256-ctr from the page's description. */
class ObfuscationTest {
  private static final String CLEAR_PART =
      "0d141b222930373e454c535a61686f767d848b9299a0a7aeb5bcc3cad1d8dfe6edf4fb020910171e252c333a41484f"
          + "565d646b727980878e";
  private static final String SECRET = "000102030405060708090a0b0c0d0e0f";

  /**
   * One message from the client, and from the server a message (abridged) or error 404.
   *
   * @param client what leaves the client, header first
   * @param server what leaves the server
   */
  record Row(Transport transport, String client, String server, Frame answer) {}

  static Stream<Row> rows() {
    return Stream.of(
        new Row(
            new Transport.Obfuscated(Framing.ABRIDGED),
            "29f753ef713576a450a5cb4972c2dd06d8aecd5f1a34467394f530efb0617c7a01",
            "7c3b55a402a9645c1955db0f08d7e7360da1c35cd525f7a910",
            new Packet(Wire.message(24))),
        new Row(
            new Transport.Obfuscated(Framing.INTERMEDIATE),
            "28f652ee713576a44ea5ca4b71c7da03dba3c2521931417697e82ff2b3647b7f02b7f879",
            "7e3b54a66d539ea5",
            new TransportError(404)),
        new Row(
            new Transport.Proxied(ProxySecret.parse("dd" + SECRET), (short) -4),
            "7aa5577a2b9f9eed60fb0e36ab47fbba87a2e7d78ec8474e7f60ea598de308c54987c14d",
            "b0d191244d3dd5e1",
            new TransportError(404)),
        new Row(
            new Transport.Proxied(ProxySecret.parse(SECRET), (short) 10_002),
            "49966449c5479eed60fb0e36ab47fbba87a2e7d78ec8474e7f60ea598de308c54987c14d",
            "b0d191244d3dd5e1",
            new TransportError(404)));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void a_client_sends_and_reads_these_bytes(Row row) {
    Codec client = row.transport().open(new FixedRandom(0));

    assertThat(Wire.hex(client.encoder().encode(new Packet(Wire.message(24)))))
        .isEqualTo(CLEAR_PART + row.client());
    assertThat(Wire.decode(client.decoder(), Wire.bytes(row.server()), 3))
        .containsExactly(row.answer());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void a_server_reads_and_sends_these_bytes(Row row) {
    byte[] wire = Wire.bytes(CLEAR_PART + row.client());
    ProxySecret secret =
        row.transport() instanceof Transport.Proxied proxied ? proxied.secret() : null;
    TransportDetector.Detected detected = detect(wire, secret);
    byte[] rest = Wire.bytes(row.client().substring(16));

    assertThat(detected.obfuscated()).isTrue();
    assertThat(Wire.decode(detected.codec().decoder(), rest, 5))
        .containsExactly(new Packet(Wire.message(24)));
    assertThat(Wire.hex(detected.codec().encoder().encode(row.answer()))).isEqualTo(row.server());
    if (row.transport() instanceof Transport.Proxied proxied) {
      assertThat((short) detected.dc()).isEqualTo(proxied.dc());
    }
  }

  @Test
  void headers_that_look_like_another_protocol_are_thrown_away() {
    Queue<String> firsts = new ArrayDeque<>();
    firsts.add("ef00000001000000");
    firsts.add("dddddddd01000000");
    firsts.add("eeeeeeee01000000");
    firsts.add("504f535401000000"); // POST
    firsts.add("4745542001000000"); // GET_
    firsts.add("4845414401000000"); // HEAD
    firsts.add("4f50544901000000"); // OPTI
    firsts.add("1603010201000000");
    firsts.add("0102030400000000");
    firsts.add("0102030400000001");
    RandomGenerator random =
        new RandomGenerator() {
          @Override
          public long nextLong() {
            throw new UnsupportedOperationException("nobody asks for a long");
          }

          @Override
          public void nextBytes(byte[] bytes) {
            System.arraycopy(Wire.bytes(firsts.remove()), 0, bytes, 0, 8);
          }
        };

    ObfuscatedHeader header = ObfuscatedHeader.generate(Framing.INTERMEDIATE, null, null, random);

    assertThat(header.wire()).startsWith(Wire.bytes("0102030400000001"));
    assertThat(firsts).isEmpty();
  }

  @Test
  void the_counters_run_on_in_both_directions() {
    Random random = new Random(5);
    for (Framing framing :
        new Framing[] {Framing.ABRIDGED, Framing.INTERMEDIATE, Framing.PADDED_INTERMEDIATE}) {
      Codec client = new Transport.Obfuscated(framing).open(random);
      @Nullable Codec server = null;
      for (int i = 0; i < 50; i++) {
        Packet packet = new Packet(Wire.message(24 + 16 * random.nextInt(60)), i % 3 == 0);
        byte[] wire = Wire.bytes(Wire.hex(client.encoder().encode(packet)));
        int from = 0;
        if (server == null) {
          server = detect(wire, null).codec();
          from = 64;
        }
        byte[] rest = java.util.Arrays.copyOfRange(wire, from, wire.length);
        assertThat(Wire.decode(server.decoder(), rest, 1 + random.nextInt(70)))
            .containsExactly(packet);
        Frame answer = new Packet(Wire.message(24 + 16 * random.nextInt(60)));
        byte[] back = Wire.bytes(Wire.hex(server.encoder().encode(answer)));
        assertThat(Wire.decode(client.decoder(), back, 1 + random.nextInt(70)))
            .containsExactly(answer);
      }
    }
  }

  @Test
  void a_client_with_another_secret_is_refused() {
    byte[] wire =
        Wire.bytes(
            Wire.hex(
                new Transport.Proxied(ProxySecret.parse(SECRET), (short) 2)
                    .open(new FixedRandom(0))
                    .encoder()
                    .encode(new Packet(Wire.message(24)))));

    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> detect(wire, null));
  }

  @Test
  void the_full_transport_is_not_obfuscated() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Transport.Obfuscated(Framing.FULL));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {SECRET, "dd" + SECRET, "AAECAwQFBgcICQoLDA0ODw", "3QABAgMEBQYHCAkKCwwNDg8="})
  void a_secret_is_read_in_every_spelling(String text) {
    ProxySecret secret = ProxySecret.parse(text);

    assertThat(secret.key()).isEqualTo(Wire.bytes(SECRET));
    assertThat(secret.framing())
        .isEqualTo(
            text.startsWith("dd") || text.startsWith("3Q")
                ? Framing.PADDED_INTERMEDIATE
                : Framing.INTERMEDIATE);
    assertThat(secret.toString()).doesNotContain(SECRET);
  }

  @Test
  void a_secret_for_fake_tls_is_refused_by_name() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ProxySecret.parse("ee" + SECRET + "6578616d706c652e6f7267"))
        .withMessageContaining("fake TLS")
        .withMessageNotContaining(SECRET);
    assertThatNoException().isThrownBy(() -> ProxySecret.parse("ee" + SECRET.substring(2)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "00", "not a secret!", SECRET + "0102"})
  void anything_else_is_no_secret(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ProxySecret.parse(text))
        .withMessageStartingWith("MTProxy secret");
  }

  private static TransportDetector.Detected detect(byte[] wire, @Nullable ProxySecret secret) {
    TransportDetector detector = new TransportDetector(new FixedRandom(0), 4096, secret);
    int at = 0;
    while (true) {
      ByteBuffer wanted = detector.wanted();
      at += Wire.put(wanted, wire, at, wire.length - at);
      TransportDetector.Detected detected = detector.advance();
      if (detected != null) {
        assertThat(at).isEqualTo(64);
        return detected;
      }
    }
  }
}
