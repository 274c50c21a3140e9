package dev.jobradar.mtproto.crypto;

import dev.jobradar.mtproto.ProtocolException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * encrypted_message of auth.bindTempAuthKey: the one thing still encrypted as in MTProto 1.0, under
 * the permanent key, to show that who holds the temporary key holds that one too
 * (core.telegram.org/method/auth.bindTempAuthKey and core.telegram.org/mtproto/description_v1).
 *
 * <pre>auth_key_id (8) | msg_key (16) | encrypted: random (16) | msg_id (8) | seqno 0 (4) |
 * length (4) | body | padding (0–15)</pre>
 *
 * @param messageId msg_id of the request that carries it
 * @param body a serialised bind_auth_key_inner; copied neither in nor out
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once and never compared
public record BindingMessage(long messageId, byte[] body) {
  private static final int RANDOM = 16;
  private static final int LENGTH_AT = RANDOM + Long.BYTES + Integer.BYTES;
  private static final int BODY_AT = LENGTH_AT + Integer.BYTES;

  /** Encrypts this message under the permanent key. */
  public byte[] seal(AuthKey permanentKey, SecureRandom random) {
    int end = BODY_AT + body.length;
    int padded = (end + AesIge.BLOCK - 1) / AesIge.BLOCK * AesIge.BLOCK;
    byte[] plain = new byte[padded];
    random.nextBytes(plain);
    LittleEndian.setLong(plain, RANDOM, messageId);
    LittleEndian.setInt(plain, RANDOM + Long.BYTES, 0);
    LittleEndian.setInt(plain, LENGTH_AT, body.length);
    System.arraycopy(body, 0, plain, BODY_AT, body.length);

    byte[] messageKey = messageKey(plain, end);
    byte[] sealed = new byte[MessageCipher.HEADER + padded];
    LittleEndian.setLong(sealed, 0, permanentKey.id());
    System.arraycopy(messageKey, 0, sealed, Long.BYTES, MessageCipher.MESSAGE_KEY);
    aesKeyIv(permanentKey, MessageDirection.TO_SERVER, messageKey).encrypt(plain, 0, padded);
    System.arraycopy(plain, 0, sealed, MessageCipher.HEADER, padded);
    return sealed;
  }

  /**
   * Decrypts and verifies such a message.
   *
   * @throws ProtocolException when it was not made with this key, or not so
   */
  public static BindingMessage open(AuthKey permanentKey, byte[] sealed) {
    int size = sealed.length - MessageCipher.HEADER;
    if (size < BODY_AT || size % AesIge.BLOCK != 0) {
      throw invalid("its length");
    }
    if (LittleEndian.getLong(sealed, 0) != permanentKey.id()) {
      throw invalid("the id of its key");
    }
    byte[] messageKey = Arrays.copyOfRange(sealed, Long.BYTES, MessageCipher.HEADER);
    byte[] plain = Arrays.copyOfRange(sealed, MessageCipher.HEADER, sealed.length);
    aesKeyIv(permanentKey, MessageDirection.TO_SERVER, messageKey).decrypt(plain, 0, size);
    int length = LittleEndian.getInt(plain, LENGTH_AT);
    // An impossible length means a wrong key: hash everything and fail in the same way.
    boolean possible = length >= 0 && length <= size - BODY_AT;
    int end = possible ? BODY_AT + length : size;
    if (!MessageDigest.isEqual(messageKey, messageKey(plain, end)) || !possible) {
      throw invalid("its msg_key");
    }
    if (size - end >= AesIge.BLOCK) {
      throw invalid("the length of its padding");
    }
    if (LittleEndian.getInt(plain, RANDOM + Long.BYTES) != 0) {
      throw invalid("its seqno");
    }
    return new BindingMessage(
        LittleEndian.getLong(plain, RANDOM), Arrays.copyOfRange(plain, BODY_AT, end));
  }

  private static ProtocolException invalid(String what) {
    return new ProtocolException("encrypted_message of bindTempAuthKey: " + what + " is wrong");
  }

  /** SHA-1 of the plaintext without its padding, but for the first 4 bytes. */
  static byte[] messageKey(byte[] plain, int end) {
    MessageDigest sha1 = Hashes.newSha1();
    sha1.update(plain, 0, end);
    return Arrays.copyOfRange(sha1.digest(), 4, 4 + MessageCipher.MESSAGE_KEY);
  }

  /** Key and IV of MTProto 1.0. */
  static AesKeyIv aesKeyIv(AuthKey key, MessageDirection direction, byte[] messageKey) {
    int x = direction.x();
    MessageDigest sha1 = Hashes.newSha1();
    sha1.update(messageKey);
    key.digest(sha1, x, 32);
    byte[] a = sha1.digest();
    key.digest(sha1, 32 + x, 16);
    sha1.update(messageKey);
    key.digest(sha1, 48 + x, 16);
    byte[] b = sha1.digest();
    key.digest(sha1, 64 + x, 32);
    sha1.update(messageKey);
    byte[] c = sha1.digest();
    sha1.update(messageKey);
    key.digest(sha1, 96 + x, 32);
    byte[] d = sha1.digest();

    byte[] aesKey = Arrays.copyOf(a, 32);
    System.arraycopy(b, 8, aesKey, 8, 12);
    System.arraycopy(c, 4, aesKey, 20, 12);
    byte[] iv = Arrays.copyOfRange(a, 8, 40);
    System.arraycopy(b, 0, iv, 12, 8);
    System.arraycopy(c, 16, iv, 20, 4);
    System.arraycopy(d, 0, iv, 24, 8);
    return new AesKeyIv(aesKey, iv);
  }

  @Override
  public String toString() {
    return "BindingMessage[" + body.length + " bytes]";
  }
}
