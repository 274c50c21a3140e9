package dev.jobradar.mtproto.channel;

import dev.jobradar.mtproto.ProtocolException;
import dev.jobradar.mtproto.TransportException;
import dev.jobradar.mtproto.transport.Codec;
import dev.jobradar.mtproto.transport.Frame;
import dev.jobradar.mtproto.transport.TransportDetector;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Frames over one connected socket in blocking mode, meant for virtual threads.
 *
 * <p>One thread reads and one thread writes; the two may differ, and neither may be a caller's
 * thread: an interrupt during a read or a write closes the socket for all users. {@link
 * #halfClose}, {@link #reset} and {@link #close} may be called from any thread.
 *
 * <p>A connection is ended gracefully by {@link #finish}: half-close, read to the end for a limited
 * time, else reset. Only when that has returned may the same session dial again; otherwise the
 * server could see it twice.
 */
public final class FramedChannel implements AutoCloseable {
  private final SocketChannel channel;
  private final Codec codec;

  /**
   * @param channel connected, in blocking mode; belongs to this object from now on
   * @param codec this side's codec, fresh
   */
  public FramedChannel(SocketChannel channel, Codec codec) {
    this.channel = channel;
    this.codec = codec;
  }

  /**
   * Reads as a server until the client's transport is known.
   *
   * @return null when the client closed before that
   * @throws ProtocolException when the transport is unknown
   * @throws TransportException when the network fails
   */
  public static TransportDetector.@Nullable Detected detect(
      SocketChannel channel, TransportDetector detector) {
    try {
      while (channel.read(detector.wanted()) >= 0) {
        TransportDetector.Detected detected = detector.advance();
        if (detected != null) {
          return detected;
        }
      }
      return null;
    } catch (IOException e) {
      throw failed("reading", e);
    }
  }

  /**
   * Waits for the next frame.
   *
   * @return null at the end of the stream
   * @throws ProtocolException when the bytes are no frame; the channel is of no more use then
   * @throws TransportException when the network fails, the channel is closed meanwhile, or the
   *     stream ends within a frame
   */
  public @Nullable Frame read() {
    try {
      while (channel.read(codec.decoder().wanted()) >= 0) {
        Frame frame = codec.decoder().advance();
        if (frame != null) {
          return frame;
        }
      }
    } catch (IOException e) {
      throw failed("reading", e);
    }
    if (codec.decoder().midFrame()) {
      throw new TransportException("the other side closed within a packet", null);
    }
    return null;
  }

  /**
   * Sends one frame whole.
   *
   * @throws IllegalArgumentException when the transport cannot carry it; nothing was sent then
   * @throws TransportException when the network fails or the channel is closed
   */
  public void write(Frame frame) {
    ByteBuffer encoded = codec.encoder().encode(frame);
    try {
      while (encoded.hasRemaining()) {
        channel.write(encoded);
      }
    } catch (IOException e) {
      throw failed("writing", e);
    }
  }

  /** Half-closes: nothing more will be sent; reading continues. */
  public void halfClose() {
    try {
      channel.shutdownOutput();
    } catch (IOException alreadyClosed) {
      // Nothing left to half-close.
    }
  }

  /**
   * Ends the connection gracefully: half-closes, reads and discards to the end for at most {@code
   * limit}, and resets it when the other side has not closed by then. For the thread that reads.
   *
   * @return whether the other side closed in time
   */
  public boolean finish(Duration limit) {
    halfClose();
    boolean ended = readToEnd(limit);
    if (ended) {
      close();
    } else {
      reset();
    }
    return ended;
  }

  private boolean readToEnd(Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    byte[] discarded = new byte[512];
    try {
      Socket socket = channel.socket();
      InputStream in = socket.getInputStream();
      while (true) {
        long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
        if (left <= 0) {
          return false;
        }
        socket.setSoTimeout((int) Math.min(left, Integer.MAX_VALUE));
        if (in.read(discarded) < 0) {
          return true;
        }
      }
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      // Reset by the peer, or closed by us: the connection is closed either way.
      return true;
    }
  }

  /** Resets the connection in both directions; data in transit is lost. */
  public void reset() {
    try {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException alreadyClosed) {
      // Closing twice does no harm.
    }
    close();
  }

  /** Closes the socket; a thread that reads or writes fails with a {@link TransportException}. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // The descriptor is released anyway; there is no recovery.
    }
  }

  private static TransportException failed(String doing, IOException e) {
    String reason = e.getMessage();
    return new TransportException(
        doing + " failed: " + (reason == null ? e.getClass().getSimpleName() : reason), e);
  }
}
