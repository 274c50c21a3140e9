package dev.jobradar.mtproto.crypto;

import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * An authorisation key: the 2,048 secret bits that a client and a data centre share
 * (core.telegram.org/mtproto/auth_key, step 8). Immutable, safe for use by many threads. Compared
 * in constant time; {@link #toString} shows the id, which goes over the wire in the clear.
 */
public final class AuthKey {
  /** Length of the key in bytes. */
  public static final int SIZE = 256;

  private final byte[] key;
  private final long id;

  /**
   * @param key 256 bytes, copied
   */
  public AuthKey(byte[] key) {
    if (key.length != SIZE) {
      throw new IllegalArgumentException("an auth key has 256 bytes, got " + key.length);
    }
    this.key = key.clone();
    this.id = LittleEndian.getLong(Hashes.sha1(key), Hashes.SHA1_SIZE - Long.BYTES);
  }

  /** auth_key_id: the 64 low-order bits of the key's SHA-1, as the TL long that is sent. */
  public long id() {
    return id;
  }

  /** auth_key_aux_hash: the 64 high-order bits of the key's SHA-1, as the TL long that is sent. */
  public long auxHash() {
    return LittleEndian.getLong(Hashes.sha1(key), 0);
  }

  /** A copy of the 256 bytes: a secret. */
  public byte[] toByteArray() {
    return key.clone();
  }

  /** Feeds a part of the key to a hash. */
  void digest(MessageDigest digest, int from, int length) {
    digest.update(key, from, length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AuthKey that && id == that.id && MessageDigest.isEqual(key, that.key);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(id);
  }

  @Override
  public String toString() {
    return "AuthKey[" + HexFormat.of().toHexDigits(id) + "]";
  }
}
