package dev.jobradar.mtproto.session;

import dev.jobradar.mtproto.ProtocolException;
import dev.jobradar.mtproto.session.MessageContainer.Message;
import dev.jobradar.mtproto.session.OutgoingMessages.Outgoing;
import dev.jobradar.tl.GzipPacked;
import dev.jobradar.tl.TlException;
import dev.jobradar.tl.TlLimits;
import dev.jobradar.tl.TlReader;
import dev.jobradar.tl.mtproto.BadMsgNotification;
import dev.jobradar.tl.mtproto.BadServerSalt;
import dev.jobradar.tl.mtproto.HttpWait;
import dev.jobradar.tl.mtproto.MsgDetailedInfo;
import dev.jobradar.tl.mtproto.MsgNewDetailedInfo;
import dev.jobradar.tl.mtproto.MsgResendReq;
import dev.jobradar.tl.mtproto.MsgsAck;
import dev.jobradar.tl.mtproto.MsgsAllInfo;
import dev.jobradar.tl.mtproto.MsgsStateInfo;
import dev.jobradar.tl.mtproto.MsgsStateReq;
import dev.jobradar.tl.mtproto.method.DestroyAuthKey;
import dev.jobradar.tl.mtproto.method.DestroySession;
import dev.jobradar.tl.mtproto.method.GetFutureSalts;
import dev.jobradar.tl.mtproto.method.Ping;
import dev.jobradar.tl.mtproto.method.PingDelayDisconnect;
import dev.jobradar.tl.mtproto.method.RpcDropAnswer;
import java.util.List;

/**
 * Checks the messages of a {@link ServerSession}, unpacks containers, hands queries to the owner.
 */
final class ServerReceiver {
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

  /** A longer answer is not sent again unasked when its query is repeated. */
  private static final int MAX_UNASKED = 16 * 1024;

  /** Service messages waiting for a client that does not read. */
  private static final int MAX_UNREAD = 2 * ServerState.MAX_IDS;

  private final ServerState session;
  private final ServerHandlers handlers;

  ServerReceiver(ServerState session) {
    this.session = session;
    this.handlers = new ServerHandlers(session);
  }

  boolean receive(EncryptedMessage message, long now, List<ServerSessionEvent> events) {
    if (session.notices.size() > MAX_UNREAD || session.toAcknowledge.size() > MAX_UNREAD) {
      // The client sends and does not read.
      events.add(new ServerSessionEvent.LimitExceeded());
      return false;
    }
    Message outer = new Message(message.messageId(), message.seqNo(), message.body());
    try {
      int error = outerError(message, now);
      if (error == 0) {
        session.received.forgetBelow(MessageIds.atTime(now - REMEMBERED));
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
    return session.salts.accepts(message.salt(), now) ? 0 : BAD_SALT;
  }

  private void refuse(Message message, int error, long now) {
    session.reply(
        error == BAD_SALT
            ? new BadServerSalt(message.id(), message.seqNo(), error, session.salts.current(now))
            : new BadMsgNotification(message.id(), message.seqNo(), error));
  }

  /** Takes what is in a container; returns what is wrong with the container itself, or 0. */
  private int takeContainer(Message outer, List<ServerSessionEvent> events, long now) {
    TlReader in = outer.body().from(4).reader();
    if (in.readInt() > MessageContainer.MAX_MESSAGES) {
      events.add(new ServerSessionEvent.LimitExceeded());
      return INVALID_CONTAINER;
    }
    if (session.received.contains(outer.id())) {
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
    session.received.add(
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
    if (session.received.contains(message.id())) {
      takeRepeated(message);
      return 0;
    }
    return session.received.isTooOld(message.id())
        ? TOO_OLD
        : takeNew(message, firstId, events, now);
  }

  private void takeRepeated(Message message) {
    if ((message.seqNo() & 1) == 0) {
      return;
    }
    Outgoing lost = session.outgoing.takeLost(message.id());
    if (lost != null) {
      session.outgoing.add(lost);
      return;
    }
    Outgoing answer = session.outgoing.answerTo(message.id());
    if (answer == null) {
      session.toAcknowledge.add(message.id());
    } else if (answer.id() != 0 && answer.size() > MAX_UNASKED) {
      session.reply(new MsgDetailedInfo(message.id(), answer.id(), answer.size(), 0));
    } else {
      session.outgoing.sendAgain(answer);
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
    if (query && session.running.size() >= session.limits.running()) {
      events.add(new ServerSessionEvent.LimitExceeded());
      return 0;
    }
    session.begin(firstId, now);
    session.received.add(
        message.id(),
        message.seqNo(),
        ClientMessages.RECEIVED
            | (content ? 0 : ClientMessages.NEEDS_NO_ACKNOWLEDGEMENT)
            | (query ? ClientMessages.QUERY : 0));
    if (content) {
      session.toAcknowledge.add(message.id());
    }
    if (query) {
      session.running.add(message.id());
      events.add(new ServerSessionEvent.Execute(message.id(), body));
    } else {
      handlers.take(message.id(), constructor, body, events, now);
    }
    return 0;
  }

  private int seqNoError(Message message) {
    if (session.received.isSeqNoTooLow(message.id(), message.seqNo())) {
      return SEQNO_TOO_LOW;
    }
    return session.received.isSeqNoTooHigh(message.id(), message.seqNo()) ? SEQNO_TOO_HIGH : 0;
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
}
