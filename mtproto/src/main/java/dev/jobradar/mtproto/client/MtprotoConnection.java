package dev.jobradar.mtproto.client;

import dev.jobradar.mtproto.CallFailedException;
import dev.jobradar.mtproto.CallFailedException.Progress;
import dev.jobradar.mtproto.CallFailedException.Reason;
import dev.jobradar.mtproto.ConnectionClosedException;
import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.mtproto.ProtocolException;
import dev.jobradar.mtproto.RpcException;
import dev.jobradar.mtproto.TransportException;
import dev.jobradar.mtproto.channel.FramedChannel;
import dev.jobradar.mtproto.client.ConnectionOptions.KnownKey;
import dev.jobradar.mtproto.client.ConnectionState.Event;
import dev.jobradar.mtproto.crypto.AuthKey;
import dev.jobradar.mtproto.session.ClientSession;
import dev.jobradar.mtproto.session.EncryptedMessage;
import dev.jobradar.mtproto.session.MessageContainer;
import dev.jobradar.mtproto.session.Query;
import dev.jobradar.mtproto.session.ServerSalts;
import dev.jobradar.mtproto.session.SessionEvent;
import dev.jobradar.mtproto.session.Slice;
import dev.jobradar.mtproto.transport.Frame;
import dev.jobradar.tl.GzipPacked;
import dev.jobradar.tl.TlException;
import dev.jobradar.tl.TlLimits;
import dev.jobradar.tl.TlMethod;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One encrypted connection to a data centre: opened, kept alive, repaired, closed.
 *
 * <p><b>At most one TCP connection.</b> Everything that opens or closes a socket happens on the
 * connection's own thread, {@link #run}, one after the other: a lost connection is half-closed,
 * read to its end for at most a second, else reset, and only then is the next one dialled.
 *
 * <p><b>Threads.</b> The own thread is virtual; it dials, makes the key and reads. Callers never
 * touch the socket, because an interrupt there would close it for everybody: they leave their calls
 * with the {@link ClientSession} and wait for an answer. A virtual thread that writes exists only
 * while there is something to write. {@code lock} guards the state, the session and the writer's
 * flag; under it there is no I/O, no listener is called and no future completed.
 *
 * <p>Thread-safe.
 */
