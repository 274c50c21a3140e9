package dev.jobradar.mtproto.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.mtproto.crypto.AuthKey;
import dev.jobradar.mtproto.crypto.MessageDirection;
import dev.jobradar.mtproto.session.MessageContainer.Message;
import dev.jobradar.tl.TlObject;
import dev.jobradar.tl.TlReader;
import dev.jobradar.tl.mtproto.MsgsAck;
import dev.jobradar.tl.mtproto.MtprotoSchema;
import dev.jobradar.tl.mtproto.NewSessionCreated;
import dev.jobradar.tl.mtproto.method.Ping;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** A scripted client: sends what the test says and records what it receives. */
final class ServerSessionTester {
  static final long SESSION = 0x1122_3344_5566_7788L;
  static final AuthKey KEY = key();

  /** A Tuesday in 2023, on a full half hour so that salts change when a test says so. */
  private static final long START = 1_700_002_800_000L;

  private final SecureRandom random = new SecureRandom();
  final SaltSchedule salts = new SaltSchedule(KEY);
  final ServerSession session;
  final List<ServerSessionEvent> events = new ArrayList<>();

  long now = START;
  private long lastId;
  private int content;

  /** Something that the server said. */
  record Heard(long id, int seqNo, Slice body) {
    /** Its body, when it is a service message. */
    TlObject service() {
      return MtprotoSchema.readObject(body.reader());
    }

    boolean isResult() {
      return body.constructorId() == 0xf35c6d01;
    }

    long resultOf() {
      TlReader in = body.from(4).reader();
      return in.readLong();
    }

    Slice result() {
      return body.from(12);
    }
  }

  ServerSessionTester() {
    this(SessionLimits.DEFAULT);
  }

  ServerSessionTester(SessionLimits limits) {
    session = new ServerSession(KEY, SESSION, salts, limits, random);
  }

  private static AuthKey key() {
    byte[] bytes = new byte[AuthKey.SIZE];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 31 + 7);
    }
    return new AuthKey(bytes);
  }

  /** A fresh message id of a client whose clock is right. */
  long nextId() {
    lastId = Math.max(lastId + 4, MessageIds.atTime(now));
    return lastId;
  }

  /** The seqno of a message that wants an acknowledgement. */
  int contentSeqNo() {
    return content++ * 2 + 1;
  }

  int serviceSeqNo() {
    return content * 2;
  }

  /** Sends a query and returns its message id. */
  long query(byte[] body) {
    long id = nextId();
    assertThat(send(id, contentSeqNo(), body)).isTrue();
    return id;
  }

  /** Sends a service message that wants no acknowledgement and returns its message id. */
  long say(TlObject service) {
    long id = nextId();
    assertThat(send(id, serviceSeqNo(), service.toByteArray())).isTrue();
    return id;
  }

  boolean send(long id, int seqNo, byte[] body) {
    return send(salts.current(now), id, seqNo, body);
  }

  /** Whether the session accepted it. */
  boolean send(long salt, long id, int seqNo, byte[] body) {
    events.clear();
    return session.receive(
        new EncryptedMessage(salt, SESSION, id, seqNo, Slice.of(body)), now, events);
  }

  boolean sendContainer(long id, int seqNo, Message... messages) {
    return send(id, seqNo, MessageContainer.write(Arrays.asList(messages)));
  }

  static Message message(long id, int seqNo, byte[] body) {
    return new Message(id, seqNo, Slice.of(body));
  }

  /** The next packet as it is on the wire, opened; there must be one. */
  List<Heard> packet() {
    byte[] packet = Objects.requireNonNull(session.flush(now), "a packet");
    EncryptedMessage opened = EncryptedMessage.open(KEY, MessageDirection.TO_CLIENT, packet);
    assertThat(opened.sessionId()).isEqualTo(SESSION);
    assertThat(opened.salt()).isEqualTo(salts.current(now));
    assertThat(Math.abs(MessageIds.timeOf(opened.messageId()) - now)).isLessThan(1000);
    Message outer = new Message(opened.messageId(), opened.seqNo(), opened.body());
    if (!MessageContainer.isContainer(outer.body())) {
      return List.of(new Heard(outer.id(), outer.seqNo(), outer.body()));
    }
    assertThat(outer.seqNo() & 1).as("seqno of a container").isZero();
    return MessageContainer.read(outer.id(), outer.body()).stream()
        .map(inner -> new Heard(inner.id(), inner.seqNo(), inner.body()))
        .toList();
  }

  /** Everything that the server has to say now. */
  List<Heard> hear() {
    List<Heard> all = new ArrayList<>();
    while (session.hasSomethingToSend()) {
      all.addAll(packet());
    }
    assertThat(session.flush(now)).isNull();
    return all;
  }

  /** The only thing that the server has to say, a service message of this type. */
  <T extends TlObject> T hearOnly(Class<T> type) {
    List<Heard> heard = hear();
    assertThat(heard).hasSize(1);
    TlObject service = heard.getFirst().service();
    assertThat(service).isInstanceOf(type);
    return type.cast(service);
  }

  /** Gets past the beginning of the session: a ping, its answer, and the session's creation. */
  ServerSessionTester begin() {
    say(new Ping(1));
    List<Heard> heard = hear();
    assertThat(heard).hasSize(2);
    assertThat(heard.getFirst().service()).isInstanceOf(NewSessionCreated.class);
    acknowledge(heard.getFirst().id());
    return this;
  }

  void acknowledge(long... ids) {
    say(new MsgsAck(Arrays.stream(ids).boxed().toList()));
  }
}
