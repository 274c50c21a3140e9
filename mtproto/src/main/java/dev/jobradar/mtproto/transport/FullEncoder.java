package dev.jobradar.mtproto.transport;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** [mtproto/mtproto-transports#full] */
final class FullEncoder extends PayloadEncoder {
  private int number;

  FullEncoder(Side sender) {
    super(sender, Integer.MAX_VALUE - 64);
  }

  @Override
  ByteBuffer packet(byte[] payload, boolean quickAck) {
    if (quickAck) {
      throw new IllegalArgumentException("the full transport knows no quick acknowledgement");
    }
    int length = payload.length + FullDecoder.ENVELOPE;
    ByteBuffer out = buffer(length).putInt(length).putInt(number++).put(payload);
    CRC32 crc = new CRC32();
    crc.update(out.duplicate().flip());
    return out.putInt((int) crc.getValue()).flip();
  }

  @Override
  ByteBuffer quickAck(int token) {
    throw new IllegalArgumentException("the full transport knows no quick acknowledgement");
  }
}
