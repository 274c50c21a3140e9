package dev.jobradar.sandbox.net;

import dev.jobradar.mtproto.ProtocolException;
import dev.jobradar.mtproto.transport.Codec;
import dev.jobradar.mtproto.transport.Frame;
import dev.jobradar.mtproto.transport.FrameDecoder;
import dev.jobradar.mtproto.transport.TransportDetector;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a client sends, up to what has arrived. Any thread may have it read; whole frames wait here
 * until they are taken. Thread-safe.
 */
final class Inbound {
  /** More than socket buffers hold: what arrived before the end of a stream is less. */
  private static final long MAX_READ_TO_END = 64L << 20;

  private final ReentrantLock lock = new ReentrantLock();
  private final ReadableByteChannel channel;
  private final Consumer<Codec> detected;
  private final Consumer<String> ended;

  /** Until it is known how the client speaks. Guarded by lock, as everything below. */
  private @Nullable TransportDetector detector;

  private @Nullable FrameDecoder decoder;
  private final ArrayDeque<Frame> arrived = new ArrayDeque<>(1);
  private @Nullable String end;

  /**
   * @param channel does not block
   * @param detected called with the client's transport, before the first frame is taken
   * @param ended called with the reason when the end of input is seen, on the thread that sees it
   */
  Inbound(
      ReadableByteChannel channel,
      TransportDetector detector,
      Consumer<Codec> detected,
      Consumer<String> ended) {
    this.channel = channel;
    this.detector = detector;
    this.detected = detected;
    this.ended = ended;
  }

  /** The next frame, or null when none has arrived whole. */
  @Nullable Frame next() {
    lock.lock();
    try {
      if (arrived.isEmpty()) {
        fill(1);
      }
      return arrived.poll();
    } finally {
      lock.unlock();
    }
  }

  /** Reads all that has arrived; returns whether a frame or an end was among it. */
  boolean readToEnd() {
    lock.lock();
    try {
      int before = arrived.size();
      boolean open = end == null;
      fill(Integer.MAX_VALUE);
      return arrived.size() > before || (open && end != null);
    } finally {
      lock.unlock();
    }
  }

  /** Why nothing more will come once the frames that wait are taken; null while more may. */
  @Nullable String end() {
    lock.lock();
    try {
      return arrived.isEmpty() ? end : null;
    } finally {
      lock.unlock();
    }
  }

  private void fill(int maxFrames) {
    long left = MAX_READ_TO_END;
    try {
      while (end == null && arrived.size() < maxFrames && left > 0) {
        int count = channel.read(wanted());
        if (count == 0) {
          return;
        }
        if (count < 0) {
          end("the client closed it");
        } else {
          advance();
        }
        left -= count;
      }
    } catch (ProtocolException e) {
      end("the client broke the transport: " + e.getMessage());
    } catch (IOException e) {
      end("it was reset");
    }
  }

  private ByteBuffer wanted() {
    if (decoder != null) {
      return decoder.wanted();
    }
    if (detector == null) {
      throw new IllegalStateException("neither detecting nor decoding");
    }
    return detector.wanted();
  }

  private void advance() {
    if (decoder != null) {
      Frame frame = decoder.advance();
      if (frame != null) {
        arrived.addLast(frame);
      }
    } else if (detector != null) {
      TransportDetector.Detected known = detector.advance();
      if (known != null) {
        detector = null;
        decoder = known.codec().decoder();
        detected.accept(known.codec());
      }
    }
  }

  private void end(String why) {
    end = why;
    ended.accept(why);
  }
}
