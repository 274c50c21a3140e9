package dev.jobradar.mtproto.crypto;

import java.security.SecureRandom;

/** "Random" bytes that a known-answer test prescribes; asking for more is an error. */
public final class FixedRandom extends SecureRandom {
  private static final long serialVersionUID = 1L;

  private final byte[] bytes;
  private int position;

  /** Yields these parts one after another. */
  public FixedRandom(byte[]... parts) {
    int size = 0;
    for (byte[] part : parts) {
      size += part.length;
    }
    bytes = new byte[size];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, bytes, at, part.length);
      at += part.length;
    }
  }

  @Override
  public void nextBytes(byte[] target) {
    if (target.length > bytes.length - position) {
      throw new IllegalStateException(
          target.length + " bytes asked for, " + (bytes.length - position) + " left");
    }
    System.arraycopy(bytes, position, target, 0, target.length);
    position += target.length;
  }
}
