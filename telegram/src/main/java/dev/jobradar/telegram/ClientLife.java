package dev.jobradar.telegram;

import dev.jobradar.mtproto.ConnectionClosedException;
import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.mtproto.TransportException;
import dev.jobradar.mtproto.client.ConnectionState;
import dev.jobradar.mtproto.client.ListenerQueue;
import dev.jobradar.mtproto.client.MtprotoConnection;
import dev.jobradar.telegram.ClientState.Identity;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs what {@link ClientState} says: opens the connection, sets out for another data centre, tells
 * the listener, closes.
 *
 * <p>The listener is told on one queue, which is also the connections': what was said before a
 * change is told before it. {@code lock} guards the state, the line and the way; under it there is
 * no I/O and nobody is told. Thread-safe.
 */
final class ClientLife {
  /** The longest that {@link #close} waits for the end of a move, and then for a listener. */
  private static final Duration CLOSE = Duration.ofSeconds(3);

  /** A connection and its number. */
  record Line(int number, MtprotoConnection connection) {}

  private final TelegramOptions options;
  private final KnownMe known;
  private final AccountUpdates updates;
  private final ListenerQueue queue = new ListenerQueue();
  private volatile ClientListener listener;

  private final Object lock = new Object();
  private ClientState state;

  /** The last one; it stays when the client leaves it. */
  private @Nullable Line line;

  /** The last move, null once it has arrived. */
  private @Nullable DcMigration way;

  ClientLife(
      TelegramOptions options,
      Identity who,
      KnownMe known,
      AccountUpdates updates,
      ClientListener listener) {
    this.options = options;
    this.state = new ClientState.Fresh(who);
    this.known = known;
    this.updates = updates;
    this.listener = listener;
  }

  void listener(ClientListener next) {
    listener = next;
  }

  // --- what it is --------------------------------------------------------------------------

  Identity who() {
    return state().who();
  }

  boolean isSignedIn() {
    ClientState now = state();
    return now.who().signedIn() && !(now instanceof ClientState.Ended);
  }

  /** Why it can never work again, null while it can. */
  @Nullable MtprotoException ended() {
    return state() instanceof ClientState.Ended ended ? ended.why() : null;
  }

  boolean isOn(int number) {
    return ClientState.isOn(state(), number);
  }

  boolean isOnTheWay(int number) {
    return ClientState.isOnTheWay(state(), number);
  }

  boolean hasLeft(Line used) {
    return ClientState.hasLeft(state(), used.number());
  }

  private ClientState state() {
    synchronized (lock) {
      return state;
    }
  }

  /** The last line, null before the first. */
  @Nullable Line line() {
    synchronized (lock) {
      return line;
    }
  }

  ConnectionState connectionState() {
    synchronized (lock) {
      return switch (state) {
        case ClientState.Fresh _ -> new ConnectionState.Idle();
        case ClientState.On _ ->
            Objects.requireNonNull(line, "on without a line").connection().state();
        case ClientState.Moving _ -> new ConnectionState.Dialing(0, false);
        case ClientState.Ended ended -> new ConnectionState.Closed(ended.why());
        case ClientState.Closed _ -> new ConnectionState.Closed(null);
      };
    }
  }

  /**
   * The line to use, once the client is on no way to another.
   *
   * @param deadline the end of the caller's patience, in terms of {@link System#nanoTime}
   */
  Line awaitLine(long deadline) throws InterruptedException {
    synchronized (lock) {
      while (state instanceof ClientState.Moving) {
        lock.wait(patience(deadline));
      }
      return switch (state) {
        case ClientState.On _ -> Objects.requireNonNull(line, "on without a line");
        case ClientState.Ended ended ->
            throw new ConnectionClosedException("the sign-in is over", ended.why());
        case ClientState.Closed _ ->
            throw new ConnectionClosedException("the client is closed", null);
        case ClientState.Fresh _ ->
            throw new ConnectionClosedException("the client was not opened", null);
        case ClientState.Moving _ -> throw new IllegalStateException("moving again");
      };
    }
  }

  /** How many milliseconds a caller still waits for a move. With the lock held. */
  private long patience(long deadline) {
    long millis = (deadline - System.nanoTime()) / 1_000_000;
    DcMigration move = Objects.requireNonNull(way, "moving without a way");
    if (millis > 0 && move.pause().toMillis() <= millis) {
      return millis;
    }
    MtprotoException trouble = move.trouble();
    throw new TransportException(
        trouble == null
            ? "the account could not be moved to its data centre in time"
            : "the account cannot be moved to its data centre now: " + trouble.getMessage(),
        trouble);
  }

