package dev.jobradar.mtproto.crypto;

import java.math.BigInteger;

/**
 * Natural numbers as MTProto writes them: bytes, the most significant first
 * (core.telegram.org/mtproto/auth_key).
 */
public final class BigEndian {
  private BigEndian() {}

  /** The natural number that these bytes stand for; leading zeros and no bytes at all are fine. */
  public static BigInteger read(byte[] bytes) {
    return new BigInteger(1, bytes);
  }

  /**
   * The number in exactly {@code size} bytes, with leading zeros where it is shorter.
   *
   * @throws IllegalArgumentException when it is negative or does not fit
   */
  public static byte[] write(BigInteger number, int size) {
    if (number.signum() < 0 || number.bitLength() > 8 * size) {
      throw new IllegalArgumentException(
          "a number of " + number.bitLength() + " bits does not fit into " + size + " bytes");
    }
    byte[] signed = number.toByteArray();
    int digits = Math.min(signed.length, size);
    byte[] bytes = new byte[size];
    System.arraycopy(signed, signed.length - digits, bytes, size - digits, digits);
    return bytes;
  }

  /** A positive {@code long} in as few bytes as it needs, as {@code pq}, {@code p}, {@code q}. */
  public static byte[] writeShortest(long number) {
    if (number <= 0) {
      throw new IllegalArgumentException("expected a positive number, got " + number);
    }
    int size = 8 - Long.numberOfLeadingZeros(number) / 8;
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (number >>> (8 * (size - 1 - i)));
    }
    return bytes;
  }
}
