package dev.jobradar.mtproto.transport;

import dev.jobradar.mtproto.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Strips the padding, so that the layers above need not know about it: the length of an encrypted
 * message is 24 + 16·n, and the padding is shorter than 16; an unencrypted one says its length
 * [mtproto/mtproto-transports#padded-intermediate].
 */
final class PaddedIntermediateDecoder extends LengthPrefixedDecoder {
  static final int MAX_PADDING = 15;

  private static final int PLAIN_HEADER = 8 + 8 + 4;
  private static final int ENCRYPTED_HEADER = 8 + 16;
  private static final int MAX_QUICK_ACK = 16;

  private final Side sender;
  private final int maxPayload;

  PaddedIntermediateDecoder(Side sender, int maxPayload) {
    super(4, 4);
    this.sender = sender;
    this.maxPayload = maxPayload;
  }

  @Override
  @Nullable Frame headerRead(ByteBuffer header) {
    int word = header.getInt(0);
    int length = sender == Side.CLIENT ? word & Integer.MAX_VALUE : word;
    if (length < 4 || length > (long) maxPayload + MAX_PADDING) {
      throw new ProtocolException(
          "padded packet length: got "
              + length
              + ", expected 4.."
              + ((long) maxPayload + MAX_PADDING));
    }
    startBody(length);
    return null;
  }

  @Override
  @Nullable Frame bodyRead(ByteBuffer header, byte[] body) {
    if (body.length >= ShortPayload.MIN_MESSAGE) {
      return new Frame.Packet(trimmed(body), header.getInt(0) < 0);
    }
    if (sender == Side.CLIENT) {
      return new Frame.Packet(body, header.getInt(0) < 0);
    }
    int first = ShortPayload.intAt(body, 0);
    if (first == -1 && body.length >= 8 && body.length <= MAX_QUICK_ACK) {
      return Frame.QuickAck.of(ShortPayload.intAt(body, 4));
    }
    if (body.length > 4 + MAX_PADDING) {
      throw ShortPayload.tooShort(body);
    }
    return ShortPayload.error(first);
  }

  private static byte[] trimmed(byte[] body) {
    long length =
        ShortPayload.longAt(body, 0) == 0
            ? PLAIN_HEADER + (long) ShortPayload.intAt(body, 16)
            : body.length - (body.length - ENCRYPTED_HEADER) % 16;
    long padding = body.length - length;
    if (padding < 0 || padding > MAX_PADDING || length % 4 != 0) {
      throw new ProtocolException(
          "padding: a message of " + length + " bytes came in " + body.length);
    }
    return padding == 0 ? body : Arrays.copyOf(body, (int) length);
  }
}
