package dev.jobradar.clients;

import dev.jobradar.clients.SlotEvent.Holder;
import dev.jobradar.clients.UserClientsListener.Outcome;
import dev.jobradar.telegram.TelegramClient;
import dev.jobradar.telegram.session.SavedSession;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands out each user's one live {@link TelegramClient}.
 *
 * <p><b>The promise.</b> For every user at most one connection to Telegram is open at any time, as
 * long as clients are opened here and by {@link PendingSignIns} only, in one process. The old
 * client is closed, and seen closed, before a new one is opened; one that refuses to close is
 * reported, and its user gets no other until it is closed.
 *
 * <p>Opening belongs to the pool, not to a caller: the first who asks begins it, all who ask
 * meanwhile share it and get the same client, and one who gives up, or is interrupted, drops their
 * own wait only. A client that loses its connection repairs it by itself, and stays the user's.
 *
 * <p><b>How it is made.</b> A map from user to {@code Slot}. Every change of a slot is decided by
 * {@code SlotState.next}; a slot leaves the map only after its client was seen closed, and only
 * then are those woken who wait to open the next.
 *
 * <p>Thread-safe. A hit is one map look-up and one volatile read: no lock, nothing allocated.
 * Methods that wait are interruptible. To be closed after everything that uses it.
 */
