package dev.jobradar.mtproto.transport;

import dev.jobradar.mtproto.crypto.AesCtr;
import java.nio.ByteBuffer;

/** Encrypts what another encoder made. */
final class ObfuscatedEncoder implements FrameEncoder {
  private final FrameEncoder inner;
  private final AesCtr cipher;

  ObfuscatedEncoder(FrameEncoder inner, AesCtr cipher) {
    this.inner = inner;
    this.cipher = cipher;
  }

  @Override
  public ByteBuffer encode(Frame frame) {
    ByteBuffer encoded = inner.encode(frame);
    int from = encoded.arrayOffset() + encoded.position();
    cipher.apply(encoded.array(), from, encoded.remaining());
    return encoded;
  }
}
