package dev.jobradar.mtproto.client;

import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.mtproto.channel.FramedChannel;
import dev.jobradar.mtproto.crypto.AuthKey;
import dev.jobradar.mtproto.crypto.MessageDirection;
import dev.jobradar.mtproto.session.EncryptedMessage;
import dev.jobradar.mtproto.session.MessageIds;
import dev.jobradar.mtproto.session.SaltSchedule;
import dev.jobradar.mtproto.session.ServerSession;
import dev.jobradar.mtproto.session.ServerSessionEvent;
import dev.jobradar.mtproto.session.SessionLimits;
import dev.jobradar.mtproto.session.Slice;
import dev.jobradar.mtproto.transport.Frame;
import dev.jobradar.mtproto.transport.Framing;
import dev.jobradar.mtproto.transport.TransportDetector;
import dev.jobradar.tl.TlMethod;
import dev.jobradar.tl.api.ApiSchema;
import dev.jobradar.tl.api.NearestDc;
import dev.jobradar.tl.api.method.Help;
import dev.jobradar.tl.api.method.InitConnection;
import dev.jobradar.tl.api.method.InvokeWithLayer;
import dev.jobradar.tl.mtproto.BadServerSalt;
import dev.jobradar.tl.mtproto.RpcError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A data centre that knows one key and answers help.getNearestDc; everything else a test decides.
 * It counts what is open as a server sees it: a connection is open until its end was read.
 */
final class LoopbackServer implements AutoCloseable {
  /** A call that waits for the test to decide. */
  record HeldCall(long messageId, TlMethod<?> method) {}

  final AuthKey key;
  final InetSocketAddress address;
  private final SecureRandom random = new SecureRandom();
  private final ServerSocketChannel listening;
  private final Set<FramedChannel> open = ConcurrentHashMap.newKeySet();
  final BlockingQueue<HeldCall> held = new LinkedBlockingQueue<>();

  private final Object lock = new Object();
  private final Map<Long, ServerSession> sessions = new HashMap<>();
  private int maxOpen;
  private int accepted;
  private int executed;

  /** Whether calls of help.getConfig other than the first query wait for the test. */
  volatile boolean holding;

  /** Whether packets are read and thrown away. */
  volatile boolean deaf;

  /** So many first queries to come are refused with {@link #refusal}. */
  final AtomicInteger refusals = new AtomicInteger();

  volatile RpcError refusal = new RpcError(420, "FLOOD_WAIT_1");

  /** Whether every salt is called wrong. */
  volatile boolean rejecting;

  /** So many packets to come are answered with −404. */
  final AtomicInteger denials = new AtomicInteger();

  /** Where the client spoke last. */
  private record Line(FramedChannel channel, ServerSession session) {}

  private @Nullable Line newest;

  /** How many packets came. */
  final AtomicInteger packets = new AtomicInteger();

  /** Queries that came before the client had introduced itself on that connection. */
  final AtomicInteger unintroduced = new AtomicInteger();

  private final Set<FramedChannel> introduced = ConcurrentHashMap.newKeySet();

  LoopbackServer() throws IOException {
    this(InetAddress.getLoopbackAddress());
  }

  /** Listens at one of this machine's addresses. */
  LoopbackServer(InetAddress at) throws IOException {
    byte[] secret = new byte[AuthKey.SIZE];
    random.nextBytes(secret);
    key = new AuthKey(secret);
    listening = ServerSocketChannel.open();
    listening.bind(new InetSocketAddress(at, 0));
    address = (InetSocketAddress) listening.getLocalAddress();
    Thread.ofVirtual().start(this::accept);
  }

