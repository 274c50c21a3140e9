package dev.jobradar.mtproto.session;

import dev.jobradar.mtproto.crypto.AuthKey;
import dev.jobradar.mtproto.session.OutgoingMessages.Outgoing;
import dev.jobradar.tl.TlObject;
import dev.jobradar.tl.TlWriter;
import dev.jobradar.tl.mtproto.NewSessionCreated;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the parts of a {@link ServerSession} share: its messages and its numbers. */
final class ServerState {
  private static final int RPC_RESULT = 0xf35c6d01;

  /** [mtproto/service_messages_about_messages]: at most so many ids in a list. */
  static final int MAX_IDS = 8192;

  final AuthKey key;
  final long sessionId;
  final SaltSchedule salts;
  final SessionLimits limits;
  final SecureRandom random;

  final MessageIds messageIds = new MessageIds();
  ClientMessages received = new ClientMessages();
  OutgoingMessages outgoing;
  final Set<Long> running = new HashSet<>(2);

  /** Service messages: sent once, not acknowledged. */
  final ArrayDeque<Notice> notices = new ArrayDeque<>(1);

  /** Received messages that are neither acknowledged nor answered. */
  final List<Long> toAcknowledge = new ArrayList<>(0);

  int contentMessages;
  boolean begun;

  record Notice(boolean reply, TlObject body) {}

  ServerState(
      AuthKey key, long sessionId, SaltSchedule salts, SessionLimits limits, SecureRandom random) {
    this.key = key;
    this.sessionId = sessionId;
    this.salts = salts;
    this.limits = limits;
    this.random = random;
    this.outgoing = new OutgoingMessages(limits);
  }

  static Outgoing answerOf(long messageId, byte[] result) {
    TlWriter out = new TlWriter(12 + result.length);
    out.writeInt(RPC_RESULT);
    out.writeLong(messageId);
    out.writeRawBytes(result);
    return new Outgoing(out.toByteArray(), messageId, false);
  }

  boolean addAnswer(long messageId, byte[] result) {
    received.mark(messageId, ClientMessages.ANSWERED | ClientMessages.ACKNOWLEDGED);
    // An answer is an acknowledgement [mtproto/service_messages_about_messages].
    toAcknowledge.remove(Long.valueOf(messageId));
    return outgoing.add(answerOf(messageId, result));
  }

  OutgoingMessages.IdSource numbering(long now) {
    return new OutgoingMessages.IdSource() {
      @Override
      public long nextId(boolean reply) {
        return ServerState.this.nextId(reply, now);
      }

      @Override
      public int nextSeqNo() {
        return contentMessages++ * 2 + 1;
      }
    };
  }

  long nextId(boolean reply, long now) {
    return messageIds.next(
        now, reply ? MessageIds.Kind.SERVER_REPLY : MessageIds.Kind.SERVER_NOTICE);
  }

  void begin(long firstId, long now) {
    if (!begun) {
      begun = true;
      NewSessionCreated created =
          new NewSessionCreated(firstId, random.nextLong(), salts.current(now));
      outgoing.add(new Outgoing(created.toByteArray(), 0, false));
    }
  }

  void reply(TlObject body) {
    notices.addLast(new Notice(true, body));
  }
}
