package dev.jobradar.mtproto.transport;

import dev.jobradar.mtproto.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** The part that all transports share: a header that tells the length of a body, then the body. */
abstract class LengthPrefixedDecoder implements FrameDecoder {
  private final int headerSize;
  private final ByteBuffer header;
  private @Nullable Body body;

  /**
   * @param headerSize bytes to read before {@link #headerRead} is asked
   * @param maxHeaderSize bytes that {@link #extendHeader} can ask for at most
   */
  LengthPrefixedDecoder(int headerSize, int maxHeaderSize) {
    this.headerSize = headerSize;
    this.header =
        ByteBuffer.allocate(maxHeaderSize).order(ByteOrder.LITTLE_ENDIAN).limit(headerSize);
  }

  @Override
  public final ByteBuffer wanted() {
    return body == null ? header : body.wanted();
  }

  @Override
  public final @Nullable Frame advance() {
    if (body == null) {
      return header.hasRemaining() ? null : headerRead(header);
    }
    if (!body.complete()) {
      return null;
    }
    byte[] bytes = body.bytes();
    body = null;
    Frame frame = bodyRead(header, bytes);
    nextFrame();
    return frame;
  }

  @Override
  public final boolean midFrame() {
    return body != null || header.position() > 0;
  }

  /**
   * Looks at a header that was read to its limit, by absolute index. Calls {@link #extendHeader},
   * {@link #startBody}, or {@link #nextFrame} when the header was all.
   */
  abstract @Nullable Frame headerRead(ByteBuffer header);

  /** Makes a frame of a body and the header before it, or null when it is to be passed over. */
  abstract @Nullable Frame bodyRead(ByteBuffer header, byte[] body);

  final void extendHeader(int size) {
    header.limit(size);
  }

  final void nextFrame() {
    header.clear().limit(headerSize);
  }

  /** Starts a body that was checked with {@link #checkLength}. */
  final void startBody(int length) {
    body = new Body(length);
  }

  static void checkLength(long length, int min, long max) {
    if (length < min || length > max || length % 4 != 0) {
      throw new ProtocolException(
          "packet length: got " + length + ", expected a multiple of 4 within " + min + ".." + max);
    }
  }
}
