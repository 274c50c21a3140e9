package dev.jobradar.mtproto.keyexchange;

import dev.jobradar.mtproto.ProtocolException;
import dev.jobradar.mtproto.session.MessageIds;
import dev.jobradar.mtproto.session.Slice;
import dev.jobradar.tl.TlException;
import dev.jobradar.tl.TlObject;
import dev.jobradar.tl.TlReader;
import dev.jobradar.tl.TlWriter;
import java.util.function.Function;

/**
 * A message without encryption, as only a key exchange sends them
 * (core.telegram.org/mtproto/description#unencrypted-message): auth_key_id 0, message_id, length,
 * body.
 *
 * <p>The body is a TL value, which random bytes may follow: TDLib and Telegram's servers hide the
 * value's length so.
 *
 * @param messageId its id: divisible by 4 from a client, odd from a server
 * @param body the value and what follows it: whole words
 */
public record UnencryptedMessage(long messageId, Slice body) {
  /** Bytes before the body. */
  private static final int HEADER = 20;

  /** Whether a packet is such a message: whether it begins with a key id of zero. */
  public static boolean isUnencrypted(byte[] packet) {
    return packet.length >= Long.BYTES && new TlReader(packet).readLong() == 0;
  }

  /**
   * Reads a packet that a client sent.
   *
   * @throws ProtocolException when it is no such message of a client
   */
  static UnencryptedMessage fromClient(byte[] packet) {
    UnencryptedMessage message = read(packet);
    if (!MessageIds.isClients(message.messageId)) {
      throw new ProtocolException(
          "msg_id: expected a client's, divisible by 4, got remainder " + (message.messageId & 3));
    }
    return message;
  }

  /**
   * Reads a packet that a server sent.
   *
   * @throws ProtocolException when it is no such message of a server
   */
  static UnencryptedMessage fromServer(byte[] packet) {
    UnencryptedMessage message = read(packet);
    if (!MessageIds.isServers(message.messageId)) {
      throw new ProtocolException(
          "msg_id: expected a server's, odd, got remainder " + (message.messageId & 3));
    }
    return message;
  }

  /** The packet for a value. */
  static byte[] write(long messageId, TlObject value) {
    byte[] body = value.toByteArray();
    TlWriter packet = new TlWriter(HEADER + body.length);
    packet.writeLong(0);
    packet.writeLong(messageId);
    packet.writeInt(body.length);
    packet.writeRawBytes(body);
    return packet.toByteArray();
  }

  /**
   * The value at the beginning of the body.
   *
   * @throws ProtocolException when it is another one
   */
  <T> T read(String name, Function<TlReader, T> reader) {
    try {
      return reader.apply(body.reader());
    } catch (TlException e) {
      throw new ProtocolException(name + ": " + e.getMessage(), e);
    }
  }

  private static UnencryptedMessage read(byte[] packet) {
    if (packet.length < HEADER) {
      throw new ProtocolException(
          "unencrypted message: expected 20 bytes or more, got " + packet.length);
    }
    TlReader reader = new TlReader(packet);
    if (reader.readLong() != 0) {
      throw new ProtocolException("unencrypted message: expected auth_key_id 0, got another");
    }
    long messageId = reader.readLong();
    int length = reader.readInt();
    if (length != packet.length - HEADER) {
      throw new ProtocolException(
          "unencrypted message: its length says "
              + length
              + ", and "
              + (packet.length - HEADER)
              + " bytes follow");
    }
    if (length % Integer.BYTES != 0) {
      throw new ProtocolException(
          "unencrypted message: expected a length divisible by 4, got " + length);
    }
    return new UnencryptedMessage(messageId, new Slice(packet, HEADER, packet.length));
  }
}
