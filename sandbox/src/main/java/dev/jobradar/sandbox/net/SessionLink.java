package dev.jobradar.sandbox.net;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.ProtocolException;
import dev.jobradar.mtproto.crypto.BindingMessage;
import dev.jobradar.mtproto.session.EncryptedMessage;
import dev.jobradar.mtproto.session.ServerSession;
import dev.jobradar.mtproto.session.ServerSessionEvent;
import dev.jobradar.sandbox.fault.FaultSite;
import dev.jobradar.sandbox.world.KeyId;
import dev.jobradar.sandbox.world.UserId;
import dev.jobradar.tl.TlException;
import dev.jobradar.tl.TlReader;
import dev.jobradar.tl.mtproto.BindAuthKeyInner;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A session with its core, its RPC side and its current connection. The core is guarded by the lock
 * of its key; packets are made only when a connection can send them.
 */
final class SessionLink implements ClientLink {
  private final NetworkContext hub;
  private final LiveKey key;
  private final ServerSession session;

  /** Held while a query is executed. */
  private final ReentrantLock executing = new ReentrantLock();

  /** Made before the first query is executed. Written with {@link #executing} held. */
  private volatile @Nullable RpcSession rpc;

  /** The newest connection that it used. Written with the key's lock held. */
  private volatile @Nullable Connection connection;

  /** Whether it waits in its connection's queue of those that have something to say. */
  private final AtomicBoolean queued = new AtomicBoolean();

  /** A packet that was sent, kept while packets are replayed. */
  private byte @Nullable [] old;

  private volatile long lastUsed;

  SessionLink(NetworkContext hub, LiveKey key, long sessionId) {
    this.hub = hub;
    this.key = key;
    this.session =
        new ServerSession(key.key, sessionId, key.salts, hub.options().limits(), hub.random());
  }

  /**
   * Takes a message; with the key's lock held.
   *
   * @return whether it was accepted
   */
  boolean receive(
      Connection from, EncryptedMessage message, long now, List<ServerSessionEvent> events) {
    lastUsed = now;
    Connection before = connection;
    if (before != from
        && (before == null || before.isClosed() || before.number() < from.number())) {
      connection = from;
      // It may be queued at the previous connection, which is no longer served.
      queued.set(false);
      if (before != null) {
        session.connected();
      }
    }
    return session.receive(message, now, events);
  }

  /** Executes a query that came over this connection. */
  void execute(Connection from, ServerSessionEvent.Execute execute) {
    executing.lock();
    try {
      RpcSession far = rpc;
      if (far == null) {
        far = hub.service().open(this);
        rpc = far;
      }
      far.execute(new SessionCall(this, from, execute.messageId(), execute.query()));
    } finally {
      executing.unlock();
    }
  }

  /** Answers a query. */
  void answer(long messageId, byte[] result) {
    say(core -> core.answer(messageId, result));
  }

  /** Loses the answer to a query: it is sent when the same message comes again. */
  void lose(long messageId, byte[] result) {
    say(core -> {
      core.lose(messageId, result);
      return false;
    });
  }

  /** Forgets the message state and sends new_session_created. */
  void reset() {
    say(core -> {
      core.reset(hub.clock().now());
      return false;
    });
  }

  /** Pushes updatesTooLong. */
  void updatesLost() {
    RpcSession far = rpc;
    if (far != null) {
      far.updatesDropped();
    }
  }

  /** The packet that is replayed: the first one that was asked for, from now on. */
  byte[] old(byte[] packet) {
    key.lock.lock();
    try {
      byte[] known = old;
      if (known == null) {
        old = packet;
        return packet;
      }
      return known;
    } finally {
      key.lock.unlock();
    }
  }

  /** Where a fault may strike. */
  FaultSite place() {
    return hub.place(key.dc, key());
  }

  @Override
  public void push(byte[] update) {
    say(core -> core.push(update));
  }

  /**
   * @param words returns whether updates had to be dropped
   */
  private void say(Predicate<ServerSession> words) {
    boolean dropped;
    key.lock.lock();
    try {
      dropped = words.test(session);
    } finally {
      key.lock.unlock();
    }
    RpcSession far = rpc;
    if (dropped && far != null) {
      far.updatesDropped();
    }
    hasSomethingToSay();
  }

  /** Tells its connection, if there is one, to come and {@link #flush}. */
  void hasSomethingToSay() {
    Connection open = connection;
    if (open != null && queued.compareAndSet(false, true)) {
      open.say(this);
    }
  }

  /** The next packet for this connection, which has taken it out of its queue; null for none. */
  byte @Nullable [] flush(Connection by) {
    queued.set(false);
    key.lock.lock();
    try {
      return connection == by ? session.flush(hub.clock().now()) : null;
    } finally {
      key.lock.unlock();
    }
  }

  /** Answers a request to forget another session. */
  void sessionDestroyed(long sessionId, boolean existed) {
    say(core -> {
      core.sessionDestroyed(sessionId, existed);
      return false;
    });
  }

  /** Answers a request to forget the key. */
  void keyDestroyed() {
    say(core -> {
      core.keyDestroyed();
      return false;
    });
  }

  boolean isIdleSince(long millis) {
    Connection last = connection;
    return lastUsed < millis && (last == null || last.isClosed());
  }

  /** The session is forgotten. */
  void end() {
    RpcSession far = rpc;
    if (far != null) {
      far.ended();
    }
  }

  @Override
  public DcId dc() {
    return key.dc;
  }

  @Override
  public KeyId key() {
    return key.acting();
  }

  @Override
  public boolean isUnbound() {
    return key.isTemporary() && key.boundTo() == null;
  }

  @Override
  public long sessionId() {
    return session.id();
  }

  @Override
  public ConnectionCount connections() {
    return hub.book().of(key());
  }

  @Override
  public void signedIn(UserId account) {
    hub.book().signedIn(key(), account);
  }

  @Override
  public void signedOut() {
    hub.book().signedOut(key());
  }

  @Override
  public BindResult bind(
      RpcCall call, KeyId permanentKey, long nonce, int expiresAt, byte[] encryptedMessage) {
    if (!key.isTemporary()) {
      return BindResult.TEMP_AUTH_KEY_EMPTY;
    }
    KeyId bound = key.boundTo();
    if (bound != null && !bound.equals(permanentKey)) {
      return BindResult.TEMP_AUTH_KEY_ALREADY_BOUND;
    }
    if (expiresAt <= hub.clock().now() / 1000) {
      return BindResult.EXPIRES_AT_INVALID;
    }
    LiveKey permanent = hub.keys().find(key.dc, permanentKey);
    BindAuthKeyInner expected =
        new BindAuthKeyInner(nonce, key.id.value(), permanentKey.value(), sessionId(), expiresAt);
    if (permanent == null
        || permanent.isTemporary()
        || !isProof(permanent, encryptedMessage, call.messageId(), expected)) {
      return BindResult.ENCRYPTED_MESSAGE_INVALID;
    }
    hub.keys().bind(key, permanentKey);
    Connection open = connection;
    if (open != null) {
      hub.use(open, permanentKey);
    }
    return BindResult.BOUND;
  }

  private static boolean isProof(
      LiveKey permanent, byte[] encryptedMessage, long messageId, BindAuthKeyInner expected) {
    try {
      BindingMessage message = BindingMessage.open(permanent.key, encryptedMessage);
      return message.messageId() == messageId
          && BindAuthKeyInner.readFrom(new TlReader(message.body())).equals(expected);
    } catch (ProtocolException | TlException e) {
      return false;
    }
  }
}
