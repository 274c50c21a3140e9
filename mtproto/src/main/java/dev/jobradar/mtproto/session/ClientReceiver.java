package dev.jobradar.mtproto.session;

import dev.jobradar.mtproto.ProtocolException;
import dev.jobradar.mtproto.crypto.MessageDirection;
import dev.jobradar.mtproto.session.MessageContainer.Message;
import dev.jobradar.tl.GzipPacked;
import dev.jobradar.tl.TlException;
import dev.jobradar.tl.TlLimits;
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
import java.util.List;

/**
 * Opens and checks the packets of a {@link ClientSession}, unpacks containers, and hands each
 * message to its handler: {@link RejectionHandlers}, {@link StateHandlers}, {@link AnswerHandlers}.
 */
final class ClientReceiver {
  /** {@code rpc_result#f35c6d01 req_msg_id:long result:Object = RpcResult}. */
  private static final int RPC_RESULT = 0xf35c6d01;

  private static final int RPC_RESULT_HEADER = 12;

  private final ClientState session;

  ClientReceiver(ClientState session) {
    this.session = session;
  }

  void receive(byte[] packet, long now, List<SessionEvent> events) {
    EncryptedMessage message =
        EncryptedMessage.open(session.key, MessageDirection.TO_CLIENT, packet);
    if (message.sessionId() != session.sessionId) {
      throw new ProtocolException("a message of another session");
    }
    if (!MessageIds.isServers(message.messageId())) {
      throw new ProtocolException("a message with a client's msg_id");
    }
    ServerTime.Event received =
        new ServerTime.Event.Received(
            MessageIds.timeOf(message.messageId()), session.received.contains(message.messageId()));
    if (session.time(received, now) == ServerTime.Verdict.TIMELY) {
      session.liveness.received(now);
      take(new Message(message.messageId(), message.seqNo(), message.body()), now, events);
    } else {
      ignore(message, now, events);
    }
  }

  /** Of a message that is too early or too late only notifications of salt and time are taken. */
  private void ignore(EncryptedMessage message, long now, List<SessionEvent> events) {
    if (session.received.contains(message.messageId())) {
      return;
    }
    int id = message.body().size() < 4 ? 0 : message.body().constructorId();
    if (id == BadServerSalt.ID || id == BadMsgNotification.ID) {
      if (session.received.add(message.messageId()) == ReceivedIds.Verdict.NEW) {
        takeBody(message.messageId(), message.body(), now, events, false);
      }
    } else {
      // A replay, or our time is wrong. The answer to a ping, or its absence, will show which.
      session.time(new ServerTime.Event.Ignored(), now);
      session.liveness.suspect(now);
    }
  }

  private void take(Message message, long now, List<SessionEvent> events) {
    if (!MessageIds.isServers(message.id())) {
      throw new ProtocolException("a message with a client's msg_id");
    }
    boolean container = MessageContainer.isContainer(message.body());
    if (session.received.add(message.id()) == ReceivedIds.Verdict.NEW) {
      if (container) {
        for (Message inner : MessageContainer.read(message.id(), message.body())) {
          take(inner, now, events);
        }
      } else {
        takeBody(message.id(), message.body(), now, events, false);
      }
    }
    // A duplicate, or one too old to tell, is ignored; but the server waits for its
    // acknowledgement.
    if ((message.seqNo() & 1) == 1 && !container) {
      session.acks.add(message.id(), now);
    }
  }

  private void takeBody(
      long messageId, Slice body, long now, List<SessionEvent> events, boolean unpacked) {
    try {
      TlReader in = body.reader();
      switch (in.readInt()) {
        case GzipPacked.ID -> takeBody(messageId, unpack(in, unpacked), now, events, true);
        case RPC_RESULT ->
            AnswerHandlers.rpcResult(session, in.readLong(), body.from(RPC_RESULT_HEADER), events);
        case BadServerSalt.ID ->
            RejectionHandlers.badServerSalt(session, BadServerSalt.readFields(in), now, events);
        case BadMsgNotification.ID ->
            RejectionHandlers.badMsgNotification(
                session, messageId, BadMsgNotification.readFields(in), now, events);
        case NewSessionCreated.ID ->
            RejectionHandlers.newSessionCreated(
                session, NewSessionCreated.readFields(in), now, events);
        case FutureSalts.ID ->
            session.salts.add(FutureSalts.readFields(in).salts(), session.time.at(now));
        case MsgsAck.ID -> MsgsAck.readFields(in).msgIds().forEach(session.inFlight::acknowledged);
        case MsgsStateInfo.ID ->
            StateHandlers.msgsStateInfo(session, MsgsStateInfo.readFields(in), now, events);
        case MsgsAllInfo.ID -> StateHandlers.msgsAllInfo(session, MsgsAllInfo.readFields(in));
        case MsgsStateReq.ID ->
            StateHandlers.msgsStateReq(session, messageId, MsgsStateReq.readFields(in), now);
        case MsgDetailedInfo.ID ->
            StateHandlers.msgDetailedInfo(session, MsgDetailedInfo.readFields(in), now);
        case MsgNewDetailedInfo.ID ->
            StateHandlers.msgNewDetailedInfo(session, MsgNewDetailedInfo.readFields(in), now);
        case MsgResendReq.ID ->
            StateHandlers.msgResendReq(session, MsgResendReq.readFields(in), now);
        case Pong.ID -> Pong.readFields(in);
        case DestroySessionOk.ID, DestroySessionNone.ID -> {
          // Either way the session that was left is gone.
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
}
