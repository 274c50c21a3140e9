package dev.jobradar.mtproto.transport;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The part that all encoders share: who may send what, and errors as packets of four bytes. */
abstract class PayloadEncoder implements FrameEncoder {
  private final Side sender;
  private final int maxPayload;

  PayloadEncoder(Side sender, int maxPayload) {
    this.sender = sender;
    this.maxPayload = maxPayload;
  }

  @Override
  public final ByteBuffer encode(Frame frame) {
    return switch (frame) {
      case Frame.Packet packet -> packet(packet);
      case Frame.QuickAck ack -> {
        requireServer("quick acknowledgement");
        yield quickAck(ack.token());
      }
      case Frame.TransportError error -> {
        requireServer("transport error");
        yield error(ShortPayload.bytesOf(-error.code()));
      }
    };
  }

  private ByteBuffer packet(Frame.Packet packet) {
    int length = packet.payload().length;
    if (length == 0 || length % 4 != 0 || length > maxPayload) {
      throw new IllegalArgumentException(
          "payload length: got " + length + ", expected a multiple of 4 within 4.." + maxPayload);
    }
    if (packet.quickAckRequested() && sender == Side.SERVER) {
      throw new IllegalArgumentException("only a client asks for a quick acknowledgement");
    }
    return packet(packet.payload(), packet.quickAckRequested());
  }

  private void requireServer(String what) {
    if (sender == Side.CLIENT) {
      throw new IllegalArgumentException("a client sends no " + what);
    }
  }

  abstract ByteBuffer packet(byte[] payload, boolean quickAck);

  abstract ByteBuffer quickAck(int token);

  /** A code of four bytes, framed as a packet. */
  ByteBuffer error(byte[] code) {
    return packet(code, false);
  }

  static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
