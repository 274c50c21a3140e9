package dev.jobradar.mtproto.crypto;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;

/**
 * The encryption of MTProto 2.0 messages, in place in the array that goes to or came from the
 * transport (core.telegram.org/mtproto/description):
 *
 * <pre>auth_key_id (8) | msg_key (16) | encrypted: plaintext and padding (a multiple of 16)</pre>
 *
 * <p>What is inside — salt, session, lengths, how much padding — is its caller's business. No
 * state; safe for use by many threads.
 */
public final class MessageCipher {
  /** Bytes before the encrypted part: auth_key_id and msg_key. */
  public static final int HEADER = 24;

  static final int MESSAGE_KEY = 16;
  private static final int KEY_AT = Long.BYTES;

  private MessageCipher() {}

  /** The auth_key_id at the head of a message; zero is an unencrypted one. */
  public static long authKeyId(byte[] message, int from) {
    return LittleEndian.getLong(message, from);
  }

  /**
   * Encrypts the message in {@code [from, to)} whose plaintext, padding included, begins after 24
   * bytes left free for the header, and fills in the header.
   *
   * @param to {@code to - from - 24} is a multiple of 16 and at least 16
   */
  public static void seal(
      AuthKey key, MessageDirection direction, byte[] message, int from, int to) {
    Objects.checkFromToIndex(from, to, message.length);
    if (!isWhole(from, to)) {
      throw new IllegalArgumentException(
          "expected a header of 24 bytes and blocks of 16, got " + (to - from) + " bytes");
    }
    int body = from + HEADER;
    byte[] messageKey = messageKey(key, direction, message, body, to);
    LittleEndian.setLong(message, from, key.id());
    System.arraycopy(messageKey, 0, message, from + KEY_AT, MESSAGE_KEY);
    aesKeyIv(key, direction, messageKey).encrypt(message, body, to - body);
  }

  /**
   * Decrypts the message in {@code [from, to)} in place and verifies its msg_key. When this returns
   * false — a length that cannot be, another key's id, or a msg_key that does not match — the
   * message is to be discarded whole, in one and the same way whatever the reason; its body has
   * then been wiped or left encrypted.
   */
  public static boolean open(
      AuthKey key, MessageDirection direction, byte[] message, int from, int to) {
    Objects.checkFromToIndex(from, to, message.length);
    if (!isWhole(from, to) || authKeyId(message, from) != key.id()) {
      return false;
    }
    int body = from + HEADER;
    byte[] received = Arrays.copyOfRange(message, from + KEY_AT, body);
    aesKeyIv(key, direction, received).decrypt(message, body, to - body);
    byte[] computed = messageKey(key, direction, message, body, to);
    if (!MessageDigest.isEqual(received, computed)) {
      Arrays.fill(message, body, to, (byte) 0);
      return false;
    }
    return true;
  }

  private static boolean isWhole(int from, int to) {
    int body = to - from - HEADER;
    return body >= AesIge.BLOCK && body % AesIge.BLOCK == 0;
  }

  /** The middle 128 bits of SHA-256 over a part of the key, the plaintext and its padding. */
  static byte[] messageKey(
      AuthKey key, MessageDirection direction, byte[] message, int from, int to) {
    MessageDigest sha256 = Hashes.newSha256();
    key.digest(sha256, 88 + direction.x(), 32);
    sha256.update(message, from, to - from);
    return Arrays.copyOfRange(sha256.digest(), 8, 8 + MESSAGE_KEY);
  }

  static AesKeyIv aesKeyIv(AuthKey key, MessageDirection direction, byte[] messageKey) {
    MessageDigest sha256 = Hashes.newSha256();
    sha256.update(messageKey);
    key.digest(sha256, direction.x(), 36);
    byte[] a = sha256.digest();
    key.digest(sha256, 40 + direction.x(), 36);
    sha256.update(messageKey);
    byte[] b = sha256.digest();
    // The key is a with b in its middle, the IV the other way round.
    byte[] aesKey = a.clone();
    System.arraycopy(b, 8, aesKey, 8, 16);
    System.arraycopy(a, 8, b, 8, 16);
    return new AesKeyIv(aesKey, b);
  }
}
