package dev.jobradar.mtproto.crypto;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-1 and SHA-256 of byte strings laid end to end. Safe for use by many threads. */
public final class Hashes {
  /** Length of a SHA-1 hash in bytes. */
  public static final int SHA1_SIZE = 20;

  /** Length of a SHA-256 hash in bytes. */
  public static final int SHA256_SIZE = 32;

  private Hashes() {}

  /** SHA-1 of all parts, one after another; 20 bytes. */
  public static byte[] sha1(byte[]... parts) {
    return digest(newSha1(), parts);
  }

  /** SHA-256 of all parts, one after another; 32 bytes. */
  public static byte[] sha256(byte[]... parts) {
    return digest(newSha256(), parts);
  }

  /** A fresh SHA-1: making one costs about 60 ns, so none is kept. */
  static MessageDigest newSha1() {
    return newDigest("SHA-1");
  }

  /** A fresh SHA-256: making one costs about 60 ns, so none is kept. */
  static MessageDigest newSha256() {
    return newDigest("SHA-256");
  }

  private static byte[] digest(MessageDigest digest, byte[][] parts) {
    for (byte[] part : parts) {
      digest.update(part);
    }
    return digest.digest();
  }

  private static MessageDigest newDigest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(algorithm + " is missing from this JDK", e);
    }
  }
}
