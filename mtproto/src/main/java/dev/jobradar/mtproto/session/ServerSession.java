package dev.jobradar.mtproto.session;

import dev.jobradar.mtproto.ProtocolException;
import dev.jobradar.mtproto.crypto.AuthKey;
import dev.jobradar.mtproto.crypto.MessageDirection;
import dev.jobradar.mtproto.session.MessageContainer.Message;
import dev.jobradar.mtproto.session.OutgoingMessages.Outgoing;
import dev.jobradar.tl.TlObject;
import dev.jobradar.tl.mtproto.DestroyAuthKeyOk;
import dev.jobradar.tl.mtproto.DestroySessionNone;
import dev.jobradar.tl.mtproto.DestroySessionOk;
import dev.jobradar.tl.mtproto.MsgsAck;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
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
  private static final int PACKET_BYTES = 512 * 1024;
  private static final int PACKET_MESSAGES = 1000;

  private final ServerState state;
  private final ServerReceiver receiver;

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
    this.state = new ServerState(key, sessionId, salts, limits, random);
    this.receiver = new ServerReceiver(state);
  }

  // --- the owner's side ------------------------------------------------------------------------

  /** Its number. */
  public long id() {
    return state.sessionId;
  }

  /** The client came over a new connection. */
  public void connected() {
    state.outgoing.sendAllAgain();
  }

  /**
   * Answers a query.
   *
   * @param result the boxed result or {@code rpc_error}, not copied
   * @return whether updates had to be dropped to make room for it
   */
  public boolean answer(long messageId, byte[] result) {
    if (!state.running.remove(messageId)) {
      // The client has dropped its query.
      return false;
    }
    return state.addAnswer(messageId, result);
  }

  /**
   * Answers a query with an answer that gets lost: it is sent only when the client asks for it by
   * sending the same message again.
   *
   * @param result the boxed result or {@code rpc_error}, not copied
   */
  public void lose(long messageId, byte[] result) {
    if (state.running.remove(messageId)) {
      state.received.mark(messageId, ClientMessages.ANSWERED | ClientMessages.ACKNOWLEDGED);
      state.outgoing.addLost(ServerState.answerOf(messageId, result));
    }
  }

  /**
   * Forgets everything, as a server does that lost the session, and sends {@code
   * new_session_created}.
   */
  public void reset(long now) {
    state.received = new ClientMessages();
    state.outgoing = new OutgoingMessages(state.limits);
    state.running.clear();
    state.notices.clear();
    state.toAcknowledge.clear();
    state.contentMessages = 0;
    state.begun = false;
    state.begin(MessageIds.atTime(now), now);
  }

  /**
   * Sends an unsolicited message: an update.
   *
   * @param update boxed {@code Updates}, not copied
   * @return whether updates, this one perhaps among them, had to be dropped to make room
   */
  public boolean push(byte[] update) {
    return state.outgoing.add(new Outgoing(update, 0, true));
  }

  /** Answers {@link ServerSessionEvent.DestroySession}. */
  public void sessionDestroyed(long destroyed, boolean existed) {
    state.reply(existed ? new DestroySessionOk(destroyed) : new DestroySessionNone(destroyed));
  }

  /** Answers {@link ServerSessionEvent.DestroyKey}; the answer is still sealed with the key. */
  public void keyDestroyed() {
    state.reply(new DestroyAuthKeyOk());
  }

  // --- sending ---------------------------------------------------------------------------------

  /** Whether {@link #flush} has something to send. */
  public boolean hasSomethingToSend() {
    return !state.outgoing.isEmpty() || !state.notices.isEmpty() || !state.toAcknowledge.isEmpty();
  }

  /** The next packet to send, or null when there is nothing. To be called until it is null. */
  public byte @Nullable [] flush(long now) {
    List<Message> messages = new ArrayList<>(2);
    int bytes = 0;
    boolean old = false;
    OutgoingMessages.IdSource numbering = state.numbering(now);
    while (messages.size() < PACKET_MESSAGES) {
      int room = messages.isEmpty() ? Integer.MAX_VALUE : PACKET_BYTES - bytes;
      Outgoing next = state.outgoing.nextAgain(room);
      if (next != null) {
        old = true;
      } else {
        next = state.outgoing.nextUnsent(room, numbering);
      }
      if (next == null) {
        break;
      }
      messages.add(next.message());
      bytes += next.size();
    }
    while (!state.notices.isEmpty() && messages.size() < PACKET_MESSAGES) {
      ServerState.Notice notice = state.notices.removeFirst();
      messages.add(message(notice.body(), notice.reply(), now));
    }
    if (!state.toAcknowledge.isEmpty()) {
      messages.add(message(takeAcknowledgements(), false, now));
    }
    if (messages.isEmpty()) {
      return null;
    }
    if (messages.size() == 1 && !old) {
      return seal(messages.getFirst(), now);
    }
    // What is sent again keeps its id, which may be too old to travel outside of a container.
    long id = state.messageIds.next(now, MessageIds.Kind.SERVER_NOTICE);
    Slice container = Slice.of(MessageContainer.write(messages));
    return seal(new Message(id, state.contentMessages * 2, container), now);
  }

  private Message message(TlObject body, boolean reply, long now) {
    return new Message(
        state.nextId(reply, now), state.contentMessages * 2, Slice.of(body.toByteArray()));
  }

  private MsgsAck takeAcknowledgements() {
    List<Long> taken =
        state.toAcknowledge.subList(0, Math.min(ServerState.MAX_IDS, state.toAcknowledge.size()));
    MsgsAck ack = new MsgsAck(taken);
    taken.clear();
    ack.msgIds().forEach(id -> state.received.mark(id, ClientMessages.ACKNOWLEDGED));
    return ack;
  }

  private byte[] seal(Message message, long now) {
    return new EncryptedMessage(
            state.salts.current(now),
            state.sessionId,
            message.id(),
            message.seqNo(),
            message.body())
        .seal(state.key, MessageDirection.TO_CLIENT, state.random);
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
    return receiver.receive(message, now, events);
  }
}
