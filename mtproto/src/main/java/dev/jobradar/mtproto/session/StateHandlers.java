package dev.jobradar.mtproto.session;

import dev.jobradar.mtproto.CallFailedException.Reason;
import dev.jobradar.mtproto.ProtocolException;
import dev.jobradar.tl.Bytes;
import dev.jobradar.tl.mtproto.MsgDetailedInfo;
import dev.jobradar.tl.mtproto.MsgNewDetailedInfo;
import dev.jobradar.tl.mtproto.MsgResendReq;
import dev.jobradar.tl.mtproto.MsgsAllInfo;
import dev.jobradar.tl.mtproto.MsgsStateInfo;
import dev.jobradar.tl.mtproto.MsgsStateReq;
import java.util.List;

/**
 * Service messages about which messages arrived
 * (core.telegram.org/mtproto/service_messages_about_messages).
 */
final class StateHandlers {
  private StateHandlers() {}

  static void msgsStateInfo(
      ClientState session, MsgsStateInfo info, long now, List<SessionEvent> events) {
    session.inFlight.states(
        info.reqMsgId(),
        info.info().toByteArray(),
        now,
        new InFlight.StateHandler() {
          @Override
          public void notReceived(Query query) {
            session.requeue(query);
          }

          @Override
          public void forgotten(Query query) {
            session.repeatOrGiveUp(query, Reason.SESSION_LOST, events);
          }

          @Override
          public void answerLost(Query query) {
            session.repeatOrGiveUp(query, Reason.ANSWER_LOST, events);
          }
        });
  }

  static void msgsAllInfo(ClientState session, MsgsAllInfo info) {
    session.inFlight.allStates(info.msgIds(), info.info().toByteArray());
  }

  static void msgsStateReq(ClientState session, long requestId, MsgsStateReq request, long now) {
    List<Long> ids = limited(request.msgIds());
    byte[] states = new byte[ids.size()];
    for (int i = 0; i < states.length; i++) {
      states[i] =
          session.received.contains(ids.get(i))
              ? InFlight.STATE_RECEIVED
              : InFlight.STATE_NOT_RECEIVED;
    }
    session.addNotice(new MsgsStateInfo(requestId, Bytes.of(states)));
    session.repeated("msgs_state_req", now);
  }

  static void msgDetailedInfo(ClientState session, MsgDetailedInfo info, long now) {
    session.inFlight.acknowledged(info.msgId());
    requestOrAcknowledge(session, info.answerMsgId(), "msg_detailed_info", now);
  }

  static void msgNewDetailedInfo(ClientState session, MsgNewDetailedInfo info, long now) {
    requestOrAcknowledge(session, info.answerMsgId(), "msg_new_detailed_info", now);
  }

  private static void requestOrAcknowledge(
      ClientState session, long answerId, String why, long now) {
    if (session.received.contains(answerId)) {
      session.acks.add(answerId, now);
    } else {
      session.addNotice(new MsgResendReq(List.of(answerId)));
      session.repeated(why, now);
    }
  }

  static void msgResendReq(ClientState session, MsgResendReq request, long now) {
    if (session.inFlight.wanted(limited(request.msgIds()), session.initial)) {
      session.repeated("msg_resend_req", now);
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
