package dev.jobradar.mtproto.client;

import dev.jobradar.mtproto.CallFailedException.Progress;
import dev.jobradar.mtproto.ConnectionClosedException;
import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.mtproto.RpcException;
import dev.jobradar.mtproto.TransportException;
import dev.jobradar.mtproto.channel.FramedChannel;
import dev.jobradar.mtproto.client.ConnectionOptions.KnownKey;
import dev.jobradar.mtproto.client.ConnectionState.Event;
import dev.jobradar.mtproto.session.Query;
import dev.jobradar.mtproto.session.Slice;
import dev.jobradar.tl.TlMethod;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread of a connection: runs the effects of {@link ConnectionState}. It dials, makes the key,
 * reads, and after a failure closes and redials, one after the other, so that there is never more
 * than one TCP connection.
 *
 * <p>{@code lock} guards the state, the link and the calls; under it there is no I/O, no listener
 * is called and no future completed. Thread-safe.
 */
final class ConnectionLoop {
  private static final Logger log = LoggerFactory.getLogger(ConnectionLoop.class);
  private static final Duration CLOSE = Duration.ofSeconds(3);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final ConnectionOptions options;
  private final ConnectionListener listener;
  private final ListenerQueue listenerQueue;
  private final EventDispatcher dispatcher;
  private final AddressDialer addresses;
  private final Heartbeat.Target heartbeat = this::beat;

  private final Object lock = new Object();
  private final Calls calls;
  private final Link link;
  private ConnectionState state = new ConnectionState.Idle();
  private long stateSince = Heartbeat.now();
  private @Nullable Thread thread;

  /** The last failure, until calls are sent again. */
  private @Nullable MtprotoException trouble;

  private boolean draining;

  ConnectionLoop(
      ConnectionOptions options, ConnectionListener listener, ListenerQueue listenerQueue) {
    this.options = options;
    this.listener = listener;
    this.listenerQueue = listenerQueue;
    this.dispatcher = new EventDispatcher(listener, listenerQueue, this::trouble);
    this.addresses = new AddressDialer(options.addresses(), options.dialer());
    this.calls = new Calls(options.keepAlive(), RANDOM);
    this.link = new Link(lock, () -> calls.nextPacket(Heartbeat.now()));
    KnownKey known = options.knownKey();
    if (known != null) {
      calls.begin(known);
    }
  }

  /** Starts the thread. The second time it does nothing. */
  void start() {
    synchronized (lock) {
      if (thread != null || !(state instanceof ConnectionState.Idle)) {
        return;
      }
      thread = Thread.ofVirtual().name("mtproto-connection").unstarted(this::run);
      // Before the thread can end, which removes it again.
      Heartbeat.shared().add(heartbeat);
      thread.start();
    }
  }

  ConnectionState state() {
    synchronized (lock) {
      return state;
    }
  }

  @Nullable KnownKey knownKey() {
    synchronized (lock) {
      return calls.knownKey(Heartbeat.now());
    }
  }

  long serverTime() {
    synchronized (lock) {
      return calls.serverTime(Heartbeat.now());
    }
  }

  /** What keeps calls from being sent or answered now, if anything does. */
  @Nullable MtprotoException trouble() {
    synchronized (lock) {
      return trouble == null ? calls.trouble(Heartbeat.now()) : trouble;
    }
  }

  // --- calls -------------------------------------------------------------------------------

  /**
   * Takes a call.
   *
   * @throws ConnectionClosedException when the connection is closed or being closed
   */
  void submit(PendingCall call) {
    synchronized (lock) {
      if (state instanceof ConnectionState.Closed(MtprotoException cause)) {
        throw new ConnectionClosedException("the connection is closed", cause);
      }
      if (draining) {
        throw new ConnectionClosedException("the connection is being closed", null);
      }
      calls.submit(call);
      somethingToSend();
    }
  }

  /** Forgets a call whose caller no longer waits; returns how far it got. */
  Progress drop(PendingCall call) {
    synchronized (lock) {
      Progress progress = calls.drop(call);
      somethingToSend();
      lock.notifyAll();
      return progress;
    }
  }

