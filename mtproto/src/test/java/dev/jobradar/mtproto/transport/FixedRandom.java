package dev.jobradar.mtproto.transport;

import java.util.random.RandomGenerator;

/** Random bytes that are known: {@code 7·i + 13} for the i-th of each array; one bounded number. */
final class FixedRandom implements RandomGenerator {
  private final int number;

  /**
   * @param number what every bounded number is
   */
  FixedRandom(int number) {
    this.number = number;
  }

  @Override
  public long nextLong() {
    throw new UnsupportedOperationException("nobody asks for a long");
  }

  @Override
  public int nextInt(int bound) {
    if (number >= bound) {
      throw new IllegalStateException(number + " is not below " + bound);
    }
    return number;
  }

  @Override
  public void nextBytes(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (7 * i + 13);
    }
  }
}
