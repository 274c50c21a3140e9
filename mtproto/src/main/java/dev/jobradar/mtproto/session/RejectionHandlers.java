package dev.jobradar.mtproto.session;

import dev.jobradar.mtproto.CallFailedException.Reason;
import dev.jobradar.mtproto.session.ClientState.Phase;
import dev.jobradar.tl.mtproto.BadMsgNotification;
import dev.jobradar.tl.mtproto.BadServerSalt;
import dev.jobradar.tl.mtproto.NewSessionCreated;
import java.util.List;

/**
 * Notifications that the server did not take our messages
 * (core.telegram.org/mtproto/service_messages_about_messages). Each makes us send something again,
 * so each is braked.
 */
final class RejectionHandlers {
  private RejectionHandlers() {}

  static void badServerSalt(
      ClientState session, BadServerSalt bad, long now, List<SessionEvent> events) {
    if (!sentRecently(session, bad.badMsgId())) {
      return;
    }
    session.salts.replace(bad.newServerSalt());
    session.saltsAskedAt = 0;
    sendAgain(session, bad.badMsgId(), events);
    corrected(session, bad.badMsgId(), "bad_server_salt", now);
  }

  static void badMsgNotification(
      ClientState session,
      long noticeId,
      BadMsgNotification bad,
      long now,
      List<SessionEvent> events) {
    long badId = bad.badMsgId();
    if (!sentRecently(session, badId)) {
      return;
    }
    switch (bad.errorCode()) {
      case 16, 17 -> wrongTime(session, noticeId, badId, now, events);
      case 20 -> {
        // Too old to say whether it was received.
        for (Query query : session.inFlight.of(badId)) {
          session.repeatOrGiveUp(query, Reason.ANSWER_LOST, events);
        }
        corrected(session, badId, "bad_msg_notification 20", now);
      }
      // 18, 19, 32..35, 64: the server rejects this session's numbers.
      default -> beginNewSession(session, badId, now, events);
    }
  }

  private static void wrongTime(
      ClientState session, long noticeId, long badId, long now, List<SessionEvent> events) {
    ServerTime.Verdict verdict =
        session.time(new ServerTime.Event.Corrected(MessageIds.timeOf(noticeId)), now);
    if (session.sequence.isAheadOf(session.time.at(now))) {
      // Ids must keep increasing within a session, and ours ran ahead.
      beginNewSession(session, badId, now, events);
      return;
    }
    sendAgain(session, badId, events);
    if (verdict == ServerTime.Verdict.MISSED) {
      events.add(new SessionEvent.UpdatesMissed());
    }
    corrected(session, badId, "bad_msg_notification for the time", now);
  }

  static void newSessionCreated(
      ClientState session, NewSessionCreated created, long now, List<SessionEvent> events) {
    if (created.uniqueId() == session.lastUniqueId) {
      return;
    }
    session.lastUniqueId = created.uniqueId();
    session.salts.replace(created.serverSalt());
    for (Query query : session.inFlight.all()) {
      if (query.messageId < created.firstMsgId() && query.outerId < created.firstMsgId()) {
        session.repeatOrGiveUp(query, Reason.SESSION_LOST, events);
      }
    }
    events.add(new SessionEvent.SessionCreated());
    if (session.sessionCreated) {
      session.repeated("new_session_created", now);
    }
    session.sessionCreated = true;
  }

  private static boolean sentRecently(ClientState session, long id) {
    return !session.inFlight.of(id).isEmpty() || session.sequence.isRecentServiceId(id);
  }

  /** The server did not take the message with this id: what was in it gets new ids. */
  private static void sendAgain(ClientState session, long id, List<SessionEvent> events) {
    session.sequence.forgetServiceId(id);
    session.inFlight.of(id).reversed().forEach(query -> session.rejected(query, events));
    session.inFlight.askOnceMore();
  }

  /** Messages that were sent before the correction are rejected together: they count once. */
  private static void corrected(ClientState session, long badId, String why, long now) {
    if (badId > session.correctedId) {
      session.correctedId = session.sequence.lastId();
      session.repeated(why, now);
    }
  }

  /** Leaves this session for another, which begins with the next connection. */
  private static void beginNewSession(
      ClientState session, long rejectedId, long now, List<SessionEvent> events) {
    sendAgain(session, rejectedId, events);
    for (Query query : session.inFlight.all()) {
      session.repeatOrGiveUp(query, Reason.SESSION_LOST, events);
    }
    session.abandonedSessionId = session.sessionId;
    session.sessionId = session.random.nextLong();
    session.sequence = new MessageSequence();
    session.correctedId = 0;
    session.sessionCreated = false;
    session.received = new ReceivedIds();
    session.acks.clear();
    session.phase = Phase.DISCONNECTED;
    session.brake = session.brake.repeated(now);
    session.repeated = "bad_msg_notification for the numbers of messages";
    events.add(new SessionEvent.Restart());
  }
}
