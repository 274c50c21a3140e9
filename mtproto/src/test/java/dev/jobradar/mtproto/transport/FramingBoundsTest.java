package dev.jobradar.mtproto.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.jobradar.mtproto.ProtocolException;
import dev.jobradar.mtproto.TransportException;
import dev.jobradar.mtproto.transport.Frame.Packet;
import dev.jobradar.mtproto.transport.Frame.QuickAck;
import dev.jobradar.mtproto.transport.Frame.TransportError;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FramingBoundsTest {
  private static final String MESSAGE = "000102030405060708090a0b0c0d0e0f1011121314151617";

  @ParameterizedTest(name = "{3}: {2}")
  @CsvSource({
    "ABRIDGED, CLIENT, 00, no bytes at all",
    "ABRIDGED, CLIENT, 80, no bytes at all with a quick ack",
    "ABRIDGED, CLIENT, 7f000000, no bytes in the long form",
    "ABRIDGED, CLIENT, 7f010100, 1028 bytes of 1024",
    "ABRIDGED, SERVER, 7fffffff, as long as can be said",
    "INTERMEDIATE, CLIENT, 00000000, no bytes at all",
    "INTERMEDIATE, CLIENT, 00000080, no bytes at all with a quick ack",
    "INTERMEDIATE, CLIENT, 19000000, odd length",
    "INTERMEDIATE, CLIENT, 04040000, 1028 bytes of 1024",
    "INTERMEDIATE, SERVER, ffffff7f, as long as can be said",
    "INTERMEDIATE, SERVER, 040000006c000000, an error that is not negative",
    "INTERMEDIATE, SERVER, 04000000ffffffff, an error of minus one",
    "INTERMEDIATE, SERVER, 0400000000000080, an error too negative to be one",
    "INTERMEDIATE, SERVER, 080000006cfeffff00000000, neither a message nor an error",
    "PADDED_INTERMEDIATE, CLIENT, 03000000, shorter than anything",
    "PADDED_INTERMEDIATE, CLIENT, 10040000, 1040 bytes of 1024 and 15",
    "PADDED_INTERMEDIATE, SERVER, 01020384, a bare quick ack",
    "PADDED_INTERMEDIATE, SERVER, 11000000ffffffff01020384000000000000000000, a quick ack too long",
    "PADDED_INTERMEDIATE, SERVER, 06000000ffffffff0102, a quick ack too short",
    "FULL, CLIENT, 0c00000000000000, no bytes at all",
    "FULL, CLIENT, 0b00000000000000, shorter than its envelope",
    "FULL, CLIENT, ffffffff00000000, negative",
    "FULL, CLIENT, 53feffff53feffff, an error from a client",
    "FULL, SERVER, 53feffff52feffff, a negative length that is no error",
    "FULL, CLIENT, 2500000000000000, odd length",
    "FULL, CLIENT, 1004000000000000, 1028 bytes of 1024",
    "FULL, CLIENT, 2400000001000000, a number too high",
    "FULL, CLIENT, 24000000ffffffff, a number below zero"
  })
  void bytes_that_are_no_frame_are_refused(Framing framing, Side sender, String wire, String what) {
    FrameDecoder decoder = framing.decoder(sender, 1024);

    assertThatExceptionOfType(ProtocolException.class)
        .as(what)
        .isThrownBy(() -> Wire.decode(decoder, Wire.bytes(wire), 64));
  }

  @ParameterizedTest
  @EnumSource(Framing.class)
  void the_longest_payload_is_taken(Framing framing) {
    byte[] payload = Wire.message(24 + 16 * 50);
    FrameDecoder decoder = framing.decoder(Side.CLIENT, payload.length);
    FrameEncoder encoder = framing.encoder(Side.CLIENT, new FixedRandom(7));

    byte[] wire = Wire.bytes(Wire.hex(encoder.encode(new Packet(payload))));

    assertThat(Wire.decode(decoder, wire, 4096)).containsExactly(new Packet(payload));
  }

  @Test
  void every_flipped_bit_of_a_full_packet_is_noticed() {
    byte[] good = Wire.bytes("2400000000000000" + MESSAGE + "e3fe6673");
    for (int bit = 0; bit < good.length * 8; bit++) {
      byte[] bad = good.clone();
      bad[bit / 8] ^= (byte) (1 << bit % 8);
      FrameDecoder decoder = Framing.FULL.decoder(Side.SERVER, 1024);
      boolean refused = false;
      try {
        // Still waiting for more is as good: the packet was not taken.
        assertThat(Wire.decode(decoder, bad, 64)).isEmpty();
      } catch (ProtocolException e) {
        refused = true;
      }
      assertThat(refused || decoder.midFrame()).as("bit %d", bit).isTrue();
    }
  }

  @Test
  void a_repeated_packet_of_the_full_transport_is_refused() {
    byte[] twice = Wire.bytes(("2400000000000000" + MESSAGE + "e3fe6673").repeat(2));

    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> Wire.decode(Framing.FULL.decoder(Side.CLIENT, 1024), twice, 64))
        .withMessageContaining("got 0, expected 1");
  }

  @ParameterizedTest
  @CsvSource({"-5", "5", "1000000", "-2147483648", "3"})
  void an_unencrypted_message_that_does_not_fit_its_padded_packet_is_refused(int length) {
    byte[] wire = Wire.bytes("21000000" + "00".repeat(33));
    wire[20] = (byte) length;
    wire[21] = (byte) (length >> 8);
    wire[22] = (byte) (length >> 16);
    wire[23] = (byte) (length >> 24);

    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(
            () -> Wire.decode(Framing.PADDED_INTERMEDIATE.decoder(Side.CLIENT, 1024), wire, 64));
  }

  @Test
  void a_length_alone_takes_little_memory() {
    FrameDecoder decoder = Framing.INTERMEDIATE.decoder(Side.CLIENT, Framing.DEFAULT_MAX_PAYLOAD);

    assertThat(Wire.decode(decoder, Wire.bytes("00000001"), 4)).isEmpty();

    assertThat(decoder.wanted().capacity()).isEqualTo(Body.STEP);
    assertThat(decoder.midFrame()).isTrue();
  }

  @Test
  void a_long_body_arrives_whole_while_its_memory_grows() {
    byte[] payload = new byte[300_000];
    new Random(1).nextBytes(payload);
    byte[] wire =
        Wire.bytes(
            Wire.hex(
                Framing.INTERMEDIATE
                    .encoder(Side.CLIENT, new FixedRandom(0))
                    .encode(new Packet(payload))));

    for (int piece : new int[] {1, 7, Body.STEP, 1 << 20}) {
      FrameDecoder decoder = Framing.INTERMEDIATE.decoder(Side.CLIENT, 1 << 20);
      assertThat(Wire.decode(decoder, wire, piece)).containsExactly(new Packet(payload));
    }
  }

  @ParameterizedTest
  @EnumSource(Framing.class)
  void nobody_sends_what_is_not_theirs(Framing framing) {
    FrameEncoder client = framing.encoder(Side.CLIENT, new FixedRandom(0));
    FrameEncoder server = framing.encoder(Side.SERVER, new FixedRandom(0));

    assertThatIllegalArgumentException().isThrownBy(() -> client.encode(new TransportError(404)));
    assertThatIllegalArgumentException().isThrownBy(() -> client.encode(QuickAck.of(1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> server.encode(new Packet(Wire.message(24), true)));
    assertThatIllegalArgumentException().isThrownBy(() -> client.encode(new Packet(new byte[0])));
    assertThatIllegalArgumentException().isThrownBy(() -> client.encode(new Packet(new byte[25])));
  }

  @Test
  void the_full_transport_knows_no_quick_acknowledgement() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Framing.FULL
                .encoder(Side.CLIENT, new FixedRandom(0))
                .encode(new Packet(Wire.message(24), true)));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Framing.FULL.encoder(Side.SERVER, new FixedRandom(0)).encode(QuickAck.of(1)));
  }

  @Test
  void a_refused_frame_takes_no_number() {
    FrameEncoder encoder = Framing.FULL.encoder(Side.CLIENT, new FixedRandom(0));
    assertThatIllegalArgumentException().isThrownBy(() -> encoder.encode(new Packet(new byte[3])));

    assertThat(Wire.hex(encoder.encode(new Packet(Wire.message(24)))))
        .startsWith("2400000000000000");
  }

  @Test
  void a_token_always_has_its_top_bit() {
    assertThat(QuickAck.of(0x0403_0201)).isEqualTo(new QuickAck(0x8403_0201));
    assertThatIllegalArgumentException().isThrownBy(() -> new QuickAck(1));
  }

  @Test
  void an_error_frame_says_what_it_means() {
    TransportException exception = new TransportError(404).toException();

    assertThat(exception.is(TransportException.AUTH_KEY_NOT_FOUND)).isTrue();
    assertThatIllegalArgumentException().isThrownBy(() -> new TransportError(1));
    assertThatIllegalArgumentException().isThrownBy(() -> new TransportError(-404));
  }

  @Test
  void a_packet_shows_its_size_and_not_its_bytes() {
    assertThat(new Packet(Wire.message(24), true))
        .hasToString("Packet[24 bytes, quick ack]")
        .isEqualTo(new Packet(Arrays.copyOf(Wire.message(25), 24), true))
        .isNotEqualTo(new Packet(Wire.message(24)))
        .hasSameHashCodeAs(new Packet(Wire.message(24), true));
  }
}
