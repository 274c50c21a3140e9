package dev.jobradar.mtproto.session;

import dev.jobradar.mtproto.crypto.MessageDirection;
import dev.jobradar.mtproto.session.MessageContainer.Message;
import dev.jobradar.tl.Bytes;
import dev.jobradar.tl.GzipPacked;
import dev.jobradar.tl.TlObject;
import dev.jobradar.tl.TlWriter;
import dev.jobradar.tl.mtproto.BadMsgNotification;
import dev.jobradar.tl.mtproto.BadServerSalt;
import dev.jobradar.tl.mtproto.FutureSalt;
import dev.jobradar.tl.mtproto.FutureSalts;
import dev.jobradar.tl.mtproto.MsgDetailedInfo;
import dev.jobradar.tl.mtproto.MsgNewDetailedInfo;
import dev.jobradar.tl.mtproto.MsgResendReq;
import dev.jobradar.tl.mtproto.MsgsAck;
import dev.jobradar.tl.mtproto.MsgsStateInfo;
import dev.jobradar.tl.mtproto.MsgsStateReq;
import dev.jobradar.tl.mtproto.NewSessionCreated;
import dev.jobradar.tl.mtproto.Pong;
import dev.jobradar.tl.mtproto.RpcError;
import dev.jobradar.tl.mtproto.method.PingDelayDisconnect;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Answers a client at random with every kind of error and of "try again" that there is. */
final class HostileServer {
  /** What a server does with a packet. */
  enum Reaction {
    ANSWER,
    ERROR,
    PACKED_ERROR,
    BROKEN_ERROR,
    BAD_SALT,
    BAD_MESSAGE,
    WRONG_TIME,
    NEW_SESSION,
    STATES,
    WANT_AGAIN,
    ASK_STATES,
    ANNOUNCE_ANSWER,
    ANNOUNCE_NEWS,
    ACKNOWLEDGE,
    SILENCE,
    UNTIMELY,
    FLOOD,
    USELESS_SALTS,
    DENY_KEY,
    WRONG_DC,
    TOO_MANY,
    OTHER_TRANSPORT_ERROR,
    HANG_UP,
    BROKEN_PACKET
  }

  /** What a client receives. */
  sealed interface Reply {
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Packet(byte[] bytes) implements Reply {}

    record TransportError(int code) implements Reply {}

    record Closed() implements Reply {}
  }

  private static final int[] CODES = {16, 17, 18, 19, 20, 32, 33, 34, 35, 48, 64, 99};

  /** Of each kind that there is, and some that are none. */
  private static final List<RpcError> ERRORS =
      List.of(
          new RpcError(420, "FLOOD_WAIT_1"),
          new RpcError(420, "FLOOD_WAIT_7"),
          new RpcError(420, "FLOOD_WAIT_86400"),
          new RpcError(420, "FLOOD_PREMIUM_WAIT_3"),
          new RpcError(420, "FLOOD_WAIT_99999999999"),
          new RpcError(420, "FROZEN_METHOD_INVALID"),
          new RpcError(400, "SLOWMODE_WAIT_5"),
          new RpcError(500, "INTERNAL"),
          new RpcError(500, "RPC_CALL_FAIL"),
          new RpcError(500, "AUTH_RESTART"),
          new RpcError(-503, "Timeout"),
          new RpcError(303, "USER_MIGRATE_3"),
          new RpcError(303, "NETWORK_MIGRATE_1"),
          new RpcError(303, "PHONE_MIGRATE_2"),
          new RpcError(303, "USER_MIGRATE_0"),
          new RpcError(400, "MSG_WAIT_FAILED"),
          new RpcError(400, "CONNECTION_NOT_INITED"),
          new RpcError(400, "CONNECTION_API_ID_INVALID"),
          new RpcError(401, "AUTH_KEY_UNREGISTERED"),
          new RpcError(401, "SESSION_PASSWORD_NEEDED"),
          new RpcError(401, "A_REASON_THAT_IS_NEW"),
          new RpcError(406, "AUTH_KEY_DUPLICATED"),
          new RpcError(777, "SOMETHING_NEW"),
          new RpcError(0, ""));

  private final Random draw;
  private final SecureRandom padding = new SecureRandom();
  private final ScriptedServer server = new ScriptedServer();
  private final List<Reaction> reactions = new ArrayList<>();

  HostileServer(Random draw) {
    this.draw = draw;
    int kinds = 1 + draw.nextInt(4);
    for (int i = 0; i < kinds; i++) {
      reactions.add(Reaction.values()[draw.nextInt(Reaction.values().length)]);
    }
    // Half of them let a client in now and then.
    if (draw.nextBoolean()) {
      reactions.add(Reaction.ANSWER);
    }
  }

  /** One that always does the same, or lets a client in now and then. */
  HostileServer(Random draw, Reaction always, boolean answers) {
    this.draw = draw;
    reactions.add(always);
    if (answers) {
      reactions.add(Reaction.ANSWER);
    }
  }

  ScriptedServer keyHolder() {
    return server;
  }

  List<Reaction> reactions() {
    return reactions;
  }

  /** What it says to a packet of the client's, in order. */
  List<Reply> react(byte[] packet, long session, long now) {
    ScriptedServer.Heard heard = server.hear(packet);
    List<Reply> replies = new ArrayList<>();
    for (Message message : heard.messages()) {
      if (message.body().constructorId() == PingDelayDisconnect.ID && draw.nextInt(4) > 0) {
        replies.add(say(session, now, new Pong(message.id(), 1)));
      }
    }
    Message message = heard.messages().get(draw.nextInt(heard.messages().size()));
    Reaction reaction = reactions.get(draw.nextInt(reactions.size()));
    react(reaction, heard, message, session, now, replies);
    if (draw.nextInt(8) == 0 && !replies.isEmpty()) {
      // The same once more, with the same id.
      replies.add(replies.getLast());
    }
    return replies;
  }

