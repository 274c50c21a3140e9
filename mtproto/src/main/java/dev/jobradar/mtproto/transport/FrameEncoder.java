package dev.jobradar.mtproto.transport;

import java.nio.ByteBuffer;

/**
 * Turns frames into bytes. What it returns must be sent whole and in the order of the calls: the
 * first result of a client's encoder begins with the transport's header, and some transports count.
 * Not safe for use by several threads at once.
 */
public interface FrameEncoder {
  /**
   * The bytes of one frame, in a buffer of its own.
   *
   * @throws IllegalArgumentException when this side or this transport cannot send such a frame, or
   *     when a payload is empty, not divisible by four or longer than the transport can say
   */
  ByteBuffer encode(Frame frame);
}