  /** With the lock held. */
  private void somethingToSend() {
    if (calls.hasSession()) {
      link.somethingToSend();
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
        link.close();
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
          somethingToSend();
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
              addresses.dial(options.dialTimeout()),
              options.transport().open(RANDOM, options.maxPacket()));
    } catch (IOException | RuntimeException e) {
      Thread.interrupted();
      return new Event.Lost(new TransportException("dialling failed: " + e.getMessage(), e));
    }
    synchronized (lock) {
      link.opened(dialed);
      if (state instanceof ConnectionState.Dialing) {
        return new Event.Dialed(calls.hasSession());
      }
    }
    link.close();
    return new Event.Close();
  }

  private FramedChannel channel() {
    synchronized (lock) {
      return link.channel();
    }
  }

  private Event exchangeKeys() {
    KnownKey made;
    try {
      made = KeyNegotiation.make(channel(), options, RANDOM);
    } catch (MtprotoException e) {
      MtprotoException reason = link.close();
      return lost(reason == null ? e : reason, true);
    }
    synchronized (lock) {
      calls.begin(made);
    }
    listenerQueue.add(() -> listener.onAuthKey(made.key()));
    return new Event.KeyMade();
  }

  /** From the first query to the end of the TCP connection. */
  private Event converse() {
    FramedChannel connection = channel();
    PendingCall first = firstCall();
    synchronized (lock) {
      calls.session().connected(Heartbeat.now(), first);
      somethingToSend();
    }
    MtprotoException end;
    try {
      end =
          new SessionReader(lock, calls, link, dispatcher, first, this::initialized)
              .readToEnd(connection);
    } catch (MtprotoException e) {
      end = e;
    }
    MtprotoException reason = link.close();
    synchronized (lock) {
      calls.session().disconnected();
    }
    if (first.answer.isCompletedExceptionally()
        && first.answer.exceptionNow() instanceof RpcException refused) {
      return afterRefusal(refused);
    }
    return lost(reason == null ? end : reason, !first.answer.isDone());
  }

  private Event lost(MtprotoException cause, boolean useless) {
    boolean network = cause instanceof TransportException transport && transport.code().isEmpty();
    if (useless && network) {
      // It connects and leads nowhere, as a broken IPv6 route may.
      addresses.avoidPreferred();
    }
    return new Event.Lost(cause);
  }

  private PendingCall firstCall() {
    TlMethod<?> first = options.client().introduce(options.firstQuery());
    return new PendingCall(MethodNames.nameOf(options.firstQuery()), first.toByteArray(), true);
  }

  /** Some refusals of the first query are temporary, the others are permanent. */
  private static Event afterRefusal(RpcException refused) {
    boolean temporary =
        refused instanceof RpcException.FloodWait || refused.code() >= 500 || refused.code() < 0;
    return temporary ? new Event.Lost(refused) : new Event.Failed(refused);
  }

  private void initialized(Slice answer) {
    listenerQueue.add(() -> listener.onFirstAnswer(answer));
    apply(new Event.Initialized());
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
          // Only close() interrupts this thread, and it has set the state that is read next.
        }
      }
    }
    return new Event.Close();
  }

  private void finish(ConnectionState.Closed closed) {
    link.close();
    Heartbeat.shared().remove(heartbeat);
    List<Query> left;
    synchronized (lock) {
      left = calls.abandonAll();
      lock.notifyAll();
    }
    left.forEach(query -> dispatcher.closed(query, closed.cause()));
    listenerQueue.add(() -> listener.onClosed(closed.cause()));
  }

  // --- about every second ------------------------------------------------------------------

  private void beat(long now) {
    synchronized (lock) {
      link.beat();
      if (!link.isUp() || link.isEnding()) {
        return;
      }
      switch (ConnectionCheck.of(
          state, now - stateSince, options.handshakeTimeout(), () -> calls.check(now))) {
        case HANDSHAKE_TIMED_OUT -> {
          MtprotoException why = calls.trouble(now);
          link.end(
              why == null
                  ? new TransportException("the server does not answer in time", null)
                  : why);
        }
        case NO_PONG -> link.end(new TransportException("the connection is dead: no pong", null));
        case TO_SEND -> link.somethingToSend();
        case QUIET -> {}
      }
    }
  }

  // --- closing -----------------------------------------------------------------------------

  /** Closes permanently: see {@link MtprotoConnection#close(Duration)}. */
  void close(Duration drain) {
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
      if (link.isUp()) {
        link.end(new TransportException("closed by its owner", null));
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

  /** Waits until it is closed: see {@link MtprotoConnection#awaitClosed}. */
  boolean awaitClosed(Duration limit) throws InterruptedException {
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
    while (calls.pending() > 0 && !(state instanceof ConnectionState.Closed)) {
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
