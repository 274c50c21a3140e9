package dev.jobradar.mtproto.session;

import dev.jobradar.mtproto.ProtocolException;
import dev.jobradar.mtproto.crypto.AuthKey;
import dev.jobradar.mtproto.session.ClientState.Phase;
import dev.jobradar.tl.mtproto.method.RpcDropAnswer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client's session: the messages of one authorisation key, over one connection after another.
 *
 * <p>It has no I/O, thread or clock. Its owner hands queries to {@link #submit}, sends what {@link
 * #flush} returns, feeds {@link #receive} with packets, calls {@link #check} about every second,
 * and reports {@link #connected} and {@link #disconnected}.
 *
 * <p><b>The life of a query.</b> It is queued until it is sent, then in flight until its answer
 * comes. When the connection is lost in between, three cases are kept apart. What was never sent is
 * sent now. Of what was sent the server is asked ({@code msgs_state_req}): a new message is made
 * only of what it did not receive. What was acknowledged is never sent as a new message: its answer
 * comes by itself, or the same message is sent once more in a container, which the server answers
 * without executing it twice; the caller gets an error when the server no longer has the answer.
 *
 * <p>The first message on each connection is the initial query alone ({@code invokeWithLayer} +
 * {@code initConnection}); the others wait until it has succeeded. When it is refused, nothing more
 * is sent over that connection.
 *
 * <p><b>Bounds.</b> Whatever the server makes this client repeat is slowed down by a {@link
 * RepeatBrake}, and ends in an exception when it does not stop. A query that is rejected again and
 * again is given up. Lists and queues are bounded.
 *
 * <p>Not thread-safe. All times are milliseconds since 1970 and never run backwards.
 */
public final class ClientSession {
  private final ClientState state;
  private final ClientSender sender;
  private final ClientReceiver receiver;

  /**
   * A new session.
   *
   * @param key its key
   * @param salts the known salts of the key
   * @param timeOffset the server's time minus ours, in milliseconds, or null when it is not known:
   *     it is then taken from the server's first message
   */
  public ClientSession(
      AuthKey key,
      ServerSalts salts,
      @Nullable Long timeOffset,
      KeepAlive keepAlive,
      SecureRandom random) {
    ServerTime time =
        timeOffset == null ? new ServerTime.Unknown() : new ServerTime.Known(timeOffset, false);
    this.state = new ClientState(key, salts, time, keepAlive, random);
    this.sender = new ClientSender(state);
    this.receiver = new ClientReceiver(state);
  }

  /** Takes a query; a later {@link #flush} sends it. */
  public void submit(Query query) {
    state.queue.addLast(query);
  }

  /**
   * Forgets a query whose caller no longer waits. If it was sent, the server is asked not to
   * answer.
   */
  public void drop(Query query) {
    if (!state.queue.remove(query) && state.inFlight.remove(query)) {
      state.addNotice(new RpcDropAnswer(query.messageId));
    }
  }

  /**
   * A new connection is open.
   *
   * @param first the initial query, sent first and alone; null when the server needs none
   */
  public void connected(long now, @Nullable Query first) {
    state.phase = first == null ? Phase.READY : Phase.INTRODUCING;
    state.initial = first;
    state.liveness.connected(now);
    state.inFlight.connected();
  }

  /** The connection is lost. */
  public void disconnected() {
    state.phase = Phase.DISCONNECTED;
    state.time(new ServerTime.Event.Disconnected(), 0);
    if (state.initial != null) {
      state.inFlight.remove(state.initial);
      state.initial = null;
    }
    state.notices.clear();
  }

  /** Whether queries are sent: there is a connection, and its initial query has succeeded. */
  public boolean ready() {
    return state.phase == Phase.READY;
  }

  /** Number of queries that are neither answered nor given up. */
  public int pending() {
    return state.queue.size() + state.inFlight.size();
  }

  /** Removes and returns all queries that are neither answered nor given up. */
  public List<Query> abandonAll() {
    List<Query> all = new ArrayList<>(state.inFlight.removeAll());
    all.addAll(state.queue);
    state.queue.clear();
    return all;
  }

  /** The server's time, in milliseconds since 1970. */
  public long serverTime(long now) {
    return state.time.at(now);
  }

  /** Whether the server's time is known. */
  public boolean timeKnown() {
    return !(state.time instanceof ServerTime.Unknown);
  }

  /**
   * What keeps queries waiting although the connection is ready: the service message by which the
   * server makes us repeat messages; null when it does not.
   */
  public @Nullable String repeating(long now) {
    return state.brake.brakes(now) ? state.repeated : null;
  }

  /** The salt in use. */
  public long salt(long now) {
    return state.salts.at(serverTime(now));
  }

  /** The session's id. */
  public long sessionId() {
    return state.sessionId;
  }

  /** The result of {@link #check}. */
  public enum Health {
    /** Nothing to do. */
    QUIET,
    /** Something waits to be sent: call {@link #flush}. */
    TO_SEND,
    /** The connection is dead: close it and reconnect. */
    DEAD
  }

  /** Checks the connection: call it about every second. */
  public Health check(long now) {
    if (state.phase == Phase.DISCONNECTED) {
      return Health.QUIET;
    }
    if (state.liveness.dead(now)) {
      return Health.DEAD;
    }
    state.liveness.check(now, !state.inFlight.isEmpty());
    if (ready()) {
      state.inFlight.check(now);
    }
    if (state.liveness.pingWanted() && timeKnown()) {
      state.received.forgetBelow(MessageIds.atTime(serverTime(now) - 2 * ServerTime.MAX_BEHIND));
    }
    return sender.somethingToSend(now) ? Health.TO_SEND : Health.QUIET;
  }

  /** The next packet to send, or null when nothing waits. Call it until it returns null. */
  public byte @Nullable [] flush(long now) {
    return sender.flush(now);
  }

  /**
   * Takes a packet.
   *
   * @param events receives what it meant, in order; when a message of a container breaks a rule,
   *     the events of the messages before it remain valid
   * @throws ProtocolException when it breaks a rule, or the server makes us repeat too much: the
   *     rest of the packet was discarded; close the connection and reconnect
   *     (core.telegram.org/mtproto/security_guidelines)
   */
  public void receive(byte[] packet, long now, List<SessionEvent> events) {
    receiver.receive(packet, now, events);
  }
}
