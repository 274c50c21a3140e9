package dev.jobradar.mtproto.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.mtproto.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever comes in, the outcome is frames or the one documented exception. */
class FramingFuzzTest {
  private static final int MAX_PAYLOAD = 1024;

  @ParameterizedTest
  @EnumSource(Framing.class)
  void random_bytes_are_frames_or_refused(Framing framing) {
    Random random = new Random(20_260_101);
    for (int round = 0; round < 20_000; round++) {
      Side sender = random.nextBoolean() ? Side.CLIENT : Side.SERVER;
      FrameDecoder decoder = framing.decoder(sender, MAX_PAYLOAD);
      feed(decoder, randomStream(random));
    }
  }

  @ParameterizedTest
  @EnumSource(Framing.class)
  void damaged_frames_are_frames_or_refused(Framing framing) {
    Random random = new Random(4);
    for (int round = 0; round < 5_000; round++) {
      FrameEncoder encoder = framing.encoder(Side.SERVER, random);
      ByteBuffer stream = ByteBuffer.allocate(8192);
      for (int i = 0; i < 4; i++) {
        stream.put(encoder.encode(new Frame.Packet(Wire.message(24 + 16 * random.nextInt(20)))));
      }
      byte[] bytes = new byte[stream.flip().remaining()];
      stream.get(bytes);
      for (int i = random.nextInt(4); i >= 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      feed(framing.decoder(Side.SERVER, MAX_PAYLOAD), bytes);
    }
  }

  @Test
  void random_first_bytes_are_detected_or_refused() {
    Random random = new Random(7);
    for (int round = 0; round < 20_000; round++) {
      TransportDetector detector = new TransportDetector(random, MAX_PAYLOAD, null);
      byte[] stream = randomStream(random);
      int at = 0;
      try {
        TransportDetector.@Nullable Detected detected = null;
        while (at < stream.length && detected == null) {
          at += Wire.put(detector.wanted(), stream, at, stream.length - at);
          detected = detector.advance();
        }
      } catch (ProtocolException documented) {
        assertThat(documented).hasMessageNotContaining("null");
      }
    }
  }

  private static void feed(FrameDecoder decoder, byte[] stream) {
    int at = 0;
    try {
      while (at < stream.length) {
        ByteBuffer wanted = decoder.wanted();
        assertThat(wanted.remaining()).isBetween(1, MAX_PAYLOAD + 64);
        at += Wire.put(wanted, stream, at, stream.length - at);
        Frame frame = decoder.advance();
        if (frame instanceof Frame.Packet packet) {
          assertThat(packet.payload().length).isBetween(4, MAX_PAYLOAD + 15);
        }
      }
    } catch (ProtocolException documented) {
      assertThat(documented).hasMessageNotContaining("null");
    }
  }

  /** Random, with small numbers often, since those are the lengths that get further. */
  private static byte[] randomStream(Random random) {
    byte[] stream = new byte[random.nextInt(1, 200)];
    for (int i = 0; i < stream.length; i++) {
      stream[i] = (byte) (random.nextInt(3) == 0 ? random.nextInt() : random.nextInt(2) * 4);
    }
    return stream;
  }
}
