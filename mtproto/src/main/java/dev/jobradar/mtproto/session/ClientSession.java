package dev.jobradar.mtproto.session;

import dev.jobradar.mtproto.CallFailedException.Progress;
import dev.jobradar.mtproto.CallFailedException.Reason;
import dev.jobradar.mtproto.ProtocolException;
import dev.jobradar.mtproto.crypto.AuthKey;
import dev.jobradar.mtproto.crypto.MessageDirection;
import dev.jobradar.mtproto.session.MessageContainer.Message;
import dev.jobradar.tl.Bytes;
import dev.jobradar.tl.GzipPacked;
import dev.jobradar.tl.TlException;
import dev.jobradar.tl.TlLimits;
import dev.jobradar.tl.TlObject;
import dev.jobradar.tl.TlReader;
import dev.jobradar.tl.mtproto.BadMsgNotification;
import dev.jobradar.tl.mtproto.BadServerSalt;
import dev.jobradar.tl.mtproto.DestroySessionNone;
import dev.jobradar.tl.mtproto.DestroySessionOk;
import dev.jobradar.tl.mtproto.FutureSalts;
import dev.jobradar.tl.mtproto.MsgDetailedInfo;
import dev.jobradar.tl.mtproto.MsgNewDetailedInfo;
import dev.jobradar.tl.mtproto.MsgResendReq;
import dev.jobradar.tl.mtproto.MsgsAck;
import dev.jobradar.tl.mtproto.MsgsAllInfo;
import dev.jobradar.tl.mtproto.MsgsStateInfo;
import dev.jobradar.tl.mtproto.MsgsStateReq;
import dev.jobradar.tl.mtproto.NewSessionCreated;
import dev.jobradar.tl.mtproto.Pong;
import dev.jobradar.tl.mtproto.RpcError;
import dev.jobradar.tl.mtproto.method.DestroySession;
import dev.jobradar.tl.mtproto.method.GetFutureSalts;
import dev.jobradar.tl.mtproto.method.PingDelayDisconnect;
import dev.jobradar.tl.mtproto.method.RpcDropAnswer;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client's session: what one authorisation key says and hears, over one connection after another.
 *
 * <p>It has no I/O, thread or clock. Its owner hands queries to {@link #submit}, sends what {@link
 * #flush} returns, feeds {@link #receive} with packets, asks {@link #check} now and then whether
 * the line still lives, and says {@link #connected} and {@link #disconnected}.
 *
 * <p><b>A query's way.</b> It waits in {@code queue} until it is sent; then it is {@code inFlight}
 * until its answer comes. When the connection was lost in between, three cases are kept apart: what
 * was never sent is sent now; of what was sent without an acknowledgement the server is asked
 * ({@code msgs_state_req}), and a new message is made only of what it did not receive; what was
 * acknowledged is never sent again — its answer comes by itself while the server keeps the session,
 * and its caller is told when the server does not.
 *
 * <p>The first message on each connection is the initial query alone ({@code invokeWithLayer} +
 * {@code initConnection}); the others wait until it is answered.
 *
 * <p>Not thread-safe. All times are milliseconds since 1970 and never run backwards.
 */
public final class ClientSession {
  /** Bodies of queries that are sent in one container, together at most. */
  private static final int CONTAINER_BYTES = 256 * 1024;

  private static final int CONTAINER_MESSAGES = 1000;

  private static final long SALTS_MARGIN = 10 * 60_000L;
  private static final long SALTS_RETRY = 60_000L;

  /** An outer message may be from this far in the future, and from this far in the past. */
  private static final long MAX_AHEAD = 30_000L;

  private static final long MAX_BEHIND = 300_000L;

  /** {@code rpc_result#f35c6d01 req_msg_id:long result:Object = RpcResult}. */
  private static final int RPC_RESULT = 0xf35c6d01;

  private static final int RPC_RESULT_HEADER = 12;

  private final AuthKey key;
  private final ServerSalts salts;
  private final SecureRandom random;
  private final KeepAlive keepAlive;

  private long sessionId;
  private MessageSequence sequence = new MessageSequence();
  private ReceivedIds received = new ReceivedIds();
  private final PendingAcks acks = new PendingAcks();
  private final Liveness liveness;

  /** Server's time minus ours, in milliseconds. */
  private long timeOffset;

  private boolean timeKnown;

  /** Whether the connection was lost, and nothing has come over another one yet. */
  private boolean timeDoubted;

  /** Whether something was ignored for its time since that was set right last. */
  private boolean ignored;

  private final ArrayDeque<Query> queue = new ArrayDeque<>(2);
  private final InFlight inFlight;

  /** What is sent once and not missed when it is lost. */
  private final ArrayDeque<TlObject> notices = new ArrayDeque<>(1);

  /** The first query of this connection; others wait while it is there. */
  private @Nullable Query initial;

  private boolean connected;
  private long saltsAskedAt;

  /** A session that was left behind and that the server can forget; 0 for none. */
  private long abandonedSessionId;

  /** Of the last {@code new_session_created}, which may be repeated. */
  private long lastUniqueId;

  /**
   * A session that has said nothing yet.
   *
   * @param key its key
   * @param salts what is known of the key's salts
   * @param timeOffset the server's time minus ours, in milliseconds, or null when it is not known:
   *     it is then taken from the server's first message
   */
  public ClientSession(
      AuthKey key,
      ServerSalts salts,
      @Nullable Long timeOffset,
      KeepAlive keepAlive,
      SecureRandom random) {
    this.key = key;
    this.salts = salts;
    this.timeKnown = timeOffset != null;
    this.timeOffset = timeOffset == null ? 0 : timeOffset;
    this.keepAlive = keepAlive;
    this.liveness = new Liveness(keepAlive);
    this.inFlight = new InFlight(keepAlive.suspectAfter().toMillis());
    this.random = random;
    this.sessionId = random.nextLong();
  }

  // --- the owner's side --------------------------------------------------------------------

  /** Takes a query; it is sent by a {@link #flush} to come. */
  public void submit(Query query) {
    queue.addLast(query);
  }

  /**
   * Forgets a query, whose caller waits no longer. The server is asked not to answer when it was
   * sent.
   */
  public void drop(Query query) {
    if (!queue.remove(query) && inFlight.remove(query)) {
      notices.addLast(new RpcDropAnswer(query.messageId));
    }
  }

  /**
   * A new connection stands.
   *
   * @param first the query that begins it, alone; null when the server needs none
   */
  public void connected(long now, @Nullable Query first) {
    connected = true;
    initial = first;
    liveness.connected(now);
    inFlight.connected();
  }

  /** The connection is gone. */
  public void disconnected() {
    connected = false;
    timeDoubted = timeKnown;
    ignored = false;
    if (initial != null) {
      inFlight.remove(initial);
      initial = null;
    }
    notices.clear();
  }

  /** Whether queries travel: the connection stands and its first query was answered. */
  public boolean ready() {
    return connected && initial == null;
  }

  /** Queries that are neither answered nor given up. */
  public int pending() {
    return queue.size() + inFlight.size();
  }

  /** Takes away and returns all queries that are neither answered nor given up. */
  public List<Query> abandonAll() {
    List<Query> all = new ArrayList<>(inFlight.removeAll());
    all.addAll(queue);
    queue.clear();
    return all;
  }

  /** The server's time, in milliseconds since 1970. */
  public long serverTime(long now) {
    return now + timeOffset;
  }

  /** Whether the server's time is known. */
  public boolean timeKnown() {
    return timeKnown;
  }

  /** The salt in use. */
  public long salt(long now) {
    return salts.at(serverTime(now));
  }

  /** The session's id. */
  public long sessionId() {
    return sessionId;
  }

  /** What {@link #check} found. */
  public enum Health {
    /** Nothing is to be done. */
    QUIET,
    /** Something waits to be sent: call {@link #flush}. */
    TO_SEND,
    /** The line is dead: close it and dial anew. */
    DEAD
  }

  /** Looks after the line: to be called about every second. */
  public Health check(long now) {
    if (!connected) {
      return Health.QUIET;
    }
    if (liveness.dead(now)) {
      return Health.DEAD;
    }
    liveness.check(now, !inFlight.isEmpty());
    if (ready()) {
      inFlight.check(now);
    }
    if (liveness.pingWanted() && timeKnown) {
      received.forgetBelow(MessageIds.atTime(serverTime(now) - 2 * MAX_BEHIND));
    }
    return somethingToSend(now) ? Health.TO_SEND : Health.QUIET;
  }

  private boolean somethingToSend(long now) {
    if (liveness.pingWanted() || unsent(initial)) {
      return true;
    }
    return ready()
        && (!queue.isEmpty()
            || !notices.isEmpty()
            || abandonedSessionId != 0
            || inFlight.somethingToSend(now)
            || acks.due(now, keepAlive.acknowledgeWithin().toMillis())
            || saltsDue(now));
  }

  private static boolean unsent(@Nullable Query query) {
    return query != null && query.progress == Progress.NEVER_SENT;
  }

  private boolean saltsDue(long now) {
    return (saltsAskedAt == 0 || now - saltsAskedAt >= SALTS_RETRY)
        && salts.runOut(serverTime(now), SALTS_MARGIN);
  }

  // --- sending -----------------------------------------------------------------------------

  /** The next packet to send, or null when nothing waits. To be called until it returns null. */
  public byte @Nullable [] flush(long now) {
    if (!connected || !somethingToSend(now)) {
      return null;
    }
    if (initial != null && unsent(initial)) {
      Message alone = messageOf(initial, now);
      initial.outerId = alone.id();
      return seal(alone, now);
    }
    List<Message> messages = new ArrayList<>();
    boolean mustContain = false;
    List<Query> sent = List.of();
    if (liveness.pingWanted()) {
      addPing(messages, now);
    }
    if (ready()) {
      addRequests(messages, now);
      List<Message> again =
          inFlight.takeAgain(CONTAINER_MESSAGES - messages.size(), CONTAINER_BYTES);
      mustContain = !again.isEmpty();
      messages.addAll(again);
      sent = addQueue(messages, now);
    }
    if (!acks.isEmpty()) {
      addService(messages, acks.take(), false, now);
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
    liveness.pingSent(now);
    int delay = (int) keepAlive.disconnectDelay().toSeconds();
    addService(messages, new PingDelayDisconnect(random.nextLong(), delay), false, now);
  }

  private void addRequests(List<Message> messages, long now) {
    if (saltsDue(now)) {
      saltsAskedAt = now;
      addService(messages, new GetFutureSalts(ServerSalts.ASK_FOR), false, now);
    }
    MsgsStateReq question = inFlight.question(now);
    if (question != null) {
      inFlight.asked(addService(messages, question, false, now), now);
    }
    if (abandonedSessionId != 0) {
      addService(messages, new DestroySession(abandonedSessionId), true, now);
      abandonedSessionId = 0;
    }
    while (!notices.isEmpty() && messages.size() < CONTAINER_MESSAGES / 2) {
      TlObject notice = notices.removeFirst();
      addService(messages, notice, notice instanceof RpcDropAnswer, now);
    }
  }

  private List<Query> addQueue(List<Message> messages, long now) {
    List<Query> sent = new ArrayList<>(queue.size());
    int bytes = 0;
    while (!queue.isEmpty() && messages.size() < CONTAINER_MESSAGES) {
      Query query = queue.getFirst();
      if (!sent.isEmpty() && bytes + query.size() > CONTAINER_BYTES) {
        break;
      }
      queue.removeFirst();
      bytes += query.size();
      messages.add(messageOf(query, now));
      sent.add(query);
    }
    return sent;
  }

  private Message messageOf(Query query, long now) {
    query.messageId = sequence.nextId(serverTime(now));
    query.seqNo = sequence.nextSeqNo(true);
    query.progress = Progress.SENT;
    query.sentAt = now;
    inFlight.add(query);
    return new Message(query.messageId, query.seqNo, query.body());
  }

  private long addService(List<Message> messages, TlObject body, boolean content, long now) {
    long id = sequence.nextServiceId(serverTime(now));
    messages.add(new Message(id, sequence.nextSeqNo(content), Slice.of(body.toByteArray())));
    return id;
  }

  private Message container(List<Message> messages, long now) {
    long id = sequence.nextServiceId(serverTime(now));
    return new Message(id, sequence.nextSeqNo(false), Slice.of(MessageContainer.write(messages)));
  }

  private byte[] seal(Message message, long now) {
    return new EncryptedMessage(salt(now), sessionId, message.id(), message.seqNo(), message.body())
        .seal(key, MessageDirection.TO_SERVER, random);
  }

  // --- receiving ---------------------------------------------------------------------------

  /**
   * Takes a packet.
   *
   * @param events what it meant is added to these, in order; when a message of a container breaks a
   *     rule, what those before it meant, which holds
   * @throws ProtocolException when it breaks a rule: the rest of it was discarded, and the
   *     connection is to be closed and opened anew (core.telegram.org/mtproto/security_guidelines)
   */
  public void receive(byte[] packet, long now, List<SessionEvent> events) {
    EncryptedMessage message = EncryptedMessage.open(key, MessageDirection.TO_CLIENT, packet);
    if (message.sessionId() != sessionId) {
      throw new ProtocolException("a message of another session");
    }
    if (!MessageIds.isServers(message.messageId())) {
      throw new ProtocolException("a message with a client's msg_id");
    }
    if (timely(message, now)) {
      liveness.received(now);
      take(new Message(message.messageId(), message.seqNo(), message.body()), now, events);
    } else {
      ignore(message, now, events);
    }
  }

  /** Of a message from too far in the past or future only notices of salt and time are heard. */
  private void ignore(EncryptedMessage message, long now, List<SessionEvent> events) {
    if (received.contains(message.messageId())) {
      return;
    }
    int id = message.body().size() < 4 ? 0 : message.body().constructorId();
    if (id == BadServerSalt.ID || id == BadMsgNotification.ID) {
      if (received.add(message.messageId()) == ReceivedIds.Verdict.NEW) {
        takeBody(message.messageId(), message.body(), now, events, false);
      }
    } else {
      // It is an old one played again, or the time is wrong: what the server says to a ping, or
      // that it says nothing to it, will tell.
      ignored = true;
      liveness.suspect();
    }
  }

  private boolean timely(EncryptedMessage message, long now) {
    boolean doubted = timeDoubted;
    timeDoubted = false;
    long sent = MessageIds.timeOf(message.messageId());
    if (!timeKnown) {
      // The session's id is random and new, so this message cannot be an old one played again.
      timeOffset = sent - now;
      timeKnown = true;
      return true;
    }
    long age = serverTime(now) - sent;
    if (doubted && -age > MAX_AHEAD && !received.contains(message.messageId())) {
      // Our clock stood still, as in a computer that slept. The server takes what we send as long
      // as it is not 300 s behind, and so never tells: without this we would be deaf for good. An
      // old message played again is behind, never ahead.
      timeOffset = sent - now;
      return true;
    }
    return age <= MAX_BEHIND && -age <= MAX_AHEAD;
  }

  private void take(Message message, long now, List<SessionEvent> events) {
    if (!MessageIds.isServers(message.id())) {
      throw new ProtocolException("a message with a client's msg_id");
    }
    boolean container = MessageContainer.isContainer(message.body());
    if (received.add(message.id()) == ReceivedIds.Verdict.NEW) {
      if (container) {
        for (Message inner : MessageContainer.read(message.id(), message.body())) {
          take(inner, now, events);
        }
      } else {
        takeBody(message.id(), message.body(), now, events, false);
      }
    }
    // What was seen before, or is too old to tell, is ignored; but the server waits for word of it.
    if ((message.seqNo() & 1) == 1 && !container) {
      acks.add(message.id(), now);
    }
  }

  private void takeBody(
      long messageId, Slice body, long now, List<SessionEvent> events, boolean unpacked) {
    try {
      TlReader in = body.reader();
      switch (in.readInt()) {
        case RPC_RESULT -> takeResult(in.readLong(), body.from(RPC_RESULT_HEADER), events);
        case GzipPacked.ID -> takeBody(messageId, unpack(in, unpacked), now, events, true);
        case MsgsAck.ID -> MsgsAck.readFields(in).msgIds().forEach(inFlight::acknowledged);
        case Pong.ID -> Pong.readFields(in);
        case BadServerSalt.ID -> takeBadSalt(BadServerSalt.readFields(in));
        case BadMsgNotification.ID ->
            takeBadMessage(messageId, BadMsgNotification.readFields(in), now, events);
        case NewSessionCreated.ID -> takeNewSession(NewSessionCreated.readFields(in), events);
        case FutureSalts.ID -> salts.add(FutureSalts.readFields(in).salts(), serverTime(now));
        case MsgsStateInfo.ID -> takeStates(MsgsStateInfo.readFields(in), events);
        case MsgsAllInfo.ID -> {
          MsgsAllInfo info = MsgsAllInfo.readFields(in);
          inFlight.allStates(info.msgIds(), info.info().toByteArray());
        }
        case MsgsStateReq.ID -> answerStateRequest(messageId, MsgsStateReq.readFields(in).msgIds());
        case MsgDetailedInfo.ID -> {
          MsgDetailedInfo info = MsgDetailedInfo.readFields(in);
          inFlight.acknowledged(info.msgId());
          askForOrAcknowledge(info.answerMsgId(), now);
        }
        case MsgNewDetailedInfo.ID ->
            askForOrAcknowledge(MsgNewDetailedInfo.readFields(in).answerMsgId(), now);
        case MsgResendReq.ID ->
            inFlight.wanted(limited(MsgResendReq.readFields(in).msgIds()), initial);
        case DestroySessionOk.ID, DestroySessionNone.ID -> {
          // Either way the session that was left behind is gone.
        }
        default -> events.add(new SessionEvent.Update(body));
      }
    } catch (TlException e) {
      throw new ProtocolException("a service message that cannot be read", e);
    }
  }

  private static Slice unpack(TlReader in, boolean unpackedAlready) {
    if (unpackedAlready) {
      throw new ProtocolException("gzip_packed inside gzip_packed");
    }
    Slice inner = Slice.of(GzipPacked.unpack(in.readBytes(), TlLimits.DEFAULT));
    if (MessageContainer.isContainer(inner)) {
      throw new ProtocolException("a container inside gzip_packed");
    }
    return inner;
  }

  private void takeResult(long requestId, Slice result, List<SessionEvent> events) {
    Query query = inFlight.remove(requestId);
    if (query == null) {
      // Dropped by its caller, or answered already.
      return;
    }
    if (query.equals(initial)) {
      initial = null;
    }
    if (result.size() >= 4 && result.constructorId() == RpcError.ID) {
      RpcError error;
      try {
        error = RpcError.readFrom(result.reader());
      } catch (TlException e) {
        events.add(new SessionEvent.Abandoned(query, Reason.ANSWER_LOST, Progress.ACKNOWLEDGED));
        throw e;
      }
      events.add(new SessionEvent.Refused(query, error.errorCode(), error.errorMessage()));
    } else {
      events.add(new SessionEvent.Answered(query, result));
    }
  }

  // --- notices about our messages ------------------------------------------------------------

  private void takeBadSalt(BadServerSalt bad) {
    if (sentRecently(bad.badMsgId())) {
      salts.replace(bad.newServerSalt());
      saltsAskedAt = 0;
      sendAgain(bad.badMsgId());
    }
  }

  private void takeBadMessage(
      long noticeId, BadMsgNotification bad, long now, List<SessionEvent> events) {
    if (!sentRecently(bad.badMsgId())) {
      return;
    }
    switch (bad.errorCode()) {
      case 16, 17 -> {
        timeOffset = MessageIds.timeOf(noticeId) - now;
        timeKnown = true;
        if (sequence.isAheadOf(serverTime(now))) {
          // Ids must go on increasing within a session, and ours ran ahead.
          beginNewSession(bad.badMsgId(), events);
        } else {
          sendAgain(bad.badMsgId());
          if (ignored) {
            ignored = false;
            events.add(new SessionEvent.UpdatesMissed());
          }
        }
      }
      case 20 -> {
        // Too old to say whether it was received.
        for (Query query : inFlight.of(bad.badMsgId())) {
          repeatOrGiveUp(query, Reason.ANSWER_LOST, events);
        }
      }
      default -> {
        // 18, 19, 32..35, 64: the sequence of this session is beyond repair.
        beginNewSession(bad.badMsgId(), events);
      }
    }
  }

  private boolean sentRecently(long id) {
    return !inFlight.of(id).isEmpty() || sequence.isRecentServiceId(id);
  }

  /** The server did not take the message with this id: what was in it gets new ids. */
  private void sendAgain(long id) {
    inFlight.of(id).reversed().forEach(this::requeue);
    inFlight.askOnceMore();
  }

  private void requeue(Query query) {
    inFlight.remove(query);
    query.progress = Progress.NEVER_SENT;
    if (!query.equals(initial)) {
      queue.addFirst(query);
    }
  }

  private void repeatOrGiveUp(Query query, Reason reason, List<SessionEvent> events) {
    boolean mayRepeat = query.progress != Progress.ACKNOWLEDGED && query.repeatable();
    if (mayRepeat || query.equals(initial)) {
      requeue(query);
    } else if (inFlight.remove(query)) {
      events.add(new SessionEvent.Abandoned(query, reason, query.progress));
    }
  }

  /** Leaves this session for another, which begins with the next connection. */
  private void beginNewSession(long rejectedId, List<SessionEvent> events) {
    sendAgain(rejectedId);
    for (Query query : inFlight.all()) {
      repeatOrGiveUp(query, Reason.SESSION_LOST, events);
    }
    abandonedSessionId = sessionId;
    sessionId = random.nextLong();
    sequence = new MessageSequence();
    received = new ReceivedIds();
    acks.clear();
    connected = false;
    events.add(new SessionEvent.Restart());
  }

  private void takeNewSession(NewSessionCreated created, List<SessionEvent> events) {
    if (created.uniqueId() == lastUniqueId) {
      return;
    }
    lastUniqueId = created.uniqueId();
    salts.replace(created.serverSalt());
    for (Query query : inFlight.all()) {
      if (query.messageId < created.firstMsgId() && query.outerId < created.firstMsgId()) {
        repeatOrGiveUp(query, Reason.SESSION_LOST, events);
      }
    }
    events.add(new SessionEvent.SessionCreated());
  }

  private void takeStates(MsgsStateInfo info, List<SessionEvent> events) {
    inFlight.states(
        info.reqMsgId(),
        info.info().toByteArray(),
        new InFlight.StateHandler() {
          @Override
          public void notReceived(Query query) {
            requeue(query);
          }

          @Override
          public void forgotten(Query query) {
            repeatOrGiveUp(query, Reason.SESSION_LOST, events);
          }
        });
  }

  // --- notices about the server's messages ---------------------------------------------------

  private void answerStateRequest(long requestId, List<Long> ids) {
    byte[] states = new byte[limited(ids).size()];
    for (int i = 0; i < states.length; i++) {
      states[i] =
          received.contains(ids.get(i)) ? InFlight.STATE_RECEIVED : InFlight.STATE_NOT_RECEIVED;
    }
    notices.addLast(new MsgsStateInfo(requestId, Bytes.of(states)));
  }

  private void askForOrAcknowledge(long answerId, long now) {
    if (received.contains(answerId)) {
      acks.add(answerId, now);
    } else {
      notices.addLast(new MsgResendReq(List.of(answerId)));
    }
  }

  private static List<Long> limited(List<Long> ids) {
    if (ids.size() > InFlight.MAX_IDS) {
      throw new ProtocolException(
          "a list of " + ids.size() + " messages, at most " + InFlight.MAX_IDS);
    }
    return ids;
  }
}
