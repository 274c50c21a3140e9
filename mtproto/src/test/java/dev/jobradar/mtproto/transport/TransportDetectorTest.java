package dev.jobradar.mtproto.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.jobradar.mtproto.ProtocolException;
import dev.jobradar.mtproto.transport.Frame.Packet;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransportDetectorTest {
  private int taken;

  @ParameterizedTest
  @EnumSource(Framing.class)
  void a_plain_client_is_known_and_its_first_packet_read(Framing framing) {
    Packet first = new Packet(Wire.message(40));
    byte[] wire =
        Wire.bytes(
            Wire.hex(
                new Transport.Plain(framing).open(new FixedRandom(3)).encoder().encode(first)));
    for (int piece : new int[] {1, 2, 3, 5, 8, 200}) {
      TransportDetector.Detected detected = Objects.requireNonNull(detect(wire, piece));

      assertThat(detected.framing()).isEqualTo(framing);
      assertThat(detected.obfuscated()).isFalse();
      byte[] rest = Arrays.copyOfRange(wire, taken, wire.length);
      assertThat(Wire.decode(detected.codec().decoder(), rest, piece)).containsExactly(first);
    }
  }

  @ParameterizedTest
  @CsvSource({"ef, 1", "eeeeeeee, 4", "dddddddd, 4", "1000000000000000, 8"})
  void no_byte_is_taken_that_is_not_needed(String start, int expected) {
    assertThat(detect(Wire.bytes(start + "55".repeat(80)), 200)).isNotNull();
    assertThat(taken).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ee", "eeeeee", "dddddd", "10000000", "10000000000000", "1100000011"})
  void too_few_bytes_leave_it_open(String start) {
    assertThat(detect(Wire.bytes(start), 1)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "48454144202f2048", // HEAD / H
        "504f5354202f6170", // POST /ap
        "474554202f204854", // GET / HT
        "4f5054494f4e5320", // OPTIONS
        "1603010200010001" // TLS ClientHello
      })
  void other_protocols_are_refused_at_their_fourth_byte(String start) {
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> detect(Wire.bytes(start), 1))
        .withMessageContaining("expected MTProto");
    assertThat(taken).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1111111111111111", "1000000001000000"})
  void noise_is_refused_after_64_bytes(String start) {
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> detect(Wire.bytes(start + "11".repeat(64)), 200));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2500000000000000", "ffffffff00000000"})
  void a_first_full_packet_of_a_wrong_length_is_refused(String start) {
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> detect(Wire.bytes(start), 8));
  }

  private TransportDetector.@Nullable Detected detect(byte[] wire, int piece) {
    TransportDetector detector = new TransportDetector(new FixedRandom(0), 4096, null);
    taken = 0;
    while (taken < wire.length) {
      taken += Wire.put(detector.wanted(), wire, taken, Math.min(piece, wire.length - taken));
      TransportDetector.Detected detected = detector.advance();
      if (detected != null) {
        return detected;
      }
    }
    return null;
  }
}
