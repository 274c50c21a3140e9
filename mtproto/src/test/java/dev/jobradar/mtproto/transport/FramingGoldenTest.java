package dev.jobradar.mtproto.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.mtproto.transport.Frame.Packet;
import dev.jobradar.mtproto.transport.Frame.QuickAck;
import dev.jobradar.mtproto.transport.Frame.TransportError;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes written by hand from core.telegram.org/mtproto/mtproto-transports, both directions. */
class FramingGoldenTest {
  private static final String MESSAGE = "000102030405060708090a0b0c0d0e0f1011121314151617";

  /** A message as bytes on the wire. */
  record Row(Framing framing, Side sender, int padding, Frame frame, String hex) {}

  static Stream<Row> rows() {
    Packet message = new Packet(Wire.message(24));
    Packet asking = new Packet(Wire.message(24), true);
    QuickAck ack = new QuickAck(0x8403_0201);
    String long508 = HexFormat.of().formatHex(Wire.message(508));
    return Stream.of(
        new Row(Framing.ABRIDGED, Side.CLIENT, 0, message, "06" + MESSAGE),
        new Row(Framing.ABRIDGED, Side.SERVER, 0, message, "06" + MESSAGE),
        new Row(Framing.ABRIDGED, Side.CLIENT, 0, asking, "86" + MESSAGE),
        new Row(
            Framing.ABRIDGED,
            Side.CLIENT,
            0,
            new Packet(Wire.message(504)),
            "7e" + long508.substring(0, 1008)),
        new Row(
            Framing.ABRIDGED, Side.CLIENT, 0, new Packet(Wire.message(508)), "7f7f0000" + long508),
        new Row(
            Framing.ABRIDGED,
            Side.CLIENT,
            0,
            new Packet(Wire.message(508), true),
            "ff7f0000" + long508),
        new Row(
            Framing.ABRIDGED, Side.SERVER, 0, new Packet(Wire.message(508)), "7f7f0000" + long508),
        new Row(Framing.ABRIDGED, Side.SERVER, 0, ack, "84030201"),
        new Row(Framing.ABRIDGED, Side.SERVER, 0, new TransportError(404), "016cfeffff"),
        new Row(Framing.INTERMEDIATE, Side.CLIENT, 0, message, "18000000" + MESSAGE),
        new Row(Framing.INTERMEDIATE, Side.SERVER, 0, message, "18000000" + MESSAGE),
        new Row(Framing.INTERMEDIATE, Side.CLIENT, 0, asking, "18000080" + MESSAGE),
        new Row(Framing.INTERMEDIATE, Side.SERVER, 0, ack, "01020384"),
        new Row(Framing.INTERMEDIATE, Side.SERVER, 0, new TransportError(404), "040000006cfeffff"),
        new Row(Framing.INTERMEDIATE, Side.SERVER, 0, new TransportError(429), "0400000053feffff"),
        new Row(Framing.INTERMEDIATE, Side.SERVER, 0, new TransportError(444), "0400000044feffff"),
        new Row(
            Framing.PADDED_INTERMEDIATE, Side.CLIENT, 3, message, "1b000000" + MESSAGE + "0d141b"),
        new Row(Framing.PADDED_INTERMEDIATE, Side.CLIENT, 0, message, "18000000" + MESSAGE),
        new Row(
            Framing.PADDED_INTERMEDIATE,
            Side.SERVER,
            15,
            message,
            "27000000" + MESSAGE + "0d141b222930373e454c535a61686f"),
        new Row(
            Framing.PADDED_INTERMEDIATE, Side.CLIENT, 3, asking, "1b000080" + MESSAGE + "0d141b"),
        new Row(Framing.PADDED_INTERMEDIATE, Side.SERVER, 2, ack, "0a000000ffffffff010203840d14"),
        new Row(
            Framing.PADDED_INTERMEDIATE,
            Side.SERVER,
            8,
            ack,
            "10000000ffffffff010203840d141b222930373e"),
        new Row(
            Framing.PADDED_INTERMEDIATE,
            Side.SERVER,
            7,
            new TransportError(404),
            "040000006cfeffff"),
        new Row(Framing.FULL, Side.CLIENT, 0, message, "2400000000000000" + MESSAGE + "e3fe6673"),
        new Row(Framing.FULL, Side.SERVER, 0, message, "2400000000000000" + MESSAGE + "e3fe6673"),
        new Row(
            Framing.FULL,
            Side.SERVER,
            0,
            new TransportError(404),
            "10000000000000006cfeffff0d2f4107"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void a_frame_becomes_these_bytes(Row row) {
    FrameEncoder encoder = row.framing().encoder(row.sender(), new FixedRandom(row.padding()));

    assertThat(Wire.hex(encoder.encode(row.frame()))).isEqualTo(row.hex());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void these_bytes_become_the_frame_wherever_they_are_split(Row row) {
    byte[] wire = Wire.bytes(row.hex());
    for (int first = 1; first <= wire.length; first++) {
      FrameDecoder decoder = row.framing().decoder(row.sender(), 1024);

      assertThat(Wire.decodeSplit(decoder, wire, first))
          .as("split at %d", first)
          .containsExactly(row.frame());
      assertThat(decoder.midFrame()).isFalse();
    }
    assertThat(Wire.decode(row.framing().decoder(row.sender(), 1024), wire, 1))
        .containsExactly(row.frame());
  }

  @Test
  void packets_of_the_full_transport_are_numbered() {
    FrameEncoder encoder = Framing.FULL.encoder(Side.CLIENT, new FixedRandom(0));
    Packet message = new Packet(Wire.message(24));

    assertThat(Wire.hex(encoder.encode(message)) + Wire.hex(encoder.encode(message)))
        .isEqualTo(
            "2400000000000000" + MESSAGE + "e3fe6673" + "2400000001000000" + MESSAGE + "fe03d372");
  }

  @Test
  void an_unencrypted_message_ends_where_its_own_length_says() {
    // auth_key_id 0, a message id, length 8, eight bytes; then five bytes of padding.
    String plain = "0000000000000000 0102030405060708 08000000 a1a2a3a4a5a6a7a8";
    byte[] wire = Wire.bytes("21000000" + plain + "0102030405");

    assertThat(Wire.decode(Framing.PADDED_INTERMEDIATE.decoder(Side.CLIENT, 1024), wire, 64))
        .containsExactly(new Packet(Wire.bytes(plain)));
  }

  @Test
  void a_padded_error_is_recognised_with_its_padding() {
    byte[] wire = Wire.bytes("13000000 6cfeffff 0102030405060708090a0b0c0d0e0f");

    assertThat(Wire.decode(Framing.PADDED_INTERMEDIATE.decoder(Side.SERVER, 1024), wire, 64))
        .containsExactly(new TransportError(404));
  }

  @Test
  void a_bare_flood_code_in_place_of_a_full_packet_is_an_error_frame() {
    byte[] wire = Wire.bytes("53feffff 53feffff");

    assertThat(Wire.decode(Framing.FULL.decoder(Side.SERVER, 1024), wire, 64))
        .containsExactly(new TransportError(429));
  }

  @Test
  void a_zero_in_place_of_a_message_is_passed_over() {
    byte[] wire = Wire.bytes("0400000000000000 040000006cfeffff");

    assertThat(Wire.decode(Framing.INTERMEDIATE.decoder(Side.SERVER, 1024), wire, 64))
        .isEqualTo(List.of(new TransportError(404)));
  }

  @Test
  void frames_follow_each_other_without_a_gap() {
    byte[] wire = Wire.bytes("06" + MESSAGE + "84030201" + "7f0600 00" + MESSAGE + "016cfeffff");

    assertThat(Wire.decode(Framing.ABRIDGED.decoder(Side.SERVER, 1024), wire, 4096))
        .containsExactly(
            new Packet(Wire.message(24)),
            new QuickAck(0x8403_0201),
            new Packet(Wire.message(24)),
            new TransportError(404));
  }
}
