package dev.jobradar.mtproto.transport;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A body on its way, of a length that is known. Memory is taken as bytes arrive, so that a length
 * alone costs its sender nothing and us little; at most {@link #STEP} bytes are asked for at once,
 * because a channel copies through a direct buffer as large as the request.
 */
final class Body {
  static final int STEP = 32 * 1024;

  private final int length;
  private byte[] bytes;
  private ByteBuffer buffer;

  Body(int length) {
    this.length = length;
    this.bytes = new byte[Math.min(length, STEP)];
    this.buffer = ByteBuffer.wrap(bytes);
  }

  ByteBuffer wanted() {
    int room = buffer.capacity() - buffer.position();
    return buffer.limit(buffer.position() + Math.min(room, STEP));
  }

  /** Whether all of it is there; makes room for more when it is not. */
  boolean complete() {
    int filled = buffer.position();
    if (filled == length) {
      return true;
    }
    if (filled == buffer.capacity()) {
      int larger = (int) Math.min(length, 2L * filled);
      bytes = Arrays.copyOf(bytes, larger);
      buffer = ByteBuffer.wrap(bytes).position(filled);
    }
    return false;
  }

  byte[] bytes() {
    return bytes;
  }
}
