package dev.jobradar.mtproto.transport;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** [mtproto/mtproto-transports#intermediate] */
final class IntermediateDecoder extends LengthPrefixedDecoder {
  private final Side sender;
  private final int maxPayload;

  IntermediateDecoder(Side sender, int maxPayload) {
    super(4, 4);
    this.sender = sender;
    this.maxPayload = maxPayload;
  }

  @Override
  @Nullable Frame headerRead(ByteBuffer header) {
    int word = header.getInt(0);
    if (word < 0 && sender == Side.SERVER) {
      nextFrame();
      return new Frame.QuickAck(word);
    }
    int length = word & Integer.MAX_VALUE;
    checkLength(length, 4, maxPayload);
    startBody(length);
    return null;
  }

  @Override
  @Nullable Frame bodyRead(ByteBuffer header, byte[] body) {
    return ShortPayload.frameOf(sender, body, header.getInt(0) < 0);
  }
}