  // --- what happens ------------------------------------------------------------------------

  /** Something that the connection says, on the thread that tells the listener. */
  void heard(ClientEvent event) {
    List<ClientEffect> effects = apply(event);
    effects.forEach(this::finish);
    effects.forEach(this::tell);
  }

  /** Something that happens on any other thread. */
  void happened(ClientEvent event) {
    List<ClientEffect> effects;
    synchronized (lock) {
      effects = apply(event);
      for (ClientEffect effect : effects) {
        if (effect instanceof ClientEffect.Telling) {
          queue.add(() -> tell(effect));
        }
      }
    }
    effects.forEach(this::finish);
  }

  /** Changes the state and does what belongs to it; the rest is left to do without the lock. */
  private List<ClientEffect> apply(ClientEvent event) {
    synchronized (lock) {
      ClientState.Step step =
          ClientState.next(state, event, System.nanoTime() / 1_000_000, options.backoff().most());
      state = step.state();
      for (ClientEffect effect : step.effects()) {
        switch (effect) {
          case ClientEffect.Connect(int number, Identity who) -> connect(number, who);
          case ClientEffect.SetOut setOut -> setOut(setOut);
          case ClientEffect.Finish _, ClientEffect.Telling _ -> {}
        }
      }
      lock.notifyAll();
      return step.effects();
    }
  }

  private void connect(int number, Identity who) {
    way = null;
    MtprotoConnection opened =
        new MtprotoConnection(
            options.connection(
                who.home().dc(), who.home().told(), who.home().key(), who.hasSignIn()),
            new LineEvents(this, number, who.hasSignIn(), known, updates),
            queue);
    line = new Line(number, opened);
    opened.open();
  }

  private void setOut(ClientEffect.SetOut setOut) {
    Line left = Objects.requireNonNull(line, "a move without a line to leave");
    way = new DcMigration(this, options, left.connection(), setOut);
    way.start();
  }

  private void finish(ClientEffect effect) {
    if (effect instanceof ClientEffect.Finish(MtprotoException why)) {
      updates.over(why);
      hangUp(Duration.ZERO);
    }
  }

  private void tell(ClientEffect effect) {
    switch (effect) {
      case ClientEffect.TellReady() -> {
        updates.connected();
        listener.onReady();
      }
      case ClientEffect.TellLost(MtprotoException cause) -> {
        updates.disconnected();
        listener.onLost(cause);
      }
      case ClientEffect.TellEnded(MtprotoException why) -> listener.onEnded(why);
      case ClientEffect.TellClosed() -> listener.onClosed();
      case ClientEffect.Connect _, ClientEffect.SetOut _, ClientEffect.Finish _ -> {}
    }
  }

  // --- the end -----------------------------------------------------------------------------

  /** See {@link TelegramClient#close(Duration)}. */
  void close(Duration drain) {
    happened(new ClientEvent.Close());
    DcMigration last;
    synchronized (lock) {
      last = way;
    }
    updates.close();
    if (last != null) {
      last.stop();
    }
    hangUp(drain);
    awaitEnd(last);
  }

  private void hangUp(Duration drain) {
    Line last = line();
    if (last != null) {
      last.connection().close(drain);
    }
  }

  /** An interrupt cuts the wait short, not the closing. */
  private void awaitEnd(@Nullable DcMigration last) {
    boolean interrupted = Thread.interrupted();
    try {
      if (last != null) {
        last.awaitEnd(CLOSE);
      }
      if (!updates.awaitEnd(CLOSE)) {
        updates.hangs();
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** See {@link TelegramClient#awaitClosed}. */
  boolean awaitClosed(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    Line last;
    DcMigration move;
    synchronized (lock) {
      if (!(state instanceof ClientState.Closed || state instanceof ClientState.Ended)) {
        return false;
      }
      last = line;
      move = way;
    }
    if (move != null && !move.awaitEnd(limit)) {
      return false;
    }
    return (last == null || last.connection().awaitClosed(rest(deadline)))
        && updates.awaitEnd(rest(deadline));
  }

  private static Duration rest(long deadline) {
    return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
  }
}
