package dev.jobradar.mtproto.transport;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** [mtproto/mtproto-transports#abridged] */
final class AbridgedDecoder extends LengthPrefixedDecoder {
  private static final int LONG_FORM = 0x7f;

  private final Side sender;
  private final int maxPayload;
  private boolean quickAckRequested;

  AbridgedDecoder(Side sender, int maxPayload) {
    super(1, 4);
    this.sender = sender;
    this.maxPayload = maxPayload;
  }

  @Override
  @Nullable Frame headerRead(ByteBuffer header) {
    int first = header.get(0) & 0xff;
    boolean topBit = first > LONG_FORM;
    boolean token = topBit && sender == Side.SERVER;
    boolean shortForm = (first & LONG_FORM) != LONG_FORM;
    if (header.limit() == 1 && (token || !shortForm)) {
      extendHeader(4);
      return null;
    }
    if (token) {
      int backwards = header.getInt(0);
      nextFrame();
      return new Frame.QuickAck(Integer.reverseBytes(backwards));
    }
    int words = shortForm ? first & LONG_FORM : header.getInt(0) >>> 8;
    checkLength(words * 4L, 4, maxPayload);
    quickAckRequested = topBit;
    startBody(words * 4);
    return null;
  }

  @Override
  @Nullable Frame bodyRead(ByteBuffer header, byte[] body) {
    return ShortPayload.frameOf(sender, body, quickAckRequested);
  }
}
