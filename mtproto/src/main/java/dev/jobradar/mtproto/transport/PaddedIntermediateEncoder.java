package dev.jobradar.mtproto.transport;

import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/** [mtproto/mtproto-transports#padded-intermediate] */
final class PaddedIntermediateEncoder extends PayloadEncoder {
  private static final int MAX_QUICK_ACK_PADDING = 8;

  private final RandomGenerator random;

  PaddedIntermediateEncoder(Side sender, RandomGenerator random) {
    super(sender, Integer.MAX_VALUE - 64);
    this.random = random;
  }

  @Override
  ByteBuffer packet(byte[] payload, boolean quickAck) {
    byte[] padding = padding(PaddedIntermediateDecoder.MAX_PADDING);
    int length = payload.length + padding.length;
    int topBit = quickAck ? 0x8000_0000 : 0;
    return buffer(4 + length).putInt(length | topBit).put(payload).put(padding).flip();
  }

  /** Never padded: there are clients that know an error by its length of four. */
  @Override
  ByteBuffer error(byte[] code) {
    return buffer(8).putInt(code.length).put(code).flip();
  }

  @Override
  ByteBuffer quickAck(int token) {
    byte[] padding = padding(MAX_QUICK_ACK_PADDING);
    int length = 8 + padding.length;
    return buffer(4 + length).putInt(length).putInt(-1).putInt(token).put(padding).flip();
  }

  private byte[] padding(int max) {
    byte[] padding = new byte[random.nextInt(max + 1)];
    random.nextBytes(padding);
    return padding;
  }
}
