package dev.jobradar.mtproto.transport;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Puts a client's preamble in front of its first frame, so that both leave in one write. */
final class PrefixedEncoder implements FrameEncoder {
  private final FrameEncoder inner;
  private byte @Nullable [] prefix;

  PrefixedEncoder(byte[] prefix, FrameEncoder inner) {
    this.prefix = prefix;
    this.inner = inner;
  }

  @Override
  public ByteBuffer encode(Frame frame) {
    ByteBuffer encoded = inner.encode(frame);
    byte[] first = prefix;
    if (first == null) {
      return encoded;
    }
    prefix = null;
    return ByteBuffer.allocate(first.length + encoded.remaining()).put(first).put(encoded).flip();
  }
}
