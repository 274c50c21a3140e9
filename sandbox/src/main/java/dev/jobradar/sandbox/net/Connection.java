package dev.jobradar.sandbox.net;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.transport.Codec;
import dev.jobradar.mtproto.transport.Frame;
import dev.jobradar.mtproto.transport.TransportDetector;
import dev.jobradar.sandbox.fault.Fault;
import dev.jobradar.sandbox.fault.FaultSite;
import dev.jobradar.sandbox.world.KeyId;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One accepted socket. It has no thread of its own: a virtual one runs while there is something to
 * read, and another while there is something to write that nobody else writes.
 *
 * <p>The socket does not block, so that any thread can read it to the end of what has arrived: the
 * {@link ConnectionBook} does that before it counts another connection.
 */
final class Connection implements ConnectionBook.Counted {
  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

  /** A client's packet is at most a part of a file with its call, or a container. */
  private static final int MAX_PAYLOAD = 2 << 20;

  /** How long a client that is being left may take to read what was under way. */
  private static final Duration LINGER = Duration.ofSeconds(1);

  private final long number;
  private final DcId dc;
  private final SocketChannel channel;
  private final SelectionKey interest;
  private final NetworkContext hub;
  private final NetworkListener listener;
  private final Conversation conversation;
  private final LinkFault fault;
  private final Inbound inbound;
  private final Outbound outbound;
  private final Activity reader = new Activity(this::read);
  private final Activity writer = new Activity(this::write);

  /** True while a packet is taken: what there is to say is said at the end of that. */
  private volatile boolean taking;

  /** Why it is to be closed once everything is said. */
  private volatile @Nullable String leaving;

  private volatile boolean closed;

  /** When it is closed at the latest, by the system's timer in nanoseconds; 0 for never. */
  private volatile long closeAt;

  /**
   * @param number in the order of acceptance
   * @param interest of the channel in its selector, which is to call {@link #readable} and {@link
   *     #writable} and to set its interest back before
   */
  Connection(
      long number,
      ServedDataCentre dataCentre,
      SocketChannel channel,
      SelectionKey interest,
      NetworkContext hub,
      NetworkListener listener) {
    this.number = number;
    this.dc = dataCentre.dc();
    this.channel = channel;
    this.interest = interest;
    this.hub = hub;
    this.listener = listener;
    this.fault = new LinkFault(hub, dc);
    this.conversation = new Conversation(hub, dataCentre, this);
    this.outbound = new Outbound(channel, hub.faults(), new PacketFaults(hub, this));
    this.inbound =
        new Inbound(
            channel,
            new TransportDetector(hub.random(), MAX_PAYLOAD, null),
            this::detected,
            end -> hub.book().ended(this));
  }

  @Override
  public long number() {
    return number;
  }

  boolean isClosed() {
    return closed;
  }

  /** The selector found something to read. */
  void readable() {
    reader.request();
  }

  /** The selector found room to write. */
  void writable() {
    writer.request();
  }

  /** It was seen to use a key. */
  void uses(KeyId acting) {
    fault.uses(acting);
  }

  /** The fault that it is given; null for none. */
  Fault.@Nullable OfConnection fault() {
    return fault.now();
  }

  /** It came too fast after others from the same address. */
  void cameTooFast() {
    fault.cameTooFast();
  }

  /** Lets time pass for a packet on a slow link. */
  void travel(int bytes) {
    if (fault() instanceof Fault.Slow slow) {
      try {
        Thread.sleep(slow.time(bytes));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private boolean isHalfOpen() {
    return fault() instanceof Fault.HalfOpen;
  }

  /** Where it leads. */
  FaultSite place() {
    return fault.place();
  }

  /** Goes on with what a fault had held up. */
  void resume() {
    reader.request();
    writer.request();
  }

  private void await(int operation) {
    if (interest.isValid()) {
      interest.interestOpsOr(operation);
      interest.selector().wakeup();
    }
  }

  // --- reading ---------------------------------------------------------------------------------

  private void detected(Codec codec) {
    outbound.speaks(codec.encoder());
  }

  private void read() {
    if (isHalfOpen()) {
      return;
    }
    try {
      for (Frame frame = inbound.next(); frame != null; frame = inbound.next()) {
        if (frame instanceof Frame.Packet packet && leaving == null) {
          travel(packet.payload().length);
          taking = true;
          conversation.take(packet);
          taking = false;
          writer.requestHere();
        }
        if (isHalfOpen()) {
          return;
        }
      }
    } catch (RuntimeException e) {
      LOG.error("connection {} is closed because of a mistake in here", number, e);
      close("a mistake of the server");
    } finally {
      taking = false;
    }
    String end = inbound.end();
    if (end == null) {
      await(SelectionKey.OP_READ);
    } else {
      leave(end);
    }
  }

  @Override
  public void readToEnd() {
    if (inbound.readToEnd()) {
      reader.request();
    }
  }

  // --- writing ---------------------------------------------------------------------------------

  /** Sends a frame before anything that sessions say. */
  void send(Frame frame) {
    outbound.add(frame);
    writeSoon();
  }

  /** A session has something to say. */
  void say(SessionLink link) {
    outbound.add(link);
    writeSoon();
  }

  private void writeSoon() {
    if (!taking) {
      writer.request();
    }
  }

  private void write() {
    if (closed || fault() instanceof Fault.Silence || isHalfOpen()) {
      return;
    }
    try {
      if (!outbound.write(this)) {
        await(SelectionKey.OP_WRITE);
      } else {
        String why = leaving;
        if (why != null) {
          close(why);
        }
      }
    } catch (IOException e) {
      close("it was reset");
    } catch (RuntimeException e) {
      LOG.error("connection {} is closed because of a mistake in here", number, e);
      close("a mistake of the server");
    }
  }

  // --- ending ----------------------------------------------------------------------------------

  /** Answers with a transport error and closes. */
  void refuse(int code) {
    outbound.add(new Frame.TransportError(code));
    leave("refused with " + code);
  }

  /** Closes when so much time has passed; a later call counts. */
  void closeAfter(Duration delay) {
    if (leaving == null) {
      // Zero means never.
      closeAt = System.nanoTime() + delay.toNanos() | 1;
    }
  }

  private void leave(String why) {
    if (leaving == null) {
      closeAfter(LINGER);
      leaving = why;
    }
    writer.request();
  }

  /** Closes it if its time has come; {@code now} is by the system's timer in nanoseconds. */
  void closeIfDue(long now) {
    long due = closeAt;
    if (due != 0 && due - now <= 0 && !isHalfOpen()) {
      String why = leaving;
      close(why == null ? "no ping came in time" : why);
    }
  }

  /** Closes it now by RST: what is under way either way is lost. */
  void reset(String why) {
    try {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException e) {
      LOG.debug("connection {} was gone already", number, e);
    }
    close(why);
  }

  /** Closes it now. Calling it again does nothing. */
  void close(String why) {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debug("connection {} was not closed well", number, e);
    }
    interest.selector().wakeup();
    hub.book().ended(this);
    listener.closed(new ConnectionId(number), dc, why);
  }
}
