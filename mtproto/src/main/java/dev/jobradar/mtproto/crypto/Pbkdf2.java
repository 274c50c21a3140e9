package dev.jobradar.mtproto.crypto;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * PBKDF2 with HMAC-SHA-512 over a password of bytes (RFC 8018, section 5.2). The JDK's own takes
 * characters and encodes them as UTF-8, and Telegram's password is a hash by then, which no
 * characters stand for.
 */
final class Pbkdf2 {
  private static final int HASH_SIZE = 64;

  private Pbkdf2() {}

  /**
   * @param password not empty
   * @param iterations 1 or more; 100,000 take about 80 ms
   * @param size bytes wanted, 1 or more
   */
  static byte[] hmacSha512(byte[] password, byte[] salt, int iterations, int size) {
    if (iterations < 1 || size < 1) {
      throw new IllegalArgumentException(iterations + " iterations for " + size + " bytes");
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA512");
      mac.init(new SecretKeySpec(password, "HmacSHA512"));
      byte[] key = new byte[size];
      for (int block = 1, at = 0; at < size; block++, at += HASH_SIZE) {
        byte[] hash = block(mac, salt, iterations, block);
        System.arraycopy(hash, 0, key, at, Math.min(HASH_SIZE, size - at));
      }
      return key;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HmacSHA512 is missing from this JDK", e);
    }
  }

  private static byte[] block(Mac mac, byte[] salt, int iterations, int number)
      throws GeneralSecurityException {
    mac.update(salt);
    mac.update(
        new byte[] {
          (byte) (number >>> 24), (byte) (number >>> 16), (byte) (number >>> 8), (byte) number
        });
    byte[] last = mac.doFinal();
    byte[] sum = Arrays.copyOf(last, HASH_SIZE);
    for (int i = 1; i < iterations; i++) {
      mac.update(last);
      mac.doFinal(last, 0);
      for (int j = 0; j < HASH_SIZE; j++) {
        sum[j] ^= last[j];
      }
    }
    return sum;
  }
}
