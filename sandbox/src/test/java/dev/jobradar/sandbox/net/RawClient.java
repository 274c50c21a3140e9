package dev.jobradar.sandbox.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.mtproto.channel.FramedChannel;
import dev.jobradar.mtproto.crypto.AuthKey;
import dev.jobradar.mtproto.crypto.MessageDirection;
import dev.jobradar.mtproto.session.EncryptedMessage;
import dev.jobradar.mtproto.session.MessageContainer;
import dev.jobradar.mtproto.session.MessageContainer.Message;
import dev.jobradar.mtproto.session.MessageIds;
import dev.jobradar.mtproto.session.SaltSchedule;
import dev.jobradar.mtproto.session.Slice;
import dev.jobradar.mtproto.transport.Frame;
import dev.jobradar.mtproto.transport.Framing;
import dev.jobradar.mtproto.transport.Transport;
import dev.jobradar.tl.TlObject;
import dev.jobradar.tl.mtproto.MsgsAck;
import dev.jobradar.tl.mtproto.MtprotoSchema;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;

/**
 * A client by hand over a real socket: it says what it is told to say, and acknowledges nothing.
 */
final class RawClient implements AutoCloseable {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int RPC_RESULT = 0xf35c6d01;

  /** A key with a session: what outlives connections. */
  static final class Identity {
    final AuthKey key;
    final long sessionId = RANDOM.nextLong();
    final SaltSchedule salts;
    private final MessageIds ids = new MessageIds();
    private int content;

    Identity(AuthKey key) {
      this.key = key;
      this.salts = new SaltSchedule(key);
    }

    /** A fresh message id. */
    long nextId() {
      return ids.next(System.currentTimeMillis(), MessageIds.Kind.CLIENT);
    }

    int contentSeqNo() {
      return content++ * 2 + 1;
    }
  }

  private final Identity identity;
  private final FramedChannel channel;
  private final ArrayDeque<Message> heard = new ArrayDeque<>();

  RawClient(InetSocketAddress address, Transport transport, Identity identity) {
    this.identity = identity;
    try {
      this.channel = new FramedChannel(SocketChannel.open(address), transport.open(RANDOM));
    } catch (IOException e) {
      throw new AssertionError("the sandbox does not listen", e);
    }
  }

  RawClient(Endpoint endpoint, Identity identity) {
    this(endpoint.address(), new Transport.Plain(Framing.INTERMEDIATE), identity);
  }

  /** Sends a query and returns its message id. */
  long query(byte[] body) {
    long id = identity.nextId();
    send(id, identity.contentSeqNo(), body);
    return id;
  }

  /** Sends a service message that wants no acknowledgement and returns its message id. */
  long say(TlObject service) {
    long id = identity.nextId();
    send(id, identity.content * 2, service.toByteArray());
    return id;
  }

  /** The same with this salt. */
  void say(TlObject service, long salt) {
    write(
        new Frame.Packet(
            seal(salt, identity.nextId(), identity.content * 2, service.toByteArray())));
  }

  void send(long id, int seqNo, byte[] body) {
    write(new Frame.Packet(seal(id, seqNo, body)));
  }

  byte[] seal(long id, int seqNo, byte[] body) {
    return seal(identity.salts.current(System.currentTimeMillis()), id, seqNo, body);
  }

  private byte[] seal(long salt, long id, int seqNo, byte[] body) {
    return new EncryptedMessage(salt, identity.sessionId, id, seqNo, Slice.of(body))
        .seal(identity.key, MessageDirection.TO_SERVER, RANDOM);
  }

  void write(Frame frame) {
    channel.write(frame);
  }

  /** The next frame as it comes. */
  Frame frame() {
    return Objects.requireNonNull(channel.read(), "the server closed");
  }

  /** Whether nothing comes any more. */
  boolean isEnded() {
    return channel.read() == null;
  }

  /** The next message. */
  Message hear() {
    while (heard.isEmpty()) {
      Frame frame = frame();
      assertThat(frame).isInstanceOf(Frame.Packet.class);
      EncryptedMessage opened =
          EncryptedMessage.open(
              identity.key, MessageDirection.TO_CLIENT, ((Frame.Packet) frame).payload());
      assertThat(opened.sessionId()).isEqualTo(identity.sessionId);
      if (MessageContainer.isContainer(opened.body())) {
        heard.addAll(MessageContainer.read(opened.messageId(), opened.body()));
      } else {
        heard.add(new Message(opened.messageId(), opened.seqNo(), opened.body()));
      }
    }
    return heard.removeFirst();
  }

  /** The answer to a query; what else comes before it is passed over. */
  byte[] answerTo(long queryId) {
    while (true) {
      Slice body = hear().body();
      if (body.constructorId() == RPC_RESULT && body.from(4).reader().readLong() == queryId) {
        return body.from(12).toByteArray();
      }
    }
  }

  /** The next message of this type; what else comes before it is passed over. */
  <T extends TlObject> T hear(Class<T> type) {
    while (true) {
      Slice body = hear().body();
      if (MtprotoSchema.nameOf(body.constructorId()) != null) {
        TlObject service = MtprotoSchema.readObject(body.reader());
        if (type.isInstance(service)) {
          return type.cast(service);
        }
      }
    }
  }

  /** The next message that is neither an answer nor a service message. */
  Message update() {
    while (true) {
      Message message = hear();
      int constructor = message.body().constructorId();
      if (constructor != RPC_RESULT && MtprotoSchema.nameOf(constructor) == null) {
        return message;
      }
    }
  }

  void acknowledge(Message message) {
    say(new MsgsAck(List.of(message.id())));
  }

  FramedChannel channel() {
    return channel;
  }

  /** Closes at once, as the end of a program does. */
  @Override
  public void close() {
    channel.close();
  }
}
