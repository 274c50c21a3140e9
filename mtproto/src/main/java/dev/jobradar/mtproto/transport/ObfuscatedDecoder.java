package dev.jobradar.mtproto.transport;

import dev.jobradar.mtproto.crypto.AesCtr;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Decrypts what arrives where it lies, before another decoder looks at it. */
final class ObfuscatedDecoder implements FrameDecoder {
  private final FrameDecoder inner;
  private final AesCtr cipher;
  private @Nullable ByteBuffer handedOut;
  private int clearTo;

  ObfuscatedDecoder(FrameDecoder inner, AesCtr cipher) {
    this.inner = inner;
    this.cipher = cipher;
  }

  @Override
  public ByteBuffer wanted() {
    ByteBuffer buffer = inner.wanted();
    handedOut = buffer;
    clearTo = buffer.position();
    return buffer;
  }

  @Override
  public @Nullable Frame advance() {
    ByteBuffer buffer = handedOut;
    if (buffer != null) {
      cipher.apply(buffer.array(), buffer.arrayOffset() + clearTo, buffer.position() - clearTo);
      handedOut = null;
    }
    return inner.advance();
  }

  @Override
  public boolean midFrame() {
    return inner.midFrame();
  }
}
