package dev.jobradar.tl;

import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/**
 * TL's int128: sixteen bytes, such as a nonce, in the order in which they travel.
 *
 * @param high bytes 0 to 7, the first of them highest
 * @param low bytes 8 to 15
 */
public record Int128(long high, long low) {
  /** Length in bytes. */
  public static final int SIZE = 16;

  /**
   * The value of sixteen bytes.
   *
   * @throws IllegalArgumentException unless there are 16 bytes
   */
  public static Int128 of(byte[] bytes) {
    if (bytes.length != SIZE) {
      throw new IllegalArgumentException("int128: expected 16 bytes, got " + bytes.length);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new Int128(buffer.getLong(), buffer.getLong());
  }

  /** A random value; pass a {@code SecureRandom} where it must not be guessed. */
  public static Int128 random(RandomGenerator random) {
    return new Int128(random.nextLong(), random.nextLong());
  }

  public byte[] toByteArray() {
    return ByteBuffer.allocate(SIZE).putLong(high).putLong(low).array();
  }

  /** The bytes in hexadecimal. */
  @Override
  public String toString() {
    return "%016x%016x".formatted(high, low);
  }
}
