package dev.jobradar.mtproto.session;

import dev.jobradar.mtproto.ProtocolException;
import dev.jobradar.mtproto.crypto.AuthKey;
import dev.jobradar.mtproto.crypto.MessageDirection;
import dev.jobradar.mtproto.session.MessageContainer.Message;
import dev.jobradar.mtproto.session.OutgoingMessages.Outgoing;
import dev.jobradar.tl.Bytes;
import dev.jobradar.tl.GzipPacked;
import dev.jobradar.tl.TlException;
import dev.jobradar.tl.TlLimits;
import dev.jobradar.tl.TlObject;
import dev.jobradar.tl.TlReader;
import dev.jobradar.tl.TlWriter;
import dev.jobradar.tl.mtproto.BadMsgNotification;
import dev.jobradar.tl.mtproto.BadServerSalt;
import dev.jobradar.tl.mtproto.DestroyAuthKeyOk;
import dev.jobradar.tl.mtproto.DestroySessionNone;
import dev.jobradar.tl.mtproto.DestroySessionOk;
import dev.jobradar.tl.mtproto.FutureSalts;
import dev.jobradar.tl.mtproto.HttpWait;
import dev.jobradar.tl.mtproto.MsgDetailedInfo;
import dev.jobradar.tl.mtproto.MsgNewDetailedInfo;
import dev.jobradar.tl.mtproto.MsgResendReq;
import dev.jobradar.tl.mtproto.MsgsAck;
import dev.jobradar.tl.mtproto.MsgsAllInfo;
import dev.jobradar.tl.mtproto.MsgsStateInfo;
import dev.jobradar.tl.mtproto.MsgsStateReq;
import dev.jobradar.tl.mtproto.NewSessionCreated;
import dev.jobradar.tl.mtproto.Pong;
import dev.jobradar.tl.mtproto.RpcAnswerDropped;
import dev.jobradar.tl.mtproto.RpcAnswerDroppedRunning;
import dev.jobradar.tl.mtproto.RpcAnswerUnknown;
import dev.jobradar.tl.mtproto.method.DestroyAuthKey;
import dev.jobradar.tl.mtproto.method.DestroySession;
import dev.jobradar.tl.mtproto.method.GetFutureSalts;
import dev.jobradar.tl.mtproto.method.Ping;
import dev.jobradar.tl.mtproto.method.PingDelayDisconnect;
import dev.jobradar.tl.mtproto.method.RpcDropAnswer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of one session: received messages, running queries, and messages that the
 * client has not acknowledged. It belongs to a key and a session id and outlives connections.
 *
 * <p>It has no I/O, thread or clock. Its owner opens packets, gives them to {@link #receive}, does
 * what the events say, {@link #answer answers} queries, {@link #push pushes} updates, sends what
 * {@link #flush} returns until that is null, and calls {@link #connected} when the client comes
 * over another connection: everything unacknowledged is then resent.
 *
 * <p>A message that breaks a rule of core.telegram.org/mtproto/service_messages_about_messages is
 * not taken and answered with {@code bad_msg_notification} or {@code bad_server_salt}. A query that
 * comes twice is executed once; its answer is sent again while it is remembered.
 *
 * <p>Not thread-safe. All times are milliseconds since 1970 and never run backwards.
 */
public final class ServerSession {
  private static final int RPC_RESULT = 0xf35c6d01;

  // error_code of bad_msg_notification.
  private static final int ID_TOO_LOW = 16;
  private static final int ID_TOO_HIGH = 17;
  private static final int ID_LOW_BITS = 18;
  private static final int CONTAINER_ID_REPEATED = 19;
  private static final int TOO_OLD = 20;
  private static final int SEQNO_TOO_LOW = 32;
  private static final int SEQNO_TOO_HIGH = 33;
  private static final int EVEN_SEQNO_EXPECTED = 34;
  private static final int ODD_SEQNO_EXPECTED = 35;
  private static final int BAD_SALT = 48;
  private static final int INVALID_CONTAINER = 64;

  /** [mtproto/description]: an outer message may be so far from the future or from the past. */
  private static final long MAX_AHEAD = 30_000;

  private static final long MAX_BEHIND = 300_000;

  /** A client's message is forgotten after this long: it is never resent later. */
  private static final long REMEMBERED = 2 * MAX_BEHIND;

  /** [mtproto/service_messages_about_messages]: at most so many ids in a list. */
  private static final int MAX_IDS = 8192;

  /** A longer answer is not sent again unasked when its query is repeated. */
  private static final int MAX_UNASKED = 16 * 1024;

  private static final int PACKET_BYTES = 512 * 1024;
  private static final int PACKET_MESSAGES = 1000;

  /** Service messages waiting for a client that does not read. */
  private static final int MAX_UNREAD = 2 * MAX_IDS;

  private final AuthKey key;
  private final long sessionId;
  private final SaltSchedule salts;
  private final SessionLimits limits;
  private final SecureRandom random;

  private final MessageIds messageIds = new MessageIds();
  private ClientMessages received = new ClientMessages();
  private OutgoingMessages outgoing;
  private final Set<Long> running = new HashSet<>(2);

  /** Service messages: sent once, not acknowledged. */
  private final ArrayDeque<Notice> notices = new ArrayDeque<>(1);

  /** Received messages that are neither acknowledged nor answered. */
  private final List<Long> toAcknowledge = new ArrayList<>(0);

  private int contentMessages;
  private boolean begun;

  private record Notice(boolean reply, TlObject body) {}

  /**
   * A new session.
   *
   * @param key what it is encrypted with
   * @param sessionId its number, chosen by the client
   * @param salts the key's, shared by all its sessions and guarded by the same lock
   * @param limits how much is held for the client
   * @param random for padding and ids
   */
  public ServerSession(
      AuthKey key, long sessionId, SaltSchedule salts, SessionLimits limits, SecureRandom random) {
    this.key = key;
    this.sessionId = sessionId;
    this.salts = salts;
    this.limits = limits;
    this.random = random;
    this.outgoing = new OutgoingMessages(limits);
  }

  // --- the owner's side ------------------------------------------------------------------------

  /** Its number. */
  public long id() {
    return sessionId;
  }

  /** The client came over a new connection. */
  public void connected() {
    outgoing.sendAllAgain();
  }

  /**
   * Answers a query.
   *
   * @param result the boxed result or {@code rpc_error}, not copied
   * @return whether updates had to be dropped to make room for it
   */
  public boolean answer(long messageId, byte[] result) {
    if (!running.remove(messageId)) {
      // The client has dropped its query.
      return false;
    }
    return addAnswer(messageId, result);
  }

  /**
   * Answers a query with an answer that gets lost: it is sent only when the client asks for it by
   * sending the same message again.
   *
   * @param result the boxed result or {@code rpc_error}, not copied
   */
  public void lose(long messageId, byte[] result) {
    if (running.remove(messageId)) {
      received.mark(messageId, ClientMessages.ANSWERED | ClientMessages.ACKNOWLEDGED);
      outgoing.addLost(answerOf(messageId, result));
    }
  }

  /**
   * Forgets everything, as a server does that lost the session, and sends {@code
   * new_session_created}.
   */
  public void reset(long now) {
    received = new ClientMessages();
    outgoing = new OutgoingMessages(limits);
    running.clear();
    notices.clear();
    toAcknowledge.clear();
    contentMessages = 0;
    begun = false;
    begin(MessageIds.atTime(now), now);
  }

  private static Outgoing answerOf(long messageId, byte[] result) {
    TlWriter out = new TlWriter(12 + result.length);
    out.writeInt(RPC_RESULT);
    out.writeLong(messageId);
    out.writeRawBytes(result);
    return new Outgoing(out.toByteArray(), messageId, false);
  }

  private boolean addAnswer(long messageId, byte[] result) {
    received.mark(messageId, ClientMessages.ANSWERED | ClientMessages.ACKNOWLEDGED);
    // An answer is an acknowledgement [mtproto/service_messages_about_messages].
    toAcknowledge.remove(Long.valueOf(messageId));
    return outgoing.add(answerOf(messageId, result));
  }

  /**
   * Sends an unsolicited message: an update.
   *
   * @param update boxed {@code Updates}, not copied
   * @return whether updates, this one perhaps among them, had to be dropped to make room
   */
  public boolean push(byte[] update) {
    return outgoing.add(new Outgoing(update, 0, true));
  }

  /** Answers {@link ServerSessionEvent.DestroySession}. */
  public void sessionDestroyed(long destroyed, boolean existed) {
    reply(existed ? new DestroySessionOk(destroyed) : new DestroySessionNone(destroyed));
  }

  /** Answers {@link ServerSessionEvent.DestroyKey}; the answer is still sealed with the key. */
  public void keyDestroyed() {
    reply(new DestroyAuthKeyOk());
  }

  // --- sending ---------------------------------------------------------------------------------

  /** Whether {@link #flush} has something to send. */
  public boolean hasSomethingToSend() {
    return !outgoing.isEmpty() || !notices.isEmpty() || !toAcknowledge.isEmpty();
  }

  /** The next packet to send, or null when there is nothing. To be called until it is null. */
  public byte @Nullable [] flush(long now) {
    List<Message> messages = new ArrayList<>(2);
    int bytes = 0;
    boolean old = false;
    OutgoingMessages.IdSource numbering = numbering(now);
    while (messages.size() < PACKET_MESSAGES) {
      int room = messages.isEmpty() ? Integer.MAX_VALUE : PACKET_BYTES - bytes;
      Outgoing next = outgoing.nextAgain(room);
      if (next != null) {
        old = true;
      } else {
        next = outgoing.nextUnsent(room, numbering);
      }
      if (next == null) {
        break;
      }
      messages.add(next.message());
      bytes += next.size();
    }
    while (!notices.isEmpty() && messages.size() < PACKET_MESSAGES) {
      Notice notice = notices.removeFirst();
      messages.add(message(notice.body(), notice.reply(), now));
    }
    if (!toAcknowledge.isEmpty()) {
      messages.add(message(takeAcknowledgements(), false, now));
    }
    if (messages.isEmpty()) {
      return null;
    }
    if (messages.size() == 1 && !old) {
      return seal(messages.getFirst(), now);
    }
    // What is sent again keeps its id, which may be too old to travel outside of a container.
    long id = messageIds.next(now, MessageIds.Kind.SERVER_NOTICE);
    Slice container = Slice.of(MessageContainer.write(messages));
    return seal(new Message(id, contentMessages * 2, container), now);
  }

  private OutgoingMessages.IdSource numbering(long now) {
    return new OutgoingMessages.IdSource() {
      @Override
      public long nextId(boolean reply) {
        return ServerSession.this.nextId(reply, now);
      }

      @Override
      public int nextSeqNo() {
        return contentMessages++ * 2 + 1;
      }
    };
  }

  private long nextId(boolean reply, long now) {
    return messageIds.next(
        now, reply ? MessageIds.Kind.SERVER_REPLY : MessageIds.Kind.SERVER_NOTICE);
  }

  private Message message(TlObject body, boolean reply, long now) {
    return new Message(nextId(reply, now), contentMessages * 2, Slice.of(body.toByteArray()));
  }

  private MsgsAck takeAcknowledgements() {
    List<Long> taken = toAcknowledge.subList(0, Math.min(MAX_IDS, toAcknowledge.size()));
    MsgsAck ack = new MsgsAck(taken);
    taken.clear();
    ack.msgIds().forEach(id -> received.mark(id, ClientMessages.ACKNOWLEDGED));
    return ack;
  }

  private byte[] seal(Message message, long now) {
    return new EncryptedMessage(
            salts.current(now), sessionId, message.id(), message.seqNo(), message.body())
        .seal(key, MessageDirection.TO_CLIENT, random);
  }

  private void reply(TlObject body) {
    notices.addLast(new Notice(true, body));
  }

  // --- receiving -------------------------------------------------------------------------------

  /**
   * Takes a message that was opened with the session's key.
   *
   * @param events what the owner is to do is added here, in order
   * @return whether the message was accepted; if not, an error notification will be sent
   * @throws ProtocolException when it cannot be read at all: to be answered with transport error
   *     404 [mtproto/mtproto-transports#transport-errors]
   */
  public boolean receive(EncryptedMessage message, long now, List<ServerSessionEvent> events) {
    if (notices.size() > MAX_UNREAD || toAcknowledge.size() > MAX_UNREAD) {
      // The client sends and does not read.
      events.add(new ServerSessionEvent.LimitExceeded());
      return false;
    }
    Message outer = new Message(message.messageId(), message.seqNo(), message.body());
    try {
      int error = outerError(message, now);
      if (error == 0) {
        received.forgetBelow(MessageIds.atTime(now - REMEMBERED));
        error =
            MessageContainer.isContainer(outer.body())
                ? takeContainer(outer, events, now)
                : take(outer, outer.id(), events, now);
      }
      if (error != 0) {
        refuse(outer, error, now);
      }
      return error == 0;
    } catch (TlException e) {
      throw new ProtocolException("a service message that cannot be read", e);
    }
  }

  private int outerError(EncryptedMessage message, long now) {
    if (!MessageIds.isClients(message.messageId())) {
      return ID_LOW_BITS;
    }
    long sent = MessageIds.timeOf(message.messageId());
    if (sent < now - MAX_BEHIND) {
      return ID_TOO_LOW;
    }
    if (sent > now + MAX_AHEAD) {
      return ID_TOO_HIGH;
    }
    return salts.accepts(message.salt(), now) ? 0 : BAD_SALT;
  }

  private void refuse(Message message, int error, long now) {
    reply(
        error == BAD_SALT
            ? new BadServerSalt(message.id(), message.seqNo(), error, salts.current(now))
            : new BadMsgNotification(message.id(), message.seqNo(), error));
  }

  /** Takes what is in a container; returns what is wrong with the container itself, or 0. */
  private int takeContainer(Message outer, List<ServerSessionEvent> events, long now) {
    TlReader in = outer.body().from(4).reader();
    if (in.readInt() > MessageContainer.MAX_MESSAGES) {
      events.add(new ServerSessionEvent.LimitExceeded());
      return INVALID_CONTAINER;
    }
    if (received.contains(outer.id())) {
      return CONTAINER_ID_REPEATED;
    }
    if ((outer.seqNo() & 1) == 1) {
      return EVEN_SEQNO_EXPECTED;
    }
    List<Message> messages;
    try {
      messages = MessageContainer.read(outer.id(), outer.body());
    } catch (ProtocolException e) {
      return INVALID_CONTAINER;
    }
    int error = seqNoError(outer);
    if (error != 0) {
      return error;
    }
    long firstId = outer.id();
    for (Message message : messages) {
      if (message.seqNo() > outer.seqNo()) {
        return SEQNO_TOO_LOW;
      }
      firstId = Math.min(firstId, message.id());
    }
    for (Message message : messages) {
      error = take(message, firstId, events, now);
      if (error != 0) {
        refuse(message, error, now);
      }
    }
    received.add(
        outer.id(),
        outer.seqNo(),
        ClientMessages.RECEIVED | ClientMessages.NEEDS_NO_ACKNOWLEDGEMENT);
    return 0;
  }

  /**
   * Takes a message that came alone or in a container.
   *
   * @param firstId the least id in the packet
   * @return what is wrong with it, or 0
   */
  private int take(Message message, long firstId, List<ServerSessionEvent> events, long now) {
    if (!MessageIds.isClients(message.id())) {
      return ID_LOW_BITS;
    }
    if (received.contains(message.id())) {
      takeRepeated(message);
      return 0;
    }
    return received.isTooOld(message.id()) ? TOO_OLD : takeNew(message, firstId, events, now);
  }

  private void takeRepeated(Message message) {
    if ((message.seqNo() & 1) == 0) {
      return;
    }
    Outgoing lost = outgoing.takeLost(message.id());
    if (lost != null) {
      outgoing.add(lost);
      return;
    }
    Outgoing answer = outgoing.answerTo(message.id());
    if (answer == null) {
      toAcknowledge.add(message.id());
    } else if (answer.id() != 0 && answer.size() > MAX_UNASKED) {
      reply(new MsgDetailedInfo(message.id(), answer.id(), answer.size(), 0));
    } else {
      outgoing.sendAgain(answer);
    }
  }

  private int takeNew(Message message, long firstId, List<ServerSessionEvent> events, long now) {
    Slice body = message.body();
    if (body.constructorId() == GzipPacked.ID) {
      body = Slice.of(GzipPacked.unpack(body.from(4).reader().readBytes(), TlLimits.DEFAULT));
    }
    int constructor = body.constructorId();
    boolean query = isQuery(constructor);
    // mtcute numbers acknowledgements like queries, and Telegram lets it.
    boolean content = (message.seqNo() & 1) == 1 && constructor != MsgsAck.ID;
    if (constructor == MessageContainer.ID) {
      return INVALID_CONTAINER;
    }
    if (query && !content) {
      return ODD_SEQNO_EXPECTED;
    }
    int error = seqNoError(message);
    if (error != 0) {
      return error;
    }
    if (query && running.size() >= limits.running()) {
      events.add(new ServerSessionEvent.LimitExceeded());
      return 0;
    }
    begin(firstId, now);
    received.add(
        message.id(),
        message.seqNo(),
        ClientMessages.RECEIVED
            | (content ? 0 : ClientMessages.NEEDS_NO_ACKNOWLEDGEMENT)
            | (query ? ClientMessages.QUERY : 0));
    if (content) {
      toAcknowledge.add(message.id());
    }
    if (query) {
      running.add(message.id());
      events.add(new ServerSessionEvent.Execute(message.id(), body));
    } else {
      takeService(message.id(), constructor, body, events, now);
    }
    return 0;
  }

  private int seqNoError(Message message) {
    if (received.isSeqNoTooLow(message.id(), message.seqNo())) {
      return SEQNO_TOO_LOW;
    }
    return received.isSeqNoTooHigh(message.id(), message.seqNo()) ? SEQNO_TOO_HIGH : 0;
  }

  private void begin(long firstId, long now) {
    if (!begun) {
      begun = true;
      NewSessionCreated created =
          new NewSessionCreated(firstId, random.nextLong(), salts.current(now));
      outgoing.add(new Outgoing(created.toByteArray(), 0, false));
    }
  }

  /** Whatever is no message of the protocol itself is a query. */
  private static boolean isQuery(int constructor) {
    return switch (constructor) {
      case MsgsAck.ID,
          Ping.ID,
          PingDelayDisconnect.ID,
          GetFutureSalts.ID,
          MsgsStateReq.ID,
          MsgsStateInfo.ID,
          MsgsAllInfo.ID,
          MsgResendReq.ID,
          MsgDetailedInfo.ID,
          MsgNewDetailedInfo.ID,
          RpcDropAnswer.ID,
          DestroySession.ID,
          DestroyAuthKey.ID,
          HttpWait.ID,
          BadMsgNotification.ID,
          MessageContainer.ID ->
          false;
      default -> true;
    };
  }

  private void takeService(
      long messageId, int constructor, Slice body, List<ServerSessionEvent> events, long now) {
    TlReader in = body.from(4).reader();
    switch (constructor) {
      case MsgsAck.ID -> takeIds(MsgsAck.readFields(in).msgIds(), events, this::acknowledged);
      case Ping.ID -> reply(new Pong(messageId, Ping.readFields(in).pingId()));
      case PingDelayDisconnect.ID -> {
        PingDelayDisconnect ping = PingDelayDisconnect.readFields(in);
        reply(new Pong(messageId, ping.pingId()));
        events.add(
            new ServerSessionEvent.DisconnectAfter(
                Duration.ofSeconds(Math.max(0, ping.disconnectDelay()))));
      }
      case GetFutureSalts.ID -> {
        int count = GetFutureSalts.readFields(in).num();
        reply(new FutureSalts(messageId, (int) (now / 1000), salts.future(count, now)));
      }
      case MsgsStateReq.ID ->
          takeIds(MsgsStateReq.readFields(in).msgIds(), events, ids -> replyStates(messageId, ids));
      case MsgResendReq.ID ->
          takeIds(MsgResendReq.readFields(in).msgIds(), events, ids -> resend(messageId, ids));
      case RpcDropAnswer.ID -> dropAnswer(messageId, RpcDropAnswer.readFields(in).reqMsgId(), now);
      case DestroySession.ID -> {
        long other = DestroySession.readFields(in).sessionId();
        if (other == sessionId) {
          sessionDestroyed(other, false);
        } else {
          events.add(new ServerSessionEvent.DestroySession(other));
        }
      }
      case DestroyAuthKey.ID -> events.add(new ServerSessionEvent.DestroyKey());
      default -> {
        // http_wait is for HTTP, and what is left answers questions that a server never asks here.
      }
    }
  }

  /** What is done with a list of message ids. */
  private interface IdsHandler {
    void take(List<Long> ids);
  }

  private static void takeIds(List<Long> ids, List<ServerSessionEvent> events, IdsHandler taker) {
    if (ids.size() > MAX_IDS) {
      events.add(new ServerSessionEvent.LimitExceeded());
    } else {
      taker.take(ids);
    }
  }

  private void acknowledged(List<Long> ids) {
    for (long id : ids) {
      Outgoing message = outgoing.sent(id);
      if (message != null) {
        outgoing.remove(message);
      }
    }
  }

  private void replyStates(long requestId, List<Long> ids) {
    byte[] states = new byte[ids.size()];
    for (int i = 0; i < states.length; i++) {
      states[i] = received.state(ids.get(i));
    }
    reply(new MsgsStateInfo(requestId, Bytes.of(states)));
  }

  /** [mtproto/service_messages_about_messages], "Explicit Request to Re-Send Messages". */
  private void resend(long requestId, List<Long> ids) {
    boolean all = true;
    for (long id : ids) {
      Outgoing message = outgoing.sent(id);
      if (message == null) {
        all = false;
      } else {
        outgoing.sendAgain(message);
      }
    }
    if (!all) {
      replyStates(requestId, ids);
    }
  }

  /** [mtproto/service_messages], "Cancellation of an RPC Query". */
  private void dropAnswer(long messageId, long queryId, long now) {
    Outgoing answer = outgoing.answerTo(queryId);
    TlObject result;
    if (running.remove(queryId)) {
      result = new RpcAnswerDroppedRunning();
      addAnswer(queryId, result.toByteArray());
    } else if (answer != null) {
      outgoing.remove(answer);
      OutgoingMessages.number(answer, numbering(now));
      result = new RpcAnswerDropped(answer.id(), answer.seqNo(), answer.size());
    } else {
      result = new RpcAnswerUnknown();
    }
    addAnswer(messageId, result.toByteArray());
  }
}
