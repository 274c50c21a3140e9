package dev.jobradar.mtproto.transport;

import dev.jobradar.mtproto.ProtocolException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** What bodies too short for a message mean, and the fields of messages that framing looks at. */
final class ShortPayload {
  /** The shortest message: a key id, a message id, a length and one TL number. */
  static final int MIN_MESSAGE = 8 + 8 + 4 + 4;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private ShortPayload() {}

  static int intAt(byte[] bytes, int index) {
    return (int) INT.get(bytes, index);
  }

  static byte[] bytesOf(int value) {
    byte[] bytes = new byte[4];
    INT.set(bytes, 0, value);
    return bytes;
  }

  static long longAt(byte[] bytes, int index) {
    return (long) LONG.get(bytes, index);
  }

  /**
   * The frame for a whole body. From a client a short one stays a packet, for the server to refuse;
   * from a server it is a transport error, or a zero that means nothing (TDLib passes it over too).
   */
  static @Nullable Frame frameOf(Side sender, byte[] body, boolean quickAckRequested) {
    if (sender == Side.CLIENT || body.length >= MIN_MESSAGE) {
      return new Frame.Packet(body, quickAckRequested);
    }
    if (body.length != 4) {
      throw tooShort(body);
    }
    return error(intAt(body, 0));
  }

  /** The error that a server's negative number stands for; null for zero. */
  static Frame.@Nullable TransportError error(int code) {
    if (code == 0) {
      return null;
    }
    if (code >= -1 || code == Integer.MIN_VALUE) {
      throw new ProtocolException("transport error: got " + code + ", expected less than -1");
    }
    return new Frame.TransportError(-code);
  }

  static ProtocolException tooShort(byte[] body) {
    return new ProtocolException(
        "packet length: got " + body.length + ", expected at least " + MIN_MESSAGE);
  }
}
