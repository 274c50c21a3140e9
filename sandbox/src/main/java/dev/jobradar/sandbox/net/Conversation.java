package dev.jobradar.sandbox.net;

import dev.jobradar.mtproto.ProtocolException;
import dev.jobradar.mtproto.TransportException;
import dev.jobradar.mtproto.crypto.MessageCipher;
import dev.jobradar.mtproto.crypto.MessageDirection;
import dev.jobradar.mtproto.keyexchange.ServerKeyExchange;
import dev.jobradar.mtproto.keyexchange.ServerKeyExchangeResult;
import dev.jobradar.mtproto.keyexchange.UnencryptedMessage;
import dev.jobradar.mtproto.session.EncryptedMessage;
import dev.jobradar.mtproto.session.QuickAckToken;
import dev.jobradar.mtproto.session.ServerSessionEvent;
import dev.jobradar.mtproto.transport.Frame;
import dev.jobradar.sandbox.fault.Fault;
import dev.jobradar.sandbox.world.KeyId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is said over one connection: each packet finds its key and session, and its effect. */
final class Conversation {
  private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);

  private final NetworkContext hub;
  private final ServedDataCentre dataCentre;
  private final Connection connection;

  /** While the client makes keys: until its first encrypted packet. */
  private @Nullable ServerKeyExchange exchange;

  /** The key that the last packet acted for: counted already. */
  private @Nullable KeyId lastActing;

  Conversation(NetworkContext hub, ServedDataCentre dataCentre, Connection connection) {
    this.hub = hub;
    this.dataCentre = dataCentre;
    this.connection = connection;
  }

  /** Takes a packet. Called by one thread at a time. */
  void take(Frame.Packet packet) {
    if (packet.payload().length < MessageCipher.HEADER) {
      connection.refuse(TransportException.AUTH_KEY_NOT_FOUND);
      return;
    }
    if (UnencryptedMessage.isUnencrypted(packet.payload())) {
      if (isStruck()) {
        return;
      }
      takeUnencrypted(packet.payload());
      return;
    }
    exchange = null;
    long keyId = MessageCipher.authKeyId(packet.payload(), 0);
    LiveKey key = hub.keys().find(dataCentre.dc(), new KeyId(keyId));
    if (key == null) {
      connection.refuse(TransportException.AUTH_KEY_NOT_FOUND);
      return;
    }
    try {
      takeEncrypted(key, packet);
    } catch (ProtocolException e) {
      connection.refuse(TransportException.AUTH_KEY_NOT_FOUND);
    }
  }

  private void takeUnencrypted(byte[] payload) {
    ServerKeyExchange current = exchange;
    if (current == null) {
      current = new ServerKeyExchange(dataCentre.exchanges(), hub.random());
      exchange = current;
    }
    switch (current.receive(payload, hub.clock().now())) {
      case ServerKeyExchange.Outcome.Reply(byte[] packet) ->
          connection.send(new Frame.Packet(packet));
      case ServerKeyExchange.Outcome.Made(byte[] packet, ServerKeyExchangeResult made) -> {
        hub.keys().add(dataCentre.dc(), made);
        connection.send(new Frame.Packet(packet));
      }
      case ServerKeyExchange.Outcome.Refuse(int code, String reason) -> {
        LOG.debug("a key exchange is refused with {}: {}", code, reason);
        connection.refuse(code);
      }
    }
  }

  private void takeEncrypted(LiveKey key, Frame.Packet packet) {
    byte[] payload = packet.payload();
    EncryptedMessage message = EncryptedMessage.open(key.key, MessageDirection.TO_SERVER, payload);
    KeyId acting = key.acting();
    if (!acting.equals(lastActing)) {
      hub.use(connection, acting);
      lastActing = acting;
      connection.uses(acting);
    }
    // Counted, and then taken or not.
    if (isStruck()) {
      return;
    }
    List<ServerSessionEvent> events = new ArrayList<>(1);
    List<SessionLink> over = new ArrayList<>(0);
    SessionLink link;
    boolean accepted;
    boolean otherSalts = hub.faults().strike(Fault.WrongSalt.class, connection::place) != null;
    key.lock.lock();
    try {
      if (otherSalts) {
        key.salts.renew();
      }
      link = key.session(message.sessionId(), id -> new SessionLink(hub, key, id), over);
      if (link == null) {
        // Destroyed or evicted at this moment: a second lookup gives the right answer.
        connection.refuse(TransportException.AUTH_KEY_NOT_FOUND);
        return;
      }
      accepted = link.receive(connection, message, hub.clock().now(), events);
    } finally {
      key.lock.unlock();
    }
    over.forEach(SessionLink::end);
    if (accepted && packet.quickAckRequested()) {
      connection.send(Frame.QuickAck.of(QuickAckToken.of(key.key, payload)));
    }
    checkDuplication(acting, events);
    for (ServerSessionEvent event : events) {
      act(key, link, event);
    }
    link.hasSomethingToSay();
  }

  /** Whether a fault keeps a packet from being taken. */
  private boolean isStruck() {
    return switch (connection.fault()) {
      case null -> false;
      case Fault.Silence(), Fault.HalfOpen() -> true;
      case Fault.Slow slow -> false;
      case Fault.TransportError(int code) -> {
        connection.refuse(code);
        yield true;
      }
    };
  }

  /** At Telegram a signed-in key that asks over two connections at once is ended. */
  private void checkDuplication(KeyId acting, List<ServerSessionEvent> events) {
    if (hub.options().strict()
        && events.stream().anyMatch(ServerSessionEvent.Execute.class::isInstance)
        && hub.service().account(acting).isPresent()
        && hub.book().isSecond(connection, acting)) {
      hub.service().endSignIn(acting, 406, "AUTH_KEY_DUPLICATED");
      hub.book().signedOut(acting);
    }
  }

  private void act(LiveKey key, SessionLink link, ServerSessionEvent event) {
    switch (event) {
      case ServerSessionEvent.Execute execute -> link.execute(connection, execute);
      case ServerSessionEvent.DisconnectAfter(var delay) -> connection.closeAfter(delay);
      case ServerSessionEvent.DestroySession(long sessionId) -> {
        SessionLink other = key.remove(sessionId);
        if (other != null) {
          other.end();
        }
        link.sessionDestroyed(sessionId, other != null);
      }
      case ServerSessionEvent.DestroyKey() -> {
        link.keyDestroyed();
        hub.keys().destroy(key.id).forEach(SessionLink::end);
        hub.service().keyDestroyed(key.id);
      }
      case ServerSessionEvent.LimitExceeded() -> connection.refuse(TransportException.FLOOD);
    }
  }
}
