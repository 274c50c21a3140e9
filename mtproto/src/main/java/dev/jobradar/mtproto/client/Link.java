package dev.jobradar.mtproto.client;

import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.mtproto.TransportException;
import dev.jobradar.mtproto.channel.FramedChannel;
import dev.jobradar.mtproto.client.LinkState.Effect;
import dev.jobradar.mtproto.client.LinkState.Event;
import dev.jobradar.mtproto.transport.Frame;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * At most one open TCP connection, and the thread that writes to it: the effects of {@link
 * LinkState}. A writer is a virtual thread that exists only while there is something to send, and
 * belongs to one TCP connection.
 *
 * <p>The owner's lock guards it: except for {@link #close}, its methods are called with the lock
 * held, and none of them blocks.
 */
final class Link {
  private static final Logger log = LoggerFactory.getLogger(Link.class);

  /** Where packets come from. */
  interface Packets {
    /** The next packet, null when nothing waits. Called with the owner's lock held. */
    byte @Nullable [] next();
  }

  private final Object lock;
  private final Packets packets;
  private LinkState state = new LinkState.Down();
  private @Nullable FramedChannel channel;

  Link(Object lock, Packets packets) {
    this.lock = lock;
    this.packets = packets;
  }

  void opened(FramedChannel opened) {
    apply(new Event.Opened());
    channel = opened;
  }

  boolean isUp() {
    return channel != null;
  }

  /** Whether it is being ended. */
  boolean isEnding() {
    return state instanceof LinkState.Ending;
  }

  /** The open TCP connection, for the thread that reads. */
  FramedChannel channel() {
    FramedChannel open = channel;
    if (open == null) {
      throw new TransportException("the connection was closed", null);
    }
    return open;
  }

  void somethingToSend() {
    apply(new Event.SomethingToSend());
  }

  /** Makes the reader come to an end, which then closes. */
  void end(MtprotoException reason) {
    apply(new Event.End(reason));
  }

  void beat() {
    apply(new Event.Beat());
  }

  /**
   * Closes the TCP connection, for the thread that reads; without the lock. It is closed
   * afterwards.
   *
   * @return why we ended it, null when we did not
   */
  @Nullable MtprotoException close() {
    FramedChannel ended;
    MtprotoException reason;
    synchronized (lock) {
      ended = channel;
      channel = null;
      reason = state instanceof LinkState.Ending ending ? ending.reason() : null;
      apply(new Event.Closed());
    }
    if (ended != null) {
      // An interrupt from close() has had its effect; it must not cut the closing short.
      Thread.interrupted();
      ended.finish(LinkState.FINISH);
    }
    return reason;
  }

  private void apply(Event event) {
    LinkState.Step step = LinkState.next(state, event, Heartbeat.now());
    FramedChannel open = channel;
    if (open != null) {
      // Before the state says so: a writer that cannot be started must not count as one.
      run(step.effect(), open);
    }
    state = step.next();
  }

  private void run(Effect effect, FramedChannel open) {
    switch (effect) {
      case NONE -> {}
      case START_WRITER -> Thread.ofVirtual().name("mtproto-writer").start(() -> write(open));
      case HALF_CLOSE -> open.halfClose();
      case RESET -> open.reset();
    }
  }

  private void write(FramedChannel to) {
    try {
      for (byte[] packet = nextFor(to); packet != null; packet = nextFor(to)) {
        to.write(new Frame.Packet(packet));
      }
    } catch (Throwable e) {
      // Whatever it is: without this no other writer would ever start.
      writingFailed(to, e);
    }
  }

  private byte @Nullable [] nextFor(FramedChannel to) {
    synchronized (lock) {
      if (channel != to || isEnding()) {
        return null;
      }
      byte[] packet = packets.next();
      apply(packet == null ? new Event.NothingToSend() : new Event.PacketTaken());
      return packet;
    }
  }

  private void writingFailed(FramedChannel to, Throwable why) {
    MtprotoException failure =
        why instanceof MtprotoException known
            ? known
            : new TransportException("writing failed in an unexpected way", why);
    synchronized (lock) {
      if (channel == to) {
        end(failure);
      }
    }
    if (failure != why) {
      log.error("a connection could not write", why);
    }
  }
}