public final class UserClients implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(UserClients.class);

  private static final Duration CLOSE_AGAIN = Duration.ofSeconds(1);

  private final ConcurrentHashMap<UserId, Slot> slots = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<UserId, Integer> kept = new ConcurrentHashMap<>();
  private final List<BooleanSupplier> closedWith = new CopyOnWriteArrayList<>();

  /** Clients that are nobody's and do not close. */
  private final Set<Line> stuck = ConcurrentHashMap.newKeySet();

  private final UserClientsOptions options;
  private final SessionStore store;
  private final Connector connector;
  private final UserClientsListener listener;
  private final Time time;
  private final Pacer pacer;
  private final Shared shared;
  private final SessionStore.Claim claim;
  private final AtomicBoolean claimed = new AtomicBoolean(true);
  private volatile boolean closed;

  /** With neither hook nor listener, and the usual options. */
  public UserClients(SessionStore store, Connector connector) {
    this(store, connector, UserClientsOptions.DEFAULT, ClientHook.NONE, UserClientsListener.NONE);
  }

  /**
   * Opens nothing yet.
   *
   * @param hook is told of each new client before it is handed out
   * @param listener hears what happens
   * @throws IllegalStateException when the store is another's ({@link SessionStore#claim})
   */
  public UserClients(
      SessionStore store,
      Connector connector,
      UserClientsOptions options,
      ClientHook hook,
      UserClientsListener listener) {
    this(store, connector, options, hook, listener, new SystemTime(), null);
  }

  /**
   * For tests.
   *
   * @param lines makes clients in place of the connector
   */
  UserClients(
      SessionStore store,
      Connector connector,
      UserClientsOptions options,
      ClientHook hook,
      UserClientsListener listener,
      Time time,
      @Nullable BiFunction<UserId, SavedSession, Line> lines) {
    this.options = options;
    this.store = store;
    this.connector = connector;
    this.listener = listener;
    this.time = time;
    this.pacer = new Pacer(time, options.dialsAtOnce());
    this.shared =
        new Shared(
            store,
            lines == null ? (user, session) -> newLine(user, session) : lines,
            hook,
            listener,
            time,
            options.drain(),
            new Rests(),
            slot -> slots.remove(slot.user(), slot),
            () -> closed);
    this.claim = store.claim();
    if (options.idleAfter() != null) {
      lookForIdle(options.idleAfter());
    }
  }

  // --- asking --------------------------------------------------------------------------------

  /** As {@link #get(UserId, Duration)}, with the patience of the options. */
  public Answer get(UserId user) throws InterruptedException {
    return get(user, options.patience());
  }

  /**
   * A user's client, at once when there is one. Otherwise the stored sign-in is opened.
   *
   * <p>A caller waits as long as their time could still bring a client: while an attempt is under
   * way, or the next one begins before their time is over. So {@link Answer.Unreachable} may come
   * early; with no patience at all it comes at once, and the client is being opened nevertheless.
   *
   * @param patience the longest to wait
   * @throws InterruptedException when the caller is interrupted: the client is opened nevertheless
   * @throws UserClientsClosedException when all is closed, or is closed meanwhile
   */
  public Answer get(UserId user, Duration patience) throws InterruptedException {
    Slot slot = slots.get(user);
    if (slot != null) {
      Answer hit = slot.hit();
      if (hit != null) {
        return hit;
      }
    }
    return miss(user, patience);
  }

  private Answer miss(UserId user, Duration patience) throws InterruptedException {
    long asked = System.nanoTime();
    long deadline = asked + patience.toNanos();
    Outcome outcome = Outcome.CLOSED;
    try {
      while (true) {
        if (closed) {
          throw new UserClientsClosedException();
        }
        Slot slot = slotOf(user);
        Answer answer = slot.await(deadline, asked);
        if (answer != null) {
          outcome = outcomeOf(answer);
          return answer;
        }
      }
    } catch (InterruptedException e) {
      outcome = Outcome.INTERRUPTED;
      throw e;
    } finally {
      heard(user, outcome, Duration.ofNanos(System.nanoTime() - asked));
    }
  }

  private static Outcome outcomeOf(Answer answer) {
    return switch (answer) {
      case Answer.Connected _ -> Outcome.CONNECTED;
      case Answer.NoSession _ -> Outcome.NO_SESSION;
      case Answer.SessionEnded _ -> Outcome.SESSION_ENDED;
      case Answer.Unreachable _ -> Outcome.UNREACHABLE;
    };
  }

  private void heard(UserId user, Outcome outcome, Duration wait) {
    tell(hearing -> hearing.waited(user, outcome, wait));
  }

  void tell(Consumer<UserClientsListener> news) {
    try {
      news.accept(listener);
    } catch (RuntimeException e) {
      log.error("a listener failed", e);
    }
  }

  /** The slot of a user; makes one, and has it begin, when there is none. */
  private Slot slotOf(UserId user) {
    Slot present = slots.get(user);
    if (present != null) {
      return present;
    }
    Slot fresh = new Slot(user, shared, new SlotState.Loading());
    Slot earlier = put(fresh);
    if (earlier != null) {
      return earlier;
    }
    fresh.begin();
    return fresh;
  }

  /**
   * Puts a slot into the map unless there is one: that is returned then.
   *
   * <p>{@link #close} sets {@code closed} before it looks through the map, and here it is looked at
   * after the map has the slot: whichever comes first, no slot is left behind.
   */
  private @Nullable Slot put(Slot fresh) {
    if (closed) {
      throw new UserClientsClosedException();
    }
    Slot earlier = slots.putIfAbsent(fresh.user(), fresh);
    if (earlier == null && closed) {
      fresh.tell(new SlotEvent.Disconnect(ClosedBecause.SHUTDOWN, Duration.ZERO));
      throw new UserClientsClosedException();
    }
    return earlier;
  }

  /** Begins to open the clients of these users, and returns at once. */
  public void bringUp(Collection<UserId> users) {
    for (UserId user : users) {
      Objects.requireNonNull(slotOf(user));
    }
  }

  /**
   * Has a user's client never be closed for being idle, because it watches something. Does not open
   * it.
   *
   * @return to be closed when it does not matter any more
   */
  public Keep keep(UserId user) {
    kept.merge(user, 1, Integer::sum);
    return new Keep(() -> kept.computeIfPresent(user, (_, n) -> n == 1 ? null : n - 1));
  }

  /** A reason not to close a client for being idle. Closing it a second time does nothing. */
  public static final class Keep implements AutoCloseable {
    private @Nullable Runnable release;

    private Keep(Runnable release) {
      this.release = release;
    }

    @Override
    public void close() {
      Runnable once;
      synchronized (this) {
        once = release;
        release = null;
      }
      if (once != null) {
        once.run();
      }
    }
  }

  private void lookForIdle(Duration idleAfter) {
    Duration rhythm = Duration.ofMillis(Math.max(10, idleAfter.toMillis() / 4));
    time.after(
        rhythm,
        () -> {
          Instant before = time.now().minus(idleAfter);
          for (Slot slot : slots.values()) {
            boolean rested = !slot.restedSince().isAfter(before);
            if (rested && !kept.containsKey(slot.user())) {
              slot.tell(new SlotEvent.Disconnect(ClosedBecause.IDLE, options.drain()));
            }
          }
          if (!closed) {
            lookForIdle(idleAfter);
          }
        });
  }

  // --- closing -------------------------------------------------------------------------------

  /** As {@link #disconnect(UserId, Duration)}, within the time of the options. */
  public boolean disconnect(UserId user) throws InterruptedException {
    return disconnect(user, options.closeWithin());
  }

  /**
   * Closes a user's client and forgets it, also while it is connecting; calls that are under way
   * get the time of the options to end, and fail then. The stored sign-in stays: the next {@link
   * #get} opens it again.
   *
   * @param within the longest to wait; the closing goes on after that
   * @return whether nothing of the user's is open any more
   */
  public boolean disconnect(UserId user, Duration within) throws InterruptedException {
    long deadline = System.nanoTime() + within.toNanos();
    Slot slot = slots.get(user);
    if (slot == null) {
      return true;
    }
    slot.tell(new SlotEvent.Disconnect(ClosedBecause.DISCONNECTED, shorter(within)));
    return awaitNoLine(slot, deadline);
  }

  private Duration shorter(Duration within) {
    return options.drain().compareTo(within) < 0 ? options.drain() : within;
  }

  private static boolean awaitNoLine(Slot slot, long deadline) throws InterruptedException {
    SlotState state = slot.state();
    while (state instanceof SlotState.Closing) {
      SlotState next = slot.awaitChange(state, deadline);
      if (next.equals(state)) {
        return false;
      }
      state = next;
    }
    return true;
  }

  /**
   * Closes all clients at once, and forgets them.
   *
   * @param within the longest to wait for all of them together
   * @return the users of those that are not closed by then
   */
  public Set<UserId> disconnectAll(Duration within) throws InterruptedException {
    return disconnectAll(ClosedBecause.DISCONNECTED, within);
  }

  private Set<UserId> disconnectAll(ClosedBecause why, Duration within)
      throws InterruptedException {
    long deadline = System.nanoTime() + within.toNanos();
    List<Slot> all = new ArrayList<>(slots.values());
    for (Slot slot : all) {
      slot.tell(new SlotEvent.Disconnect(why, shorter(within)));
    }
    Set<UserId> left = new HashSet<>();
    for (Slot slot : all) {
      if (!awaitNoLine(slot, deadline)) {
        left.add(slot.user());
      }
    }
    return left;
  }

  /**
   * Ends a user's sign-in at Telegram ({@code auth.logOut}), closes the client and has the store
   * forget the sign-in. Needs a connection, which is made when there is none.
   *
   * @return {@link Answer.NoSession} when the sign-in is over; {@link Answer.SessionEnded} when it
   *     was over before; {@link Answer.Unreachable} when Telegram could not be told: then the
   *     sign-in is still stored, and may still be valid
   */
  public Answer logOut(UserId user, Duration within) throws InterruptedException {
    long deadline = System.nanoTime() + within.toNanos();
    Answer answer = get(user, within);
    if (!(answer instanceof Answer.Connected)) {
      return answer;
    }
    Slot slot = slots.get(user);
    if (slot == null) {
      return unreachable("the client was closed by somebody else meanwhile");
    }
    SlotState state = slot.tell(new SlotEvent.LogOut());
    while (!(state instanceof SlotState.Gone(Answer outcome))) {
      SlotState next = slot.awaitChange(state, deadline);
      if (next.equals(state)) {
        return unreachable("still being logged out");
      }
      state = next;
    }
    return outcome == null ? unreachable("Telegram did not confirm the end") : outcome;
  }

  private Answer.Unreachable unreachable(String why) {
    return new Answer.Unreachable(new NotConnectedException(why), time.now());
  }

  /** As {@link #close(Duration)}, within the time of the options. An interrupt cuts it short. */
  @Override
  public void close() {
    try {
      Set<UserId> left = close(options.closeWithin());
      if (!left.isEmpty()) {
        log.error("not closed in time: {}", left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Closes all clients and all pending sign-ins at once. From its beginning nothing is opened any
   * more, and {@link #get} throws. The store is let go unless something is left open.
   *
   * @param within the longest to wait for all of them together
   * @return the users of those that are not closed by then; their connections may still be alive
   */
  public Set<UserId> close(Duration within) throws InterruptedException {
    long deadline = System.nanoTime() + within.toNanos();
    closed = true;
    List<FutureTask<Boolean>> others = new ArrayList<>();
    for (BooleanSupplier each : closedWith) {
      FutureTask<Boolean> other = new FutureTask<>(each::getAsBoolean);
      others.add(other);
      Thread.ofVirtual().name("user-clients").start(other);
    }
    Set<UserId> left = disconnectAll(ClosedBecause.SHUTDOWN, within);
    while (!slots.isEmpty() && left.isEmpty() && deadline - System.nanoTime() > 0) {
      for (Slot slot : slots.values()) {
        // Nothing is open there: the store is still being told.
        SlotState seen = slot.state();
        SlotState next = slot.awaitChange(seen, deadline);
        assert next != null;
      }
    }
    boolean othersClosed = closedBy(others, deadline);
    time.stop();
    if (left.isEmpty() && othersClosed && claimed.compareAndSet(true, false)) {
      claim.release();
    }
    return left;
  }

  private boolean closedBy(List<FutureTask<Boolean>> others, long deadline)
      throws InterruptedException {
    boolean all = true;
    for (FutureTask<Boolean> other : others) {
      try {
        all &= other.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        all = false;
      } catch (ExecutionException e) {
        log.error("closing failed", e);
        all = false;
      }
    }
    synchronized (stuck) {
      while (!stuck.isEmpty() && deadline - System.nanoTime() > 0) {
        TimeUnit.NANOSECONDS.timedWait(stuck, deadline - System.nanoTime());
      }
      all &= stuck.isEmpty();
    }
    if (!all) {
      log.error("sign-ins under way are not closed in time");
    }
    return all;
  }

  // --- one client passes to another ------------------------------------------------------------

  /**
   * Makes a client that somebody opened, and signed in with, the user's. One that was there is
   * closed, and seen closed, before this one is handed out; but it was open beside this one until
   * then: {@link PendingSignIns} avoids that.
   *
   * <p>From now on the client is the pool's, also when this fails: it is closed then.
   *
   * @throws NoClientException when the client that was there does not close in time
   * @throws UserClientsClosedException when all is closed
   */
  public void adopt(UserId user, TelegramClient client) throws InterruptedException {
    TelegramLine line = new TelegramLine(pacer, client);
    boolean adopted = false;
    try {
      Holder holder = new Holder("a client is being adopted");
      Slot slot = hold(user, holder, options.closeWithin());
      adopted = give(slot, holder, line);
    } finally {
      if (!adopted) {
        closeThen(line, () -> log.debug("{}: a client was not adopted, and is closed", user));
      }
    }
    if (!adopted) {
      throw new UserClientsClosedException();
    }
  }

  /**
   * Closes a user's client and keeps the place closed, until {@code give} or {@code release}.
   *
   * @throws NoClientException when the client that is there does not close in time
   */
  Slot hold(UserId user, Holder holder, Duration within) throws InterruptedException {
    long deadline = System.nanoTime() + within.toNanos();
    while (true) {
      Slot fresh = new Slot(user, shared, new SlotState.Held(holder));
      Slot slot = put(fresh);
      if (slot == null) {
        return fresh;
      }
      if (awaitHeld(slot, holder, deadline)) {
        return slot;
      }
    }
  }

  /** Whether it is held; else it is gone. */
  private boolean awaitHeld(Slot slot, Holder holder, long deadline) throws InterruptedException {
    boolean held = false;
    try {
      while (true) {
        SlotState state = slot.tell(new SlotEvent.Hold(holder));
        if (state instanceof SlotState.Gone) {
          return false;
        }
        held = state instanceof SlotState.Held(Holder mine) && mine == holder;
        if (held) {
          return true;
        }
        if (slot.awaitChange(state, deadline).equals(state)) {
          throw new NoClientException(
              new Answer.Unreachable(
                  new NotConnectedException("the client before does not close in time"),
                  time.now()));
        }
      }
    } finally {
      if (!held) {
        slot.tell(new SlotEvent.Release(holder));
      }
    }
  }

  /**
   * Gives the place a client that is open already.
   *
   * @return false when all was closed meanwhile: the client is still the caller's to close
   */
  boolean give(Slot slot, Holder holder, Line line) {
    line.attach(slot);
    boolean given = line.equals(slot.tell(new SlotEvent.Give(holder, line)).line());
    line.sync();
    return given;
  }

  void release(Slot slot, Holder holder) {
    slot.tell(new SlotEvent.Release(holder));
  }

  /** A client that is not opened yet, and dials only when it is its turn. */
  TelegramLine newLine(@Nullable UserId user, @Nullable SavedSession session) {
    return new TelegramLine(connector, pacer, user, session);
  }

  /**
   * Something that is to be closed when the clients are, at the same time.
   *
   * @param closing closes, and says whether it is closed but for what {@link #closeThen} closes
   */
  void closeWith(BooleanSupplier closing) {
    closedWith.add(closing);
  }

  /** Closes a client that is nobody's; whether it was seen closed. */
  boolean closed(Line line) {
    try {
      return line.close(Duration.ZERO);
    } catch (RuntimeException e) {
      log.warn("closing failed, and is tried again: {}", e.toString());
      return false;
    }
  }

  /** Closes a client that is nobody's until it is closed, and only then goes on. */
  void closeThen(Line line, Runnable next) {
    if (!closed(line)) {
      if (stuck.add(line)) {
        log.error("a client of nobody's does not close; no other is opened beside it");
      }
      time.after(CLOSE_AGAIN, () -> time.inBackground(() -> closeThen(line, next)));
      return;
    }
    synchronized (stuck) {
      stuck.remove(line);
      stuck.notifyAll();
    }
    next.run();
  }

  SessionStore store() {
    return store;
  }

  Time time() {
    return time;
  }

  // --- looking -------------------------------------------------------------------------------

  /** How every user's client stands that is open, or about to be. In no order. */
  public List<ClientStatus> snapshot() {
    List<ClientStatus> all = new ArrayList<>(slots.size());
    for (Slot slot : slots.values()) {
      ClientStatus status = slot.status();
      if (status != null) {
        all.add(status);
      }
    }
    return all;
  }

  /** How a user's client stands, empty when there is none. */
  public Optional<ClientStatus> status(UserId user) {
    return Optional.ofNullable(slots.get(user)).map(Slot::status);
  }

  /** How many clients there are in each state; a state without any is left out. */
  public Map<ClientStatus.State, Integer> countByState() {
    Map<ClientStatus.State, Integer> counts = new EnumMap<>(ClientStatus.State.class);
    snapshot().forEach(status -> counts.merge(status.state(), 1, Integer::sum));
    return counts;
  }
}
