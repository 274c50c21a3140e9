package dev.jobradar.mtproto.transport;

import dev.jobradar.mtproto.ProtocolException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Cuts frames out of a byte stream. Call {@link #wanted}, put at least one byte into that buffer,
 * call {@link #advance}, and so on. Not safe for use by several threads at once.
 */
public interface FrameDecoder {
  /**
   * The buffer to read into next. It has room for at least one byte and never for a byte that
   * belongs to the next frame; it is good until {@link #advance} is called.
   */
  ByteBuffer wanted();

  /**
   * Takes note of what was put into the {@link #wanted wanted} buffer.
   *
   * @return the frame that these bytes complete, or null when more are needed
   * @throws ProtocolException when the bytes are not a frame of this transport; nothing more can be
   *     read from the stream then, and the decoder must not be used again
   */
  @Nullable Frame advance();

  /**
   * Whether bytes of an unfinished frame were taken: an end of the stream now is not a clean one.
   */
  boolean midFrame();
}
