package dev.jobradar.mtproto.session;

import dev.jobradar.mtproto.crypto.AuthKey;
import dev.jobradar.mtproto.crypto.MessageCipher;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The token of a quick acknowledgement: the first 32 bits of the hash whose middle is the msg_key,
 * with the top bit set (core.telegram.org/mtproto/mtproto-transports#quick-ack).
 */
public final class QuickAckToken {
  private static final int KEY_PART = 88;
  private static final int KEY_PART_SIZE = 32;

  private QuickAckToken() {}

  /**
   * The token of a client's packet that was {@linkplain EncryptedMessage#open opened} in place.
   *
   * @param packet with its plaintext, padding included, where the ciphertext was
   */
  public static int of(AuthKey key, byte[] packet) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(key.toByteArray(), KEY_PART, KEY_PART_SIZE);
      sha256.update(packet, MessageCipher.HEADER, packet.length - MessageCipher.HEADER);
      return ByteBuffer.wrap(sha256.digest()).order(ByteOrder.LITTLE_ENDIAN).getInt() | 1 << 31;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
