package dev.jobradar.mtproto.session;

import dev.jobradar.mtproto.ProtocolException;
import dev.jobradar.tl.TlException;
import dev.jobradar.tl.TlReader;
import dev.jobradar.tl.TlWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code msg_container#73f1f8dc messages:vector<%Message> = MessageContainer}: several messages in
 * one (core.telegram.org/mtproto/service_messages#containers).
 */
public final class MessageContainer {
  /** The constructor id. */
  public static final int ID = 0x73f1f8dc;

  /** The most messages that one container may hold. */
  public static final int MAX_MESSAGES = 1024;

  /** Bytes of an inner message before its body: msg_id, seqno, bytes. */
  public static final int INNER_HEADER = 16;

  private MessageContainer() {}

  /** One message of a container, or a message that travels alone. */
  public record Message(long id, int seqNo, Slice body) {}

  /** Whether a body is a container. */
  public static boolean isContainer(Slice body) {
    return body.size() >= 4 && body.constructorId() == ID;
  }

  /**
   * Reads a container.
   *
   * @param containerId the message id of the container itself
   * @throws ProtocolException when it is cut short or too long, holds more than {@link
   *     #MAX_MESSAGES}, a body that is not whole words, another container, or an id that is not
   *     below its own (core.telegram.org/mtproto/description: a container's msg_id is greater than
   *     those of its messages)
   */
  public static List<Message> read(long containerId, Slice container) {
    try {
      TlReader in = container.reader();
      in.readInt();
      int count = in.readInt();
      if (count < 0 || count > MAX_MESSAGES) {
        throw new ProtocolException(
            "a container holds at most " + MAX_MESSAGES + " messages, got " + count);
      }
      List<Message> messages = new ArrayList<>(Math.min(count, in.remaining() / INNER_HEADER));
      int at = 8;
      for (int i = 0; i < count; i++) {
        long id = in.readLong();
        int seqNo = in.readInt();
        int length = in.readInt();
        at += INNER_HEADER;
        if (length < 0 || (length & 3) != 0 || length > in.remaining()) {
          throw new ProtocolException(
              "a message of "
                  + length
                  + " bytes in a container that has "
                  + in.remaining()
                  + " left");
        }
        if (id >= containerId) {
          throw new ProtocolException("a container's msg_id is not greater than its messages'");
        }
        Slice body = container.part(at, at + length);
        if (isContainer(body)) {
          throw new ProtocolException("a container inside a container");
        }
        in.slice(length);
        at += length;
        messages.add(new Message(id, seqNo, body));
      }
      if (in.remaining() != 0) {
        throw new ProtocolException(in.remaining() + " bytes behind a container's last message");
      }
      return messages;
    } catch (TlException e) {
      throw new ProtocolException("a container that cannot be read", e);
    }
  }

  /** The bytes of a container of one message with a body of so many. */
  public static long sizeOfOne(int body) {
    return 8L + INNER_HEADER + body;
  }

  /** The bytes of a container of these messages. */
  public static byte[] write(List<Message> messages) {
    TlWriter out = new TlWriter();
    out.writeInt(ID);
    out.writeInt(messages.size());
    for (Message message : messages) {
      out.writeLong(message.id());
      out.writeInt(message.seqNo());
      out.writeInt(message.body().size());
      out.writeRawBytes(message.body().toByteArray());
    }
    return out.toByteArray();
  }
}