public final class MtprotoConnection implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(MtprotoConnection.class);

  /** The longest that a lost connection is read to its end. */
  private static final Duration FINISH = Duration.ofSeconds(1);

  /** A packet that cannot be handed to the kernel for so long means that the line is dead. */
  private static final Duration STUCK = Duration.ofSeconds(30);

  private static final Duration CLOSE = Duration.ofSeconds(3);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final ConnectionOptions options;
  private final ConnectionListener listener;
  private final ListenerQueue listenerQueue;
  private final Semaphore callsAllowed;
  private final Heartbeat.Target beating = this::beat;

  private final Object lock = new Object();
  private ConnectionState state = new ConnectionState.Idle();
  private long stateSince = Heartbeat.now();
  private @Nullable Thread thread;
  private @Nullable FramedChannel channel;

  /** When the channel was half-closed to end it, 0 while it is not. */
  private long endingSince;

  /** Why it is being ended by us. */
  private @Nullable MtprotoException endReason;

  /** The last failure, until calls travel again. */
  private @Nullable MtprotoException trouble;

  private boolean writing;

  /** When the write began that is under way, 0 when there is none. */
  private long writeBegan;

  private boolean draining;

  private @Nullable AuthKey authKey;
  private @Nullable ClientSession session;

  /** Calls from the time before there is a session. */
  private final List<PendingCall> early = new ArrayList<>(0);

  /**
   * A connection that does nothing until {@link #open}.
   *
   * @param listener hears what happens on it
   */
  public MtprotoConnection(ConnectionOptions options, ConnectionListener listener) {
    this.options = options;
    this.listener = listener;
    this.listenerQueue = new ListenerQueue(listener);
    this.callsAllowed = new Semaphore(options.maxCalls());
    KnownKey known = options.knownKey();
    if (known != null) {
      authKey = known.key();
      session =
          new ClientSession(
              known.key(),
              new ServerSalts(known.salt()),
              known.timeOffset(),
              options.keepAlive(),
              RANDOM);
    }
  }

  /** Begins to connect, and returns at once. The second time it does nothing. */
  public void open() {
    synchronized (lock) {
      if (thread != null || !(state instanceof ConnectionState.Idle)) {
        return;
      }
      thread = Thread.ofVirtual().name("mtproto-connection").unstarted(this::run);
      // Before its thread can have come to its end, which takes it away again.
      Heartbeat.shared().add(beating);
      thread.start();
    }
  }

  /** What it is doing. */
  public ConnectionState state() {
    synchronized (lock) {
      return state;
    }
  }

  /** Its options. */
  public ConnectionOptions options() {
    return options;
  }

  /**
   * What is to be stored so that another connection can go on with this key; null while there is
   * none.
   */
  public @Nullable KnownKey knownKey() {
    synchronized (lock) {
      if (session == null || authKey == null) {
        return null;
      }
      long now = Heartbeat.now();
      Long offset = session.timeKnown() ? session.serverTime(now) - now : null;
      return new KnownKey(authKey, session.salt(now), offset);
    }
  }

  /** The server's time as far as it is known, in milliseconds since 1970. */
  public long serverTime() {
    synchronized (lock) {
      long now = Heartbeat.now();
      return session == null ? now : session.serverTime(now);
    }
  }

  // --- calls -------------------------------------------------------------------------------

  /**
   * Calls a method and waits for its answer. Calls made before the connection is ready wait for it.
   *
   * @return the answer
   * @throws InterruptedException when the caller is interrupted: only its own wait ends
   * @throws RpcException when Telegram answers with an error
   * @throws CallFailedException when there is no answer; it says how far the call had come
   * @throws ConnectionClosedException when the connection is closed already
   * @throws ProtocolException when the answer cannot be read
   */
  public <R> R invoke(TlMethod<R> method, CallOptions how) throws InterruptedException {
    String name = MethodNames.nameOf(method);
    PendingCall call = new PendingCall(name, method.toByteArray(), how.repeatable());
    long deadline = System.nanoTime() + how.timeout().toNanos();
    if (EncryptedMessage.sealedSize(MessageContainer.sizeOfOne(call.size()))
        > options.maxPacket()) {
      throw new CallFailedException(name, Reason.TOO_LARGE, Progress.NEVER_SENT, null);
    }
    if (!callsAllowed.tryAcquire(how.timeout().toNanos(), TimeUnit.NANOSECONDS)) {
      throw new CallFailedException(name, Reason.TOO_MANY_CALLS, Progress.NEVER_SENT, trouble());
    }
    try {
      submit(call);
      return decode(method, name, await(call, deadline));
    } finally {
      callsAllowed.release();
    }
  }

  private void submit(PendingCall call) {
    synchronized (lock) {
      if (state instanceof ConnectionState.Closed(MtprotoException cause)) {
        throw new ConnectionClosedException("the connection is closed", cause);
      }
      if (draining) {
        throw new ConnectionClosedException("the connection is being closed", null);
      }
      if (session != null) {
        session.submit(call);
        startWriting();
      } else {
        early.add(call);
      }
    }
  }

  private Slice await(PendingCall call, long deadline) throws InterruptedException {
    try {
      return call.answer.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      Progress progress = giveUp(call);
      if (call.answer.isDone()) {
        return answerOf(call);
      }
      throw new CallFailedException(call.method(), Reason.TIMED_OUT, progress, trouble());
    } catch (InterruptedException e) {
      giveUp(call);
      throw e;
    } catch (ExecutionException e) {
      throw asThrown(e);
    }
  }

  private static Slice answerOf(PendingCall call) throws InterruptedException {
    try {
      return call.answer.get();
    } catch (ExecutionException e) {
      throw asThrown(e);
    }
  }

  private static MtprotoException asThrown(ExecutionException e) {
    if (e.getCause() instanceof MtprotoException failure) {
      // It was made for this call alone, by the thread that reads: show the caller's own trace.
      failure.fillInStackTrace();
      return failure;
    }
    throw new IllegalStateException("a call failed in an unexpected way", e.getCause());
  }

  /** Forgets a call whose caller no longer waits. */
  private Progress giveUp(PendingCall call) {
    synchronized (lock) {
      Progress progress = call.progress();
      if (session != null) {
        session.drop(call);
        startWriting();
      }
      early.remove(call);
      lock.notifyAll();
      return progress;
    }
  }

  private static <R> R decode(TlMethod<R> method, String name, Slice answer) {
    try {
      Slice plain = answer;
      if (answer.size() >= 4 && answer.constructorId() == GzipPacked.ID) {
        plain = Slice.of(GzipPacked.unpack(answer.from(4).reader().readBytes(), TlLimits.DEFAULT));
      }
      return method.readResult(plain.reader());
    } catch (TlException e) {
      throw new ProtocolException("the answer to " + name + " cannot be read", e);
    }
  }

  /** What keeps calls from travelling now, if anything does. */
  private @Nullable MtprotoException trouble() {
    synchronized (lock) {
      return trouble;
    }
  }

  // --- the connection's own thread ---------------------------------------------------------

  private void run() {
    apply(new Event.Open());
    while (true) {
      ConnectionState now = state();
      if (now instanceof ConnectionState.Closed closed) {
        finish(closed);
        return;
      }
      try {
        apply(
            switch (now) {
              case ConnectionState.Dialing dialing -> dial();
              case ConnectionState.ExchangingKeys exchanging -> exchangeKeys();
              case ConnectionState.Initializing initializing -> converse();
              case ConnectionState.WaitingToRetry wait -> awaitRetry(wait.until());
              case ConnectionState.Ready ready -> throw new IllegalStateException("left alone");
              case ConnectionState.Idle idle -> throw new IllegalStateException("idle while open");
              case ConnectionState.Closed closed -> new Event.Close();
            });
      } catch (Throwable e) {
        log.error("a connection failed in an unexpected way", e);
        endChannel();
        apply(new Event.Failed(new ConnectionClosedException("an unexpected failure", e)));
      }
    }
  }

  private void apply(Event event) {
    ConnectionState before;
    ConnectionState after;
    synchronized (lock) {
      before = state;
      after =
          ConnectionState.next(
              before,
              event,
              Heartbeat.now(),
              options.backoff(),
              ThreadLocalRandom.current().nextDouble());
      state = after;
      stateSince = Heartbeat.now();
      switch (after) {
        case ConnectionState.Ready ready -> {
          trouble = null;
          startWriting();
        }
        case ConnectionState.WaitingToRetry wait -> trouble = wait.cause();
        default -> {}
      }
      lock.notifyAll();
    }
    if (before.equals(after)) {
      return;
    }
    switch (after) {
      case ConnectionState.Ready ready -> listenerQueue.add(listener::onReady);
      case ConnectionState.WaitingToRetry wait -> {
        log.debug(
            "{}: {}; next try in {} ms",
            options.dc(),
            wait.cause().getMessage(),
            wait.until() - Heartbeat.now());
        listenerQueue.add(() -> listener.onLost(wait.cause()));
      }
      default -> {}
    }
  }

  private Event dial() {
    FramedChannel dialed;
    try {
      dialed =
          new FramedChannel(
              options.dialer().dial(options.address(), options.dialTimeout()),
              options.transport().open(RANDOM, options.maxPacket()));
    } catch (IOException | RuntimeException e) {
      Thread.interrupted();
      return new Event.Lost(new TransportException("dialling failed: " + e.getMessage(), e));
    }
    synchronized (lock) {
      channel = dialed;
      endingSince = 0;
      endReason = null;
      if (state instanceof ConnectionState.Dialing) {
        return new Event.Dialed(session != null);
      }
    }
    endChannel();
    return new Event.Close();
  }

  private Event exchangeKeys() {
    try {
      KnownKey made = KeyNegotiation.make(currentChannel(), options, RANDOM);
      synchronized (lock) {
        authKey = made.key();
        ClientSession begun =
            new ClientSession(
                made.key(),
                new ServerSalts(made.salt()),
                made.timeOffset(),
                options.keepAlive(),
                RANDOM);
        early.forEach(begun::submit);
        early.clear();
        session = begun;
      }
      listenerQueue.add(() -> listener.onAuthKey(made.key()));
      return new Event.KeyMade();
    } catch (MtprotoException e) {
      endChannel();
      return new Event.Lost(reasonFor(e));
    }
  }

  /** From the first query to the end of the connection. */
  private Event converse() {
    FramedChannel connection = currentChannel();
    PendingCall first = firstCall();
    synchronized (lock) {
      currentSession().connected(Heartbeat.now(), first);
      startWriting();
    }
    MtprotoException end;
    try {
      end = readToEnd(connection, first);
    } catch (MtprotoException e) {
      end = e;
    }
    endChannel();
    synchronized (lock) {
      currentSession().disconnected();
    }
    if (first.answer.isCompletedExceptionally()
        && first.answer.exceptionNow() instanceof RpcException refused) {
      return afterRefusal(refused);
    }
    return new Event.Lost(reasonFor(end));
  }

  private PendingCall firstCall() {
    TlMethod<?> first = options.client().introduce(options.firstQuery());
    return new PendingCall(MethodNames.nameOf(options.firstQuery()), first.toByteArray(), true);
  }

  /** Some refusals of the first query pass, the others are for good. */
  private static Event afterRefusal(RpcException refused) {
    boolean passes =
        refused instanceof RpcException.FloodWait || refused.code() >= 500 || refused.code() < 0;
    return passes ? new Event.Lost(refused) : new Event.Failed(refused);
  }

  private MtprotoException readToEnd(FramedChannel connection, PendingCall first) {
    while (true) {
      Frame frame = connection.read();
      switch (frame) {
        case null -> {
          return new TransportException("the server closed the connection", null);
        }
        case Frame.TransportError error -> {
          return error.toException();
        }
        case Frame.QuickAck ack -> {
          // Never asked for.
        }
        case Frame.Packet packet -> {
          if (!take(packet.payload(), first)) {
            return new TransportException("the session begins anew", null);
          }
        }
      }
    }
  }

  /**
   * Takes a packet.
   *
   * @return whether to go on reading
   */
  private boolean take(byte[] packet, PendingCall first) {
    List<SessionEvent> events = new ArrayList<>(1);
    ProtocolException broken = null;
    synchronized (lock) {
      ClientSession current = currentSession();
      try {
        current.receive(packet, Heartbeat.now(), events);
      } catch (ProtocolException e) {
        broken = e;
      }
      if (current.check(Heartbeat.now()) == ClientSession.Health.TO_SEND) {
        startWriting();
      }
      if (!events.isEmpty()) {
        lock.notifyAll();
      }
    }
    boolean goOn = true;
    for (SessionEvent event : events) {
      switch (event) {
        case SessionEvent.Answered(Query query, Slice result) -> {
          complete(query, result);
          if (query == first) {
            listenerQueue.add(() -> listener.onFirstAnswer(result));
            apply(new Event.Initialized());
          }
        }
        case SessionEvent.Refused(Query query, int code, String error) -> {
          fail(query, RpcException.of(code, error, query.method()));
          if (query == first) {
            goOn = false;
          }
        }
        case SessionEvent.Abandoned(Query query, Reason reason, Progress progress) ->
            fail(query, new CallFailedException(query.method(), reason, progress, null));
        case SessionEvent.Update(Slice body) -> listenerQueue.addUpdates(body);
        case SessionEvent.SessionCreated(), SessionEvent.UpdatesMissed() ->
            listenerQueue.add(listener::onGap);
        case SessionEvent.Restart() -> goOn = false;
      }
    }
    if (broken != null) {
      throw broken;
    }
    return goOn;
  }

  private static void complete(Query query, Slice result) {
    if (query instanceof PendingCall call) {
      call.answer.complete(result);
    }
  }

  private static void fail(Query query, MtprotoException failure) {
    if (query instanceof PendingCall call) {
      call.answer.completeExceptionally(failure);
    }
  }

  private Event awaitRetry(long until) {
    synchronized (lock) {
      while (state instanceof ConnectionState.WaitingToRetry) {
        long left = until - Heartbeat.now();
        if (left <= 0) {
          return new Event.RetryDue();
        }
        try {
          lock.wait(left);
        } catch (InterruptedException e) {
          // Only close() interrupts this thread, and it has set the state that is looked at next.
        }
      }
    }
    return new Event.Close();
  }

  private void finish(ConnectionState.Closed closed) {
    endChannel();
    Heartbeat.shared().remove(beating);
    List<Query> left = new ArrayList<>();
    synchronized (lock) {
      if (session != null) {
        left.addAll(session.abandonAll());
      }
      left.addAll(early);
      early.clear();
      lock.notifyAll();
    }
    for (Query query : left) {
      fail(
          query,
          new CallFailedException(query.method(), Reason.CLOSED, query.progress(), closed.cause()));
    }
    listenerQueue.add(() -> listener.onClosed(closed.cause()));
  }

  /** Ends the TCP connection, on the connection's own thread: afterwards it is closed. */
  private void endChannel() {
    FramedChannel ended;
    synchronized (lock) {
      ended = channel;
      channel = null;
      endingSince = 0;
    }
    if (ended != null) {
      // An interrupt from close() has done its work by now; it must not cut the goodbye short.
      Thread.interrupted();
      ended.finish(FINISH);
    }
  }

  private MtprotoException reasonFor(MtprotoException seen) {
    synchronized (lock) {
      MtprotoException known = endReason;
      return known == null ? seen : known;
    }
  }

  private FramedChannel currentChannel() {
    synchronized (lock) {
      if (channel == null) {
        throw new TransportException("the connection was closed", null);
      }
      return channel;
    }
  }

  private ClientSession currentSession() {
    if (session == null) {
      throw new IllegalStateException("no session yet");
    }
    return session;
  }

  // --- writing -----------------------------------------------------------------------------

  /** With the lock held. */
  private void startWriting() {
    if (!writing && channel != null && session != null) {
      Thread.ofVirtual().name("mtproto-writer").start(this::write);
      writing = true;
    }
  }

  private void write() {
    FramedChannel to = null;
    try {
      while (true) {
        byte[] packet;
        synchronized (lock) {
          to = channel;
          packet = to == null || session == null ? null : session.flush(Heartbeat.now());
          writeBegan = Heartbeat.now();
          if (to == null || packet == null) {
            writing = false;
            writeBegan = 0;
            return;
          }
        }
        to.write(new Frame.Packet(packet));
      }
    } catch (Throwable e) {
      // Whatever it is: without this no other writer would ever start.
      writingFailed(to, e);
    }
  }

  private void writingFailed(@Nullable FramedChannel to, Throwable why) {
    MtprotoException failure =
        why instanceof MtprotoException known
            ? known
            : new TransportException("writing failed in an unexpected way", why);
    synchronized (lock) {
      writing = false;
      writeBegan = 0;
      if (to != null) {
        end(to, failure);
      }
    }
    if (failure != why) {
      log.error("a connection could not write", why);
    }
  }

  // --- looking after it --------------------------------------------------------------------

  private void beat(long now) {
    synchronized (lock) {
      FramedChannel current = channel;
      if (current == null) {
        return;
      }
      if (endingSince != 0) {
        if (now - endingSince >= FINISH.toMillis()) {
          current.reset();
        }
        return;
      }
      boolean shakingHands =
          state instanceof ConnectionState.ExchangingKeys
              || state instanceof ConnectionState.Initializing;
      if (shakingHands && now - stateSince >= options.handshakeTimeout().toMillis()) {
        end(current, new TransportException("the server does not answer in time", null));
        return;
      }
      if (state instanceof ConnectionState.ExchangingKeys) {
        return;
      }
      if (writeBegan != 0 && now - writeBegan >= STUCK.toMillis()) {
        end(current, new TransportException("the connection is dead: nothing can be sent", null));
      } else if (session != null) {
        switch (session.check(now)) {
          case DEAD ->
              end(current, new TransportException("the connection is dead: no pong", null));
          case TO_SEND -> startWriting();
          case QUIET -> {}
        }
      }
    }
  }

  /**
   * Makes the reader come to an end, with the lock held; half-closing does not block. The reader
   * then closes and goes on.
   */
  private void end(FramedChannel connection, MtprotoException why) {
    if (connection == channel && endingSince == 0) {
      endReason = why;
      endingSince = Heartbeat.now();
      connection.halfClose();
    }
  }

  // --- closing -----------------------------------------------------------------------------

  /** As {@link #close(Duration)} without waiting for calls that are under way. */
  @Override
  public void close() {
    close(Duration.ZERO);
  }

  /**
   * Closes for good: takes no more calls, waits for those that are under way, fails the rest with
   * {@link Reason#CLOSED}, ends the TCP connection and returns when it is closed. An interrupt cuts
   * the wait short, not the closing.
   *
   * @param drain the longest to wait for calls that are under way
   */
  public void close(Duration drain) {
    Thread running;
    synchronized (lock) {
      draining = true;
      awaitCalls(drain);
      running = thread;
      state = ConnectionState.next(state, new Event.Close(), Heartbeat.now(), options.backoff(), 0);
      if (running == null) {
        return;
      }
      lock.notifyAll();
      if (channel != null) {
        end(channel, new TransportException("closed by its owner", null));
      } else {
        running.interrupt();
      }
    }
    if (Thread.currentThread().equals(running)) {
      return;
    }
    boolean interrupted = Thread.interrupted();
    try {
      if (!running.join(CLOSE)) {
        log.warn("{}: a connection took longer than {} to close", options.dc(), CLOSE);
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Waits until a connection that is being closed is closed: its socket, if it had one, is gone and
   * no thread of its is left.
   *
   * @param limit the longest to wait; not positive to look only
   * @return whether it is closed, or was never opened
   */
  public boolean awaitClosed(Duration limit) throws InterruptedException {
    Thread running;
    synchronized (lock) {
      if (!(state instanceof ConnectionState.Closed)) {
        return state instanceof ConnectionState.Idle;
      }
      running = thread;
    }
    return running == null || running.join(limit);
  }

  private void awaitCalls(Duration drain) {
    long deadline = System.nanoTime() + drain.toNanos();
    while (session != null && session.pending() > 0 && !(state instanceof ConnectionState.Closed)) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        return;
      }
      try {
        lock.wait(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
