package dev.jobradar.mtproto.transport;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** [mtproto/mtproto-transports#abridged] */
final class AbridgedEncoder extends PayloadEncoder {
  private static final int LONG_FORM = 0x7f;
  private static final int MAX_PAYLOAD = 0xff_ffff * 4;

  AbridgedEncoder(Side sender) {
    super(sender, MAX_PAYLOAD);
  }

  @Override
  ByteBuffer packet(byte[] payload, boolean quickAck) {
    int words = payload.length / 4;
    int topBit = quickAck ? 0x80 : 0;
    ByteBuffer out = buffer((words < LONG_FORM ? 1 : 4) + payload.length);
    if (words < LONG_FORM) {
      out.put((byte) (words | topBit));
    } else {
      out.putInt(words << 8 | LONG_FORM | topBit);
    }
    return out.put(payload).flip();
  }

  @Override
  ByteBuffer quickAck(int token) {
    return buffer(4).order(ByteOrder.BIG_ENDIAN).putInt(token).flip();
  }
}
