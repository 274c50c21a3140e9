package dev.jobradar.mtproto.crypto;

import java.util.Arrays;

/**
 * An AES-256 key with the 32-byte IV that goes with it, as MTProto derives them for one message or
 * for one key exchange. Immutable, safe for use by many threads; says nothing of itself in {@link
 * #toString}.
 */
public final class AesKeyIv {
  private final byte[] key;
  private final byte[] iv;

  /** Takes ownership of the arrays without copying. */
  AesKeyIv(byte[] key, byte[] iv) {
    if (key.length != 32 || iv.length != AesIge.IV_SIZE) {
      throw new IllegalArgumentException(
          "expected 32 and 32 bytes, got " + key.length + " and " + iv.length);
    }
    this.key = key;
    this.iv = iv;
  }

  /**
   * The key and IV that hide the second half of a key exchange: tmp_aes_key and tmp_aes_iv of
   * core.telegram.org/mtproto/auth_key, step 6.
   *
   * @param newNonce the client's secret, 32 bytes
   * @param serverNonce 16 bytes
   */
  public static AesKeyIv ofNonces(byte[] newNonce, byte[] serverNonce) {
    if (newNonce.length != 32 || serverNonce.length != 16) {
      throw new IllegalArgumentException(
          "expected nonces of 32 and 16 bytes, got " + newNonce.length + ", " + serverNonce.length);
    }
    byte[] newThenServer = Hashes.sha1(newNonce, serverNonce);
    byte[] serverThenNew = Hashes.sha1(serverNonce, newNonce);
    byte[] newTwice = Hashes.sha1(newNonce, newNonce);
    byte[] key = Arrays.copyOf(newThenServer, 32);
    System.arraycopy(serverThenNew, 0, key, 20, 12);
    byte[] iv = Arrays.copyOfRange(serverThenNew, 12, 44);
    System.arraycopy(newTwice, 0, iv, 8, 20);
    System.arraycopy(newNonce, 0, iv, 28, 4);
    return new AesKeyIv(key, iv);
  }

  /** Encrypts in place with {@link AesIge}; {@code length} is a multiple of 16. */
  public void encrypt(byte[] data, int from, int length) {
    AesIge.encrypt(key, iv, data, from, length);
  }

  /** Decrypts in place with {@link AesIge}; {@code length} is a multiple of 16. */
  public void decrypt(byte[] data, int from, int length) {
    AesIge.decrypt(key, iv, data, from, length);
  }

  /** For tests. */
  byte[] key() {
    return key.clone();
  }

  /** For tests. */
  byte[] iv() {
    return iv.clone();
  }

  @Override
  public String toString() {
    return "AesKeyIv";
  }
}
