package dev.jobradar.mtproto.session;

import dev.jobradar.mtproto.CallFailedException.Progress;
import dev.jobradar.mtproto.crypto.MessageDirection;
import dev.jobradar.mtproto.session.ClientState.Phase;
import dev.jobradar.mtproto.session.MessageContainer.Message;
import dev.jobradar.tl.TlObject;
import dev.jobradar.tl.mtproto.MsgsStateReq;
import dev.jobradar.tl.mtproto.method.DestroySession;
import dev.jobradar.tl.mtproto.method.GetFutureSalts;
import dev.jobradar.tl.mtproto.method.PingDelayDisconnect;
import dev.jobradar.tl.mtproto.method.RpcDropAnswer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Composes a {@link ClientSession}'s packets out of what waits to be sent. */
final class ClientSender {
  /** Bodies of queries that are sent in one container, together at most. */
  private static final int CONTAINER_BYTES = 256 * 1024;

  private static final int CONTAINER_MESSAGES = 1000;

  private static final long SALTS_MARGIN = 10 * 60_000L;
  private static final long SALTS_RETRY = 60_000L;

  private final ClientState session;

  ClientSender(ClientState session) {
    this.session = session;
  }

  boolean somethingToSend(long now) {
    if (session.phase == Phase.DISCONNECTED || session.phase == Phase.REFUSED) {
      return false;
    }
    if (session.liveness.pingWanted()) {
      return true;
    }
    if (session.brake.holds(now)) {
      return false;
    }
    if (session.phase == Phase.INTRODUCING) {
      return unsentInitial() != null;
    }
    return !session.queue.isEmpty()
        || !session.notices.isEmpty()
        || session.abandonedSessionId != 0
        || session.inFlight.somethingToSend(now)
        || session.acks.due(now, session.keepAlive.acknowledgeWithin().toMillis())
        || saltsDue(now);
  }

  private @Nullable Query unsentInitial() {
    Query initial = session.initial;
    return initial != null && initial.progress == Progress.NEVER_SENT ? initial : null;
  }

  private boolean saltsDue(long now) {
    return (session.saltsAskedAt == 0 || now - session.saltsAskedAt >= SALTS_RETRY)
        && session.salts.runOut(session.time.at(now), SALTS_MARGIN);
  }

  /** The next packet, or null when nothing waits. */
  byte @Nullable [] flush(long now) {
    if (!somethingToSend(now)) {
      return null;
    }
    boolean held = session.brake.holds(now);
    Query initial = unsentInitial();
    if (initial != null && !held) {
      Message alone = messageOf(initial, now);
      initial.outerId = alone.id();
      return seal(alone, now);
    }
    List<Message> messages = new ArrayList<>();
    boolean mustContain = false;
    List<Query> sent = List.of();
    if (session.liveness.pingWanted()) {
      addPing(messages, now);
    }
    if (session.phase == Phase.READY && !held) {
      addRequests(messages, now);
      List<Message> again =
          session.inFlight.takeAgain(CONTAINER_MESSAGES - messages.size(), CONTAINER_BYTES, now);
      mustContain = !again.isEmpty();
      messages.addAll(again);
      sent = addQueue(messages, now);
    }
    if (!session.acks.isEmpty()) {
      addService(messages, session.acks.take(now), false, now);
    }
    if (messages.isEmpty()) {
      return null;
    }
    Message outer =
        messages.size() == 1 && !mustContain ? messages.getFirst() : container(messages, now);
    for (Query query : sent) {
      query.outerId = outer.id();
    }
    return seal(outer, now);
  }

  private void addPing(List<Message> messages, long now) {
    session.liveness.pingSent(now);
    int delay = (int) session.keepAlive.disconnectDelay().toSeconds();
    addService(messages, new PingDelayDisconnect(session.random.nextLong(), delay), false, now);
  }

  private void addRequests(List<Message> messages, long now) {
    if (saltsDue(now)) {
      session.saltsAskedAt = now;
      addService(messages, new GetFutureSalts(ServerSalts.ASK_FOR), false, now);
    }
    MsgsStateReq question = session.inFlight.question(now);
    if (question != null) {
      session.inFlight.asked(addService(messages, question, false, now), now);
    }
    if (session.abandonedSessionId != 0) {
      addService(messages, new DestroySession(session.abandonedSessionId), true, now);
      session.abandonedSessionId = 0;
    }
    while (!session.notices.isEmpty() && messages.size() < CONTAINER_MESSAGES / 2) {
      TlObject notice = session.notices.removeFirst();
      addService(messages, notice, notice instanceof RpcDropAnswer, now);
    }
  }

  private List<Query> addQueue(List<Message> messages, long now) {
    List<Query> sent = new ArrayList<>(session.queue.size());
    int bytes = 0;
    while (!session.queue.isEmpty() && messages.size() < CONTAINER_MESSAGES) {
      Query query = session.queue.getFirst();
      if (!sent.isEmpty() && bytes + query.size() > CONTAINER_BYTES) {
        break;
      }
      session.queue.removeFirst();
      bytes += query.size();
      messages.add(messageOf(query, now));
      sent.add(query);
    }
    return sent;
  }

  private Message messageOf(Query query, long now) {
    query.messageId = session.sequence.nextId(session.time.at(now));
    query.seqNo = session.sequence.nextSeqNo(true);
    query.progress = Progress.SENT;
    query.sentAt = now;
    session.inFlight.add(query);
    return new Message(query.messageId, query.seqNo, query.body());
  }

  private long addService(List<Message> messages, TlObject body, boolean content, long now) {
    long id = session.sequence.nextServiceId(session.time.at(now));
    int seqNo = session.sequence.nextSeqNo(content);
    messages.add(new Message(id, seqNo, Slice.of(body.toByteArray())));
    return id;
  }

  private Message container(List<Message> messages, long now) {
    long id = session.sequence.nextServiceId(session.time.at(now));
    int seqNo = session.sequence.nextSeqNo(false);
    return new Message(id, seqNo, Slice.of(MessageContainer.write(messages)));
  }

  private byte[] seal(Message message, long now) {
    return new EncryptedMessage(
            session.salts.at(session.time.at(now)),
            session.sessionId,
            message.id(),
            message.seqNo(),
            message.body())
        .seal(session.key, MessageDirection.TO_SERVER, session.random);
  }
}
