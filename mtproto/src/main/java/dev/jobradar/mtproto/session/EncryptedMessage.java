package dev.jobradar.mtproto.session;

import dev.jobradar.mtproto.ProtocolException;
import dev.jobradar.mtproto.crypto.AuthKey;
import dev.jobradar.mtproto.crypto.MessageCipher;
import dev.jobradar.mtproto.crypto.MessageDirection;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.random.RandomGenerator;

/**
 * What is inside an encrypted packet (core.telegram.org/mtproto/description#encrypted-message):
 * salt, session_id, message_id, seq_no, length, body, and 12 to 1,024 bytes of padding.
 *
 * @param salt the sender's idea of the server salt
 * @param sessionId the session that it belongs to
 * @param messageId its id
 * @param seqNo its number
 * @param body its body: whole words
 */
public record EncryptedMessage(long salt, long sessionId, long messageId, int seqNo, Slice body) {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int SALT = MessageCipher.HEADER;
  private static final int SESSION = SALT + 8;
  private static final int MESSAGE = SESSION + 8;
  private static final int SEQ = MESSAGE + 8;
  private static final int LENGTH = SEQ + 4;
  private static final int BODY = LENGTH + 4;
  private static final int BLOCK = 16;
  private static final int MIN_PADDING = 12;
  private static final int MAX_PADDING = 1024;

  /** The bytes of the packet that carries a body of so many. */
  public static long sealedSize(long body) {
    long end = BODY + body;
    return end + MIN_PADDING + Math.floorMod(-(end + MIN_PADDING - SALT), BLOCK);
  }

  /**
   * The packet that carries it.
   *
   * @param random for the padding: a cryptographic one
   */
  public byte[] seal(AuthKey key, MessageDirection direction, RandomGenerator random) {
    int end = BODY + body.size();
    byte[] packet = new byte[Math.toIntExact(sealedSize(body.size()))];
    int padding = packet.length - end;
    LONG.set(packet, SALT, salt);
    LONG.set(packet, SESSION, sessionId);
    LONG.set(packet, MESSAGE, messageId);
    INT.set(packet, SEQ, seqNo);
    INT.set(packet, LENGTH, body.size());
    body.copyTo(packet, BODY);
    byte[] noise = new byte[padding];
    random.nextBytes(noise);
    System.arraycopy(noise, 0, packet, end, padding);
    MessageCipher.seal(key, direction, packet, 0, packet.length);
    return packet;
  }

  /**
   * Opens a packet in place; the body stays where it is in it.
   *
   * @throws ProtocolException when the packet is not of this key, its msg_key does not match
   *     (checked before anything else is looked at), or a length or the padding breaks a rule of
   *     core.telegram.org/mtproto/security_guidelines: it must be discarded whole
   */
  public static EncryptedMessage open(AuthKey key, MessageDirection direction, byte[] packet) {
    if (!MessageCipher.open(key, direction, packet, 0, packet.length)) {
      throw new ProtocolException("a packet that was not encrypted with this key");
    }
    if (packet.length < BODY) {
      throw new ProtocolException("a packet too short for a message: " + packet.length + " bytes");
    }
    int length = (int) INT.get(packet, LENGTH);
    if (length < 0 || length > packet.length - BODY) {
      throw new ProtocolException(
          "a message of "
              + length
              + " bytes in a packet that has room for "
              + (packet.length - BODY));
    }
    if ((length & 3) != 0) {
      throw new ProtocolException("a message's length is divisible by 4, got " + length);
    }
    int padding = packet.length - BODY - length;
    if (padding < MIN_PADDING || padding > MAX_PADDING) {
      throw new ProtocolException("padding is 12 to 1,024 bytes, got " + padding);
    }
    return new EncryptedMessage(
        (long) LONG.get(packet, SALT),
        (long) LONG.get(packet, SESSION),
        (long) LONG.get(packet, MESSAGE),
        (int) INT.get(packet, SEQ),
        new Slice(packet, BODY, BODY + length));
  }
}
