package dev.jobradar.mtproto.client;

import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.mtproto.ProtocolException;
import dev.jobradar.mtproto.TransportException;
import dev.jobradar.mtproto.channel.FramedChannel;
import dev.jobradar.mtproto.session.ClientSession;
import dev.jobradar.mtproto.session.Query;
import dev.jobradar.mtproto.session.SessionEvent;
import dev.jobradar.mtproto.session.Slice;
import dev.jobradar.mtproto.transport.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads one TCP connection from the first query to the end: gives packets to the session, and what
 * the session makes of them to callers and to the listener.
 *
 * <p>For the connection's own thread, which does not hold the lock.
 */
final class SessionReader {
  private final Object lock;
  private final Calls calls;
  private final Link link;
  private final EventDispatcher dispatcher;
  private final PendingCall first;
  private final Consumer<Slice> initialized;

  /**
   * @param lock guards the calls and the link
   * @param first the first query; reading ends when the server refuses it
   * @param initialized takes the answer to it
   */
  SessionReader(
      Object lock,
      Calls calls,
      Link link,
      EventDispatcher dispatcher,
      PendingCall first,
      Consumer<Slice> initialized) {
    this.lock = lock;
    this.calls = calls;
    this.link = link;
    this.dispatcher = dispatcher;
    this.first = first;
    this.initialized = initialized;
  }

  /**
   * Reads until the TCP connection, or the session on it, ends.
   *
   * @return why
   * @throws MtprotoException when reading fails, or what was read breaks the protocol
   */
  MtprotoException readToEnd(FramedChannel connection) {
    while (true) {
      Frame frame = connection.read();
      switch (frame) {
        case null -> {
          return new TransportException("the server closed the connection", null);
        }
        case Frame.TransportError error -> {
          return error.toException();
        }
        case Frame.QuickAck ack -> {
          // Never requested.
        }
        case Frame.Packet packet -> {
          if (!receive(packet.payload())) {
            return new TransportException("the session continues on a new connection", null);
          }
        }
      }
    }
  }

  /**
   * Takes a packet.
   *
   * @return whether to read on
   */
  private boolean receive(byte[] packet) {
    List<SessionEvent> events = new ArrayList<>(1);
    ProtocolException broken = null;
    synchronized (lock) {
      ClientSession session = calls.session();
      try {
        session.receive(packet, Heartbeat.now(), events);
      } catch (ProtocolException e) {
        broken = e;
      }
      if (broken == null && session.check(Heartbeat.now()) == ClientSession.Health.TO_SEND) {
        link.somethingToSend();
      }
      if (!events.isEmpty()) {
        lock.notifyAll();
      }
    }
    boolean readOn = true;
    for (SessionEvent event : events) {
      dispatcher.dispatch(event);
      switch (event) {
        case SessionEvent.Answered(Query query, Slice result) when query.equals(first) ->
            initialized.accept(result);
        case SessionEvent.Refused(Query query, int _, String _) when query.equals(first) ->
            readOn = false;
        case SessionEvent.Restart() -> readOn = false;
        case SessionEvent.Answered _,
            SessionEvent.Refused _,
            SessionEvent.Abandoned _,
            SessionEvent.Update _,
            SessionEvent.SessionCreated _,
            SessionEvent.UpdatesMissed _ -> {}
      }
    }
    if (broken != null) {
      throw broken;
    }
    return readOn;
  }
}
