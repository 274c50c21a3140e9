package dev.jobradar.mtproto.session;

import dev.jobradar.mtproto.crypto.AuthKey;
import dev.jobradar.mtproto.crypto.MessageDirection;
import dev.jobradar.mtproto.session.MessageContainer.Message;
import dev.jobradar.tl.TlObject;
import dev.jobradar.tl.TlWriter;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/** The other end of a {@link ClientSession} under test: says what a test makes it say. */
final class ScriptedServer {
  static final long SALT = 0x5a17;

  final AuthKey key;
  private final SecureRandom random = new SecureRandom();
  private final MessageIds ids = new MessageIds();
  private int content;

  ScriptedServer() {
    byte[] secret = new byte[AuthKey.SIZE];
    random.nextBytes(secret);
    key = new AuthKey(secret);
  }

  /** What a packet of the client's holds, containers unpacked. */
  record Heard(EncryptedMessage outer, List<Message> messages) {
    Message only() {
      if (messages.size() != 1) {
        throw new AssertionError("expected one message, got " + messages);
      }
      return messages.getFirst();
    }

    List<Message> of(int constructorId) {
      return messages.stream().filter(m -> m.body().constructorId() == constructorId).toList();
    }

    Message one(int constructorId) {
      List<Message> found = of(constructorId);
      if (found.size() != 1) {
        throw new AssertionError(
            "expected one " + Integer.toHexString(constructorId) + ", got " + found);
      }
      return found.getFirst();
    }

    boolean isContainer() {
      return MessageContainer.isContainer(outer.body());
    }
  }

  Heard hear(byte[] packet) {
    EncryptedMessage outer = EncryptedMessage.open(key, MessageDirection.TO_SERVER, packet.clone());
    if (MessageContainer.isContainer(outer.body())) {
      return new Heard(outer, MessageContainer.read(outer.messageId(), outer.body()));
    }
    return new Heard(outer, List.of(new Message(outer.messageId(), outer.seqNo(), outer.body())));
  }

  long id(long now, boolean reply) {
    return ids.next(now, reply ? MessageIds.Kind.SERVER_REPLY : MessageIds.Kind.SERVER_NOTICE);
  }

  int contentSeqNo() {
    return content++ * 2 + 1;
  }

  byte[] say(long session, long id, int seqNo, byte[] body) {
    return new EncryptedMessage(SALT, session, id, seqNo, Slice.of(body))
        .seal(key, MessageDirection.TO_CLIENT, random);
  }

  byte[] notice(long session, long now, TlObject body) {
    return say(session, id(now, false), content * 2, body.toByteArray());
  }

  byte[] contentNotice(long session, long now, TlObject body) {
    return say(session, id(now, false), contentSeqNo(), body.toByteArray());
  }

  byte[] answer(long session, long now, long request, TlObject result) {
    return say(session, id(now, true), contentSeqNo(), rpcResult(request, result.toByteArray()));
  }

  byte[] container(long session, long now, List<Message> messages) {
    List<Message> all = new ArrayList<>(messages);
    return say(session, id(now, false), content * 2, MessageContainer.write(all));
  }

  static byte[] rpcResult(long request, byte[] result) {
    TlWriter out = new TlWriter();
    out.writeInt(0xf35c6d01);
    out.writeLong(request);
    out.writeRawBytes(result);
    return out.toByteArray();
  }
}
