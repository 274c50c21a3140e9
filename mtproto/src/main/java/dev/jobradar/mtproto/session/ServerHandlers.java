package dev.jobradar.mtproto.session;

import dev.jobradar.mtproto.session.OutgoingMessages.Outgoing;
import dev.jobradar.tl.Bytes;
import dev.jobradar.tl.TlObject;
import dev.jobradar.tl.TlReader;
import dev.jobradar.tl.mtproto.DestroySessionNone;
import dev.jobradar.tl.mtproto.FutureSalts;
import dev.jobradar.tl.mtproto.MsgResendReq;
import dev.jobradar.tl.mtproto.MsgsAck;
import dev.jobradar.tl.mtproto.MsgsStateInfo;
import dev.jobradar.tl.mtproto.MsgsStateReq;
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
import java.time.Duration;
import java.util.List;

/**
 * One handler for each service message of a client (core.telegram.org/mtproto/service_messages).
 */
final class ServerHandlers {
  private final ServerState session;

  ServerHandlers(ServerState session) {
    this.session = session;
  }

  void take(
      long messageId, int constructor, Slice body, List<ServerSessionEvent> events, long now) {
    TlReader in = body.from(4).reader();
    switch (constructor) {
      case MsgsAck.ID -> takeIds(MsgsAck.readFields(in).msgIds(), events, this::acknowledged);
      case Ping.ID -> session.reply(new Pong(messageId, Ping.readFields(in).pingId()));
      case PingDelayDisconnect.ID -> {
        PingDelayDisconnect ping = PingDelayDisconnect.readFields(in);
        session.reply(new Pong(messageId, ping.pingId()));
        events.add(
            new ServerSessionEvent.DisconnectAfter(
                Duration.ofSeconds(Math.max(0, ping.disconnectDelay()))));
      }
      case GetFutureSalts.ID -> {
        int count = GetFutureSalts.readFields(in).num();
        session.reply(
            new FutureSalts(messageId, (int) (now / 1000), session.salts.future(count, now)));
      }
      case MsgsStateReq.ID ->
          takeIds(MsgsStateReq.readFields(in).msgIds(), events, ids -> replyStates(messageId, ids));
      case MsgResendReq.ID ->
          takeIds(MsgResendReq.readFields(in).msgIds(), events, ids -> resend(messageId, ids));
      case RpcDropAnswer.ID -> dropAnswer(messageId, RpcDropAnswer.readFields(in).reqMsgId(), now);
      case DestroySession.ID -> {
        long other = DestroySession.readFields(in).sessionId();
        if (other == session.sessionId) {
          session.reply(new DestroySessionNone(other));
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
    if (ids.size() > ServerState.MAX_IDS) {
      events.add(new ServerSessionEvent.LimitExceeded());
    } else {
      taker.take(ids);
    }
  }

  private void acknowledged(List<Long> ids) {
    for (long id : ids) {
      Outgoing message = session.outgoing.sent(id);
      if (message != null) {
        session.outgoing.remove(message);
      }
    }
  }

  private void replyStates(long requestId, List<Long> ids) {
    byte[] states = new byte[ids.size()];
    for (int i = 0; i < states.length; i++) {
      states[i] = session.received.state(ids.get(i));
    }
    session.reply(new MsgsStateInfo(requestId, Bytes.of(states)));
  }

  /** [mtproto/service_messages_about_messages], "Explicit Request to Re-Send Messages". */
  private void resend(long requestId, List<Long> ids) {
    boolean all = true;
    for (long id : ids) {
      Outgoing message = session.outgoing.sent(id);
      if (message == null) {
        all = false;
      } else {
        session.outgoing.sendAgain(message);
      }
    }
    if (!all) {
      replyStates(requestId, ids);
    }
  }

  /** [mtproto/service_messages], "Cancellation of an RPC Query". */
  private void dropAnswer(long messageId, long queryId, long now) {
    Outgoing answer = session.outgoing.answerTo(queryId);
    TlObject result;
    if (session.running.remove(queryId)) {
      result = new RpcAnswerDroppedRunning();
      session.addAnswer(queryId, result.toByteArray());
    } else if (answer != null) {
      session.outgoing.remove(answer);
      OutgoingMessages.number(answer, session.numbering(now));
      result = new RpcAnswerDropped(answer.id(), answer.seqNo(), answer.size());
    } else {
      result = new RpcAnswerUnknown();
    }
    session.addAnswer(messageId, result.toByteArray());
  }
}