  private void accept() {
    while (true) {
      try {
        SocketChannel channel = listening.accept();
        Thread.ofVirtual().start(() -> serve(channel));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(SocketChannel socket) {
    FramedChannel channel = null;
    try {
      TransportDetector.Detected detected =
          FramedChannel.detect(
              socket, new TransportDetector(random, Framing.DEFAULT_MAX_PAYLOAD, null));
      if (detected == null) {
        return;
      }
      channel = new FramedChannel(socket, detected.codec());
      synchronized (lock) {
        open.add(channel);
        accepted++;
        maxOpen = Math.max(maxOpen, open.size());
      }
      for (Frame frame = channel.read(); frame != null; frame = channel.read()) {
        if (!deaf && frame instanceof Frame.Packet packet) {
          take(channel, packet.payload());
        }
      }
    } catch (MtprotoException gone) {
      // Then it is over as well.
    } finally {
      if (channel != null) {
        open.remove(channel);
        channel.close();
      }
    }
  }

  private void take(FramedChannel channel, byte[] payload) {
    packets.incrementAndGet();
    if (denials.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      channel.write(new Frame.TransportError(404));
      return;
    }
    EncryptedMessage message = EncryptedMessage.open(key, MessageDirection.TO_SERVER, payload);
    if (rejecting) {
      reject(channel, message);
      return;
    }
    List<ServerSessionEvent> events = new ArrayList<>();
    synchronized (lock) {
      ServerSession session =
          sessions.computeIfAbsent(
              message.sessionId(),
              id ->
                  new ServerSession(key, id, new SaltSchedule(key), SessionLimits.DEFAULT, random));
      if (newest == null || !newest.channel().equals(channel)) {
        session.connected();
      }
      newest = new Line(channel, session);
      session.receive(message, System.currentTimeMillis(), events);
      for (ServerSessionEvent event : events) {
        if (event instanceof ServerSessionEvent.Execute(long id, Slice query)) {
          execute(session, id, query);
        }
      }
      flush();
    }
  }

  /** Says that the salt was wrong, and a random one right. */
  private void reject(FramedChannel channel, EncryptedMessage message) {
    long now = System.currentTimeMillis();
    byte[] bad =
        new BadServerSalt(message.messageId(), message.seqNo(), 48, random.nextLong())
            .toByteArray();
    channel.write(
        new Frame.Packet(
            new EncryptedMessage(
                    1,
                    message.sessionId(),
                    MessageIds.atTime(now) | (long) random.nextInt(1 << 20) << 2 | 3,
                    0,
                    Slice.of(bad))
                .seal(key, MessageDirection.TO_CLIENT, random)));
  }

  private void execute(ServerSession session, long id, Slice query) {
    TlMethod<?> method = ApiSchema.readMethod(query.reader());
    if (method instanceof InvokeWithLayer<?>(int layer, InitConnection<?> init)) {
      if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        session.answer(id, refusal.toByteArray());
        return;
      }
      introduced.add(line().channel());
      session.answer(id, nearestDc());
      return;
    }
    if (!introduced.contains(line().channel())) {
      unintroduced.incrementAndGet();
    }
    executed++;
    if (holding) {
      held.add(new HeldCall(id, method));
    } else if (method instanceof Help.GetNearestDc) {
      session.answer(id, nearestDc());
    } else {
      session.answer(id, new RpcError(400, "METHOD_INVALID").toByteArray());
    }
  }

  private static byte[] nearestDc() {
    return new NearestDc("RU", 2, 2).toByteArray();
  }

  private void flush() {
    Line line = line();
    for (byte[] packet = line.session().flush(System.currentTimeMillis());
        packet != null;
        packet = line.session().flush(System.currentTimeMillis())) {
      line.channel().write(new Frame.Packet(packet));
    }
  }

  private Line line() {
    return Objects.requireNonNull(newest, "nobody has spoken yet");
  }

  HeldCall awaitHeld() throws InterruptedException {
    HeldCall call = held.poll(20, TimeUnit.SECONDS);
    if (call == null) {
      throw new AssertionError("no call came");
    }
    return call;
  }

  void answer(HeldCall call) {
    synchronized (lock) {
      line().session().answer(call.messageId(), nearestDc());
      flush();
    }
  }

  /** Makes the answer, loses it and hangs up. */
  void lose(HeldCall call) {
    synchronized (lock) {
      line().session().lose(call.messageId(), nearestDc());
    }
    drop();
  }

  void push(byte[] updates) {
    synchronized (lock) {
      line().session().push(updates);
      flush();
    }
  }

  /** Forgets all sessions, as a restart does. */
  void forgetSessions() {
    synchronized (lock) {
      sessions.clear();
    }
  }

  /** Cuts all connections. */
  void drop() {
    open.forEach(FramedChannel::reset);
  }

  int maxOpen() {
    synchronized (lock) {
      return maxOpen;
    }
  }

  int accepted() {
    synchronized (lock) {
      return accepted;
    }
  }

  int executed() {
    synchronized (lock) {
      return executed;
    }
  }

  int open() {
    return open.size();
  }

  @Override
  public void close() throws IOException {
    listening.close();
    drop();
  }
}
