package dev.jobradar.mtproto.transport;

import java.nio.ByteBuffer;

/** [mtproto/mtproto-transports#intermediate] */
final class IntermediateEncoder extends PayloadEncoder {
  IntermediateEncoder(Side sender) {
    super(sender, Integer.MAX_VALUE - 64);
  }

  @Override
  ByteBuffer packet(byte[] payload, boolean quickAck) {
    int topBit = quickAck ? 0x8000_0000 : 0;
    return buffer(4 + payload.length).putInt(payload.length | topBit).put(payload).flip();
  }

  @Override
  ByteBuffer quickAck(int token) {
    return buffer(4).putInt(token).flip();
  }
}
