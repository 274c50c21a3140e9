package dev.jobradar.tl;

import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/**
 * TL's int256: thirty-two bytes in the order in which they travel. {@link #toString} does not show
 * them: the new_nonce of a key exchange is a secret.
 *
 * @param first bytes 0 to 7, the first of them highest
 * @param second bytes 8 to 15
 * @param third bytes 16 to 23
 * @param fourth bytes 24 to 31
 */
public record Int256(long first, long second, long third, long fourth) {
  /** Length in bytes. */
  public static final int SIZE = 32;

  /**
   * The value of thirty-two bytes.
   *
   * @throws IllegalArgumentException unless there are 32 bytes
   */
  public static Int256 of(byte[] bytes) {
    if (bytes.length != SIZE) {
      throw new IllegalArgumentException("int256: expected 32 bytes, got " + bytes.length);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new Int256(buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
  }

  /** A random value; pass a {@code SecureRandom} where it must not be guessed. */
  public static Int256 random(RandomGenerator random) {
    return new Int256(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
  }

  public byte[] toByteArray() {
    return ByteBuffer.allocate(SIZE)
        .putLong(first)
        .putLong(second)
        .putLong(third)
        .putLong(fourth)
        .array();
  }

  @Override
  public String toString() {
    return "Int256";
  }
}