  private void react(
      Reaction reaction,
      ScriptedServer.Heard heard,
      Message message,
      long session,
      long now,
      List<Reply> replies) {
    long id = message.id();
    long badId = draw.nextBoolean() ? id : heard.outer().messageId();
    switch (reaction) {
      case ANSWER ->
          heard.messages().forEach(each -> replies.add(result(session, now, each.id(), ack())));
      case ERROR -> replies.add(result(session, now, id, error()));
      case PACKED_ERROR -> {
        TlWriter packed = new TlWriter();
        GzipPacked.write(packed, error());
        replies.add(result(session, now, id, packed.toByteArray()));
      }
      case BROKEN_ERROR ->
          replies.add(result(session, now, id, java.util.Arrays.copyOf(error(), 8)));
      case BAD_SALT ->
          replies.add(say(session, now, new BadServerSalt(badId, 1, 48, draw.nextLong())));
      case BAD_MESSAGE ->
          replies.add(
              say(
                  session,
                  now,
                  new BadMsgNotification(badId, 1, CODES[draw.nextInt(CODES.length)])));
      case WRONG_TIME -> {
        long skewed = now + draw.nextInt(-7_200_000, 7_200_000);
        replies.add(say(session, skewed, new BadMsgNotification(badId, 1, 16 + draw.nextInt(2))));
      }
      case NEW_SESSION -> {
        long first = draw.nextBoolean() ? id + 4 : id;
        replies.add(
            say(session, now, new NewSessionCreated(first, draw.nextLong(), draw.nextLong())));
      }
      case STATES -> states(heard, session, now, replies);
      case WANT_AGAIN -> burst(replies, session, now, new MsgResendReq(List.of(id)));
      case ASK_STATES -> burst(replies, session, now, new MsgsStateReq(List.of(id + 1)));
      case ANNOUNCE_ANSWER ->
          burst(replies, session, now, new MsgDetailedInfo(id, draw.nextLong() | 1, 9, 0));
      case ANNOUNCE_NEWS ->
          burst(replies, session, now, new MsgNewDetailedInfo(draw.nextLong() | 1, 9, 0));
      case ACKNOWLEDGE -> replies.add(say(session, now, new MsgsAck(List.of(id))));
      case SILENCE -> {}
      case UNTIMELY -> replies.add(say(session, now + 3_600_000, new Pong(1, 2)));
      case FLOOD -> {
        for (int i = draw.nextInt(200); i > 0; i--) {
          replies.add(content(session, now));
        }
      }
      case USELESS_SALTS ->
          replies.add(
              say(
                  session,
                  now,
                  new FutureSalts(id, (int) (now / 1000), List.of(new FutureSalt(1, 2, 3)))));
      case DENY_KEY -> replies.add(new Reply.TransportError(404));
      case WRONG_DC -> replies.add(new Reply.TransportError(444));
      case TOO_MANY -> replies.add(new Reply.TransportError(429));
      case OTHER_TRANSPORT_ERROR -> replies.add(new Reply.TransportError(500));
      case HANG_UP -> replies.add(new Reply.Closed());
      case BROKEN_PACKET -> replies.add(new Reply.Packet(new byte[64]));
    }
  }

  private void states(ScriptedServer.Heard heard, long session, long now, List<Reply> replies) {
    for (Message message : heard.messages()) {
      if (message.body().constructorId() == MsgsStateReq.ID) {
        int size = MsgsStateReq.readFrom(message.body().reader()).msgIds().size();
        byte[] states = new byte[draw.nextInt(20) == 0 ? size + 1 : size];
        for (int i = 0; i < states.length; i++) {
          states[i] = (byte) (1 + draw.nextInt(4) + (draw.nextBoolean() ? 64 : 0));
        }
        replies.add(say(session, now, new MsgsStateInfo(message.id(), Bytes.of(states))));
      }
    }
  }

  private void burst(List<Reply> replies, long session, long now, TlObject body) {
    for (int i = 1 + draw.nextInt(5); i > 0; i--) {
      replies.add(say(session, now, body));
    }
  }

  private static byte[] ack() {
    return new MsgsAck(List.of()).toByteArray();
  }

  private byte[] error() {
    return ERRORS.get(draw.nextInt(ERRORS.size())).toByteArray();
  }

  private Reply result(long session, long now, long request, byte[] result) {
    return new Reply.Packet(
        server.say(
            session,
            server.id(now, true),
            server.contentSeqNo(),
            ScriptedServer.rpcResult(request, result)));
  }

  /** A service message sent at a time that may be wrong. */
  private Reply say(long session, long at, TlObject body) {
    long id = (MessageIds.atTime(at) | 3) + ((long) draw.nextInt(1 << 20) << 2);
    return new Reply.Packet(
        new EncryptedMessage(ScriptedServer.SALT, session, id, 0, Slice.of(body.toByteArray()))
            .seal(server.key, MessageDirection.TO_CLIENT, padding));
  }

  /** A message that needs an acknowledgement. */
  private Reply content(long session, long now) {
    return new Reply.Packet(
        server.say(
            session, server.id(now, false), server.contentSeqNo(), new Pong(1, 2).toByteArray()));
  }
}
