package dev.jobradar.mtproto.crypto;

import dev.jobradar.mtproto.ProtocolException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * RSA with Telegram's padding, a variant of OAEP+ (core.telegram.org/mtproto/auth_key, step 4.1).
 * It hides the first half of a key exchange from all but the server.
 */
public final class RsaPad {
  /** The most that can be encrypted, in bytes. */
  public static final int MAX_DATA = 144;

  /** What {@link #decrypt} returns: the data and its random padding, in bytes. */
  public static final int PADDED = 192;

  private static final int TEMP_KEY = 32;
  private static final int HASHED = PADDED + Hashes.SHA256_SIZE;
  private static final byte[] ZERO_IV = new byte[AesIge.IV_SIZE];

  private RsaPad() {}

  /**
   * Encrypts {@code data} for the owner of {@code key}.
   *
   * @param data at most 144 bytes
   * @return 256 bytes
   */
  public static byte[] encrypt(byte[] data, RsaPublicKey key, SecureRandom random) {
    if (data.length > MAX_DATA) {
      throw new IllegalArgumentException("RSA_PAD takes 144 bytes, got " + data.length);
    }
    byte[] padding = new byte[PADDED - data.length];
    random.nextBytes(padding);
    byte[] padded = Arrays.copyOf(data, PADDED);
    System.arraycopy(padding, 0, padded, data.length, padding.length);
    byte[] tempKey = new byte[TEMP_KEY];
    byte[] number;
    do {
      random.nextBytes(tempKey);
      number = wrap(padded, tempKey);
    } while (!key.accepts(number));
    return key.apply(number);
  }

  /**
   * Decrypts what {@link #encrypt} made, and verifies its hash.
   *
   * @return 192 bytes: the data, followed by padding whose start only the data itself can tell
   * @throws ProtocolException when it is not 256 bytes, not below the modulus, or not made so
   */
  public static byte[] decrypt(byte[] encrypted, RsaPrivateKey key) {
    byte[] number = raw(encrypted, key);
    byte[] tempKey = Arrays.copyOf(number, TEMP_KEY);
    byte[] hashed = Arrays.copyOfRange(number, TEMP_KEY, number.length);
    xor(tempKey, Hashes.sha256(hashed));
    AesIge.decrypt(tempKey, ZERO_IV, hashed, 0, hashed.length);
    byte[] padded = Arrays.copyOf(hashed, PADDED);
    reverse(padded);
    byte[] expected = Hashes.sha256(tempKey, padded);
    if (!MessageDigest.isEqual(expected, Arrays.copyOfRange(hashed, PADDED, HASHED))) {
      throw new ProtocolException("encrypted_data: the hash inside RSA_PAD does not match");
    }
    return padded;
  }

  /**
   * Decrypts what was encrypted as the specification had it before RSA_PAD, and as some clients
   * still do: SHA-1 of the data, the data, random bytes; 255 bytes in all. Where the data ends, and
   * so whether the hash is right, only the data itself can tell.
   *
   * @return those 255 bytes
   * @throws ProtocolException when it is not 256 bytes, not below the modulus, or not 255 bytes
   *     long
   */
  public static byte[] decryptOlder(byte[] encrypted, RsaPrivateKey key) {
    byte[] number = raw(encrypted, key);
    if (number[0] != 0) {
      throw new ProtocolException("encrypted_data: neither RSA_PAD nor the padding before it");
    }
    return Arrays.copyOfRange(number, 1, number.length);
  }

  private static byte[] raw(byte[] encrypted, RsaPrivateKey key) {
    if (encrypted.length != RsaPublicKey.SIZE) {
      throw new ProtocolException(
          "encrypted_data: got " + encrypted.length + " bytes, expected " + RsaPublicKey.SIZE);
    }
    if (!key.publicKey().accepts(encrypted)) {
      throw new ProtocolException("encrypted_data: not less than the RSA modulus");
    }
    return key.apply(encrypted);
  }

  /** The number that goes into RSA; too great for the modulus with some temporary keys. */
  static byte[] wrap(byte[] padded, byte[] tempKey) {
    byte[] number = new byte[TEMP_KEY + HASHED];
    byte[] hashed = Arrays.copyOf(padded, HASHED);
    byte[] reversed = padded.clone();
    reverse(reversed);
    System.arraycopy(reversed, 0, hashed, 0, PADDED);
    System.arraycopy(Hashes.sha256(tempKey, padded), 0, hashed, PADDED, Hashes.SHA256_SIZE);
    AesIge.encrypt(tempKey, ZERO_IV, hashed, 0, HASHED);
    byte[] maskedKey = tempKey.clone();
    xor(maskedKey, Hashes.sha256(hashed));
    System.arraycopy(maskedKey, 0, number, 0, TEMP_KEY);
    System.arraycopy(hashed, 0, number, TEMP_KEY, HASHED);
    return number;
  }

  private static void xor(byte[] target, byte[] mask) {
    for (int i = 0; i < target.length; i++) {
      target[i] ^= mask[i];
    }
  }

  private static void reverse(byte[] bytes) {
    for (int i = 0, j = bytes.length - 1; i < j; i++, j--) {
      byte swap = bytes[i];
      bytes[i] = bytes[j];
      bytes[j] = swap;
    }
  }
}
