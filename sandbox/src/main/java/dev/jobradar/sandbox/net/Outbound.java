package dev.jobradar.sandbox.net;

import dev.jobradar.mtproto.transport.Frame;
import dev.jobradar.mtproto.transport.FrameEncoder;
import dev.jobradar.sandbox.fault.Faults;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * What is to be said to a client. Any thread may add to it; one at a time writes. Sessions make
 * their packets only when the socket has room: what a client does not read stays with them,
 * bounded.
 */
final class Outbound {
  private final WritableByteChannel channel;
  private final Faults faults;
  private final PacketFaults packetFaults;

  /** Said before anything of the sessions. */
  private final Queue<Frame> first = new ConcurrentLinkedQueue<>();

  private final Queue<SessionLink> talking = new ConcurrentLinkedQueue<>();

  /** Set before the first frame is added. */
  private volatile @Nullable FrameEncoder encoder;

  private @Nullable ByteBuffer unwritten;

  /**
   * @param channel does not block
   */
  Outbound(WritableByteChannel channel, Faults faults, PacketFaults packetFaults) {
    this.channel = channel;
    this.faults = faults;
    this.packetFaults = packetFaults;
  }

  void speaks(FrameEncoder known) {
    encoder = known;
  }

  void add(Frame frame) {
    first.add(frame);
  }

  void add(SessionLink link) {
    talking.add(link);
  }

  /**
   * Writes as much as the socket takes. By one thread at a time.
   *
   * @param connection for which sessions make their packets
   * @return whether that was all there is to say
   */
  boolean write(Connection connection) throws IOException {
    FrameEncoder known = encoder;
    while (known != null) {
      ByteBuffer bytes = unwritten;
      if (bytes == null) {
        Frame next = next(connection);
        if (next == null) {
          return true;
        }
        bytes = known.encode(next);
        connection.travel(bytes.remaining());
        unwritten = bytes;
      }
      channel.write(bytes);
      if (bytes.hasRemaining()) {
        return false;
      }
      unwritten = null;
    }
    return true;
  }

  private @Nullable Frame next(Connection connection) {
    Frame frame = first.poll();
    if (frame != null) {
      return frame;
    }
    for (SessionLink link = talking.poll(); link != null; link = talking.poll()) {
      byte[] packet = link.flush(connection);
      if (packet != null) {
        link.hasSomethingToSay();
        Frame.Packet made = new Frame.Packet(packet);
        if (faults.isEmpty()) {
          return made;
        }
        first.addAll(packetFaults.instead(made, link));
        Frame next = first.poll();
        if (next != null) {
          return next;
        }
      }
    }
    return null;
  }
}
