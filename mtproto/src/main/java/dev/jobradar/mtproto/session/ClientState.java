package dev.jobradar.mtproto.session;

import dev.jobradar.mtproto.CallFailedException.Progress;
import dev.jobradar.mtproto.CallFailedException.Reason;
import dev.jobradar.mtproto.ProtocolException;
import dev.jobradar.mtproto.crypto.AuthKey;
import dev.jobradar.tl.TlObject;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the parts of a {@link ClientSession} share: its messages, its numbers, its clock. */
final class ClientState {
  /** How far a connection has come. */
  enum Phase {
    /** There is none. */
    DISCONNECTED,
    /** The initial query is not answered: it travels alone. */
    INTRODUCING,
    /** Queries are sent. */
    READY,
    /** The initial query was refused: nothing more is sent over this connection. */
    REFUSED
  }

  /** After so many rejections a query is given up. */
  private static final int MAX_REJECTIONS = 6;

  private static final int MAX_NOTICES = 1024;

  final AuthKey key;
  final ServerSalts salts;
  final SecureRandom random;
  final KeepAlive keepAlive;

  long sessionId;
  MessageSequence sequence = new MessageSequence();
  ReceivedIds received = new ReceivedIds();
  final PendingAcks acks = new PendingAcks();
  final Liveness liveness;
  ServerTime time;
  RepeatBrake brake = RepeatBrake.RELEASED;

  /** What the server last made us repeat. */
  @Nullable String repeated;

  /** Never sent. */
  final ArrayDeque<Query> queue = new ArrayDeque<>(2);

  /** Sent and not answered. */
  final InFlight inFlight;

  /** Service messages that are sent once and not repeated when they are lost. */
  final ArrayDeque<TlObject> notices = new ArrayDeque<>(1);

  Phase phase = Phase.DISCONNECTED;

  /** The first query of this connection, until it is answered. */
  @Nullable Query initial;

  long saltsAskedAt;

  /** The last id sent when the server's last rejection was heeded. */
  long correctedId;

  /** A session that was left and that the server can forget; 0 for none. */
  long abandonedSessionId;

  /** Whether the server has said that it created this session: it does so once for each. */
  boolean sessionCreated;

  /** Of the last {@code new_session_created}, which may be repeated. */
  long lastUniqueId;

  ClientState(
      AuthKey key, ServerSalts salts, ServerTime time, KeepAlive keepAlive, SecureRandom random) {
    this.key = key;
    this.salts = salts;
    this.time = time;
    this.keepAlive = keepAlive;
    this.random = random;
    this.liveness = new Liveness(keepAlive);
    this.inFlight = new InFlight(keepAlive.suspectAfter().toMillis());
    this.sessionId = random.nextLong();
  }

  ServerTime.Verdict time(ServerTime.Event event, long now) {
    ServerTime.Step step = ServerTime.next(time, event, now);
    time = step.next();
    return step.verdict();
  }

  void addNotice(TlObject notice) {
    if (notices.size() >= MAX_NOTICES) {
      notices.removeFirst();
    }
    notices.addLast(notice);
  }

  /**
   * The server made us repeat something.
   *
   * @throws ProtocolException when it did so too often: the connection is to be given up
   */
  void repeated(String why, long now) {
    brake = brake.repeated(now);
    repeated = why;
    if (brake.exhausted()) {
      throw new ProtocolException("the server makes us repeat messages again and again: " + why);
    }
  }

  /** The server did not take a query: it is sent again as a new message. */
  void requeue(Query query) {
    inFlight.remove(query);
    query.progress = Progress.NEVER_SENT;
    if (!query.equals(initial)) {
      queue.addFirst(query);
    }
  }

  /** The server rejected a query's message. */
  void rejected(Query query, List<SessionEvent> events) {
    query.rejections++;
    if (query.rejections < MAX_REJECTIONS) {
      requeue(query);
    } else if (query.equals(initial)) {
      throw new ProtocolException("the server rejects the first query again and again");
    } else if (inFlight.remove(query)) {
      query.progress = Progress.NEVER_SENT;
      events.add(new SessionEvent.Abandoned(query, Reason.REJECTED, Progress.NEVER_SENT));
    }
  }

  /** The server may have executed a query: it is sent again only when that is safe. */
  void repeatOrGiveUp(Query query, Reason reason, List<SessionEvent> events) {
    boolean mayRepeat = query.progress != Progress.ACKNOWLEDGED && query.repeatable();
    if (mayRepeat || query.equals(initial)) {
      requeue(query);
    } else if (inFlight.remove(query)) {
      events.add(new SessionEvent.Abandoned(query, reason, query.progress));
    }
  }
}
