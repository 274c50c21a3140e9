package dev.jobradar.mtproto.crypto;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * A server's RSA-2048 public key, with the fingerprint by which Telegram names it. Immutable, safe
 * for use by many threads.
 *
 * @param modulus n, of exactly 2,048 bits
 * @param exponent e, odd and at least 3
 */
public record RsaPublicKey(BigInteger modulus, BigInteger exponent) {
  /** Length of the modulus, and so of what is encrypted and of the result, in bytes. */
  public static final int SIZE = 256;

  private static final String LABEL = "RSA PUBLIC KEY";
  private static final int BITS = 8 * SIZE;

  /**
   * @throws IllegalArgumentException when the numbers are no key of this kind
   */
  public RsaPublicKey {
    if (modulus.signum() < 0 || modulus.bitLength() != BITS || !modulus.testBit(0)) {
      throw new IllegalArgumentException(
          "expected an odd modulus of 2,048 bits, got one of " + modulus.bitLength());
    }
    if (exponent.signum() < 0
        || exponent.bitLength() < 2
        || exponent.bitLength() > 32
        || !exponent.testBit(0)) {
      throw new IllegalArgumentException(
          "expected an odd exponent of 2 to 32 bits, got one of " + exponent.bitLength());
    }
  }

  /**
   * Reads the first PKCS#1 key of a PEM text ({@code BEGIN RSA PUBLIC KEY}).
   *
   * @throws IllegalArgumentException when there is none or it cannot be read
   */
  public static RsaPublicKey fromPem(String text) {
    return listFromPem(text).getFirst();
  }

  /**
   * Reads every PKCS#1 key of a PEM text; at least one.
   *
   * @throws IllegalArgumentException when there is none or one cannot be read
   */
  public static List<RsaPublicKey> listFromPem(String text) {
    return Pem.read(LABEL, text).stream().map(RsaPublicKey::fromPkcs1).toList();
  }

  /** A fingerprint as Telegram's documents write it: 16 hexadecimal digits. */
  public static String format(long fingerprint) {
    return HexFormat.of().toHexDigits(fingerprint);
  }

  private static RsaPublicKey fromPkcs1(byte[] der) {
    List<BigInteger> numbers = Der.readSequence(der);
    if (numbers.size() != 2) {
      throw new IllegalArgumentException(
          "a PKCS#1 public key has 2 numbers, this has " + numbers.size());
    }
    return new RsaPublicKey(numbers.get(0), numbers.get(1));
  }

  /** The key as PKCS#1 in PEM ({@code BEGIN RSA PUBLIC KEY}). */
  public String toPem() {
    return Pem.write(LABEL, Der.writeSequence(modulus, exponent));
  }

  /**
   * The 64 low-order bits of SHA-1 over n and e as TL strings (core.telegram.org/mtproto/auth_key,
   * step 2), read little-endian as every TL long.
   */
  public long fingerprint() {
    byte[] n = BigEndian.write(modulus, SIZE);
    byte[] e = BigEndian.write(exponent, (exponent.bitLength() + 7) / 8);
    byte[] hash =
        Hashes.sha1(
            new byte[] {(byte) 0xfe, (byte) n.length, (byte) (n.length >>> 8), 0},
            n,
            new byte[] {(byte) e.length},
            // A TL string is filled up to a multiple of 4, its length byte included.
            Arrays.copyOf(e, (e.length + 4) / 4 * 4 - 1));
    return LittleEndian.getLong(hash, Hashes.SHA1_SIZE - Long.BYTES);
  }

  /** Whether RSA can take this number: it must be less than the modulus. */
  boolean accepts(byte[] number) {
    return BigEndian.read(number).compareTo(modulus) < 0;
  }

  /**
   * RSA without any padding of its own: number^e mod n.
   *
   * @param number 256 bytes, less than the modulus
   */
  byte[] apply(byte[] number) {
    if (number.length != SIZE || !accepts(number)) {
      throw new IllegalArgumentException("expected 256 bytes below the modulus");
    }
    return BigEndian.write(BigEndian.read(number).modPow(exponent, modulus), SIZE);
  }

  @Override
  public String toString() {
    return "RsaPublicKey[" + format(fingerprint()) + "]";
  }
}
