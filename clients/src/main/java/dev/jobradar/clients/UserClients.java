package dev.jobradar.clients;

import dev.jobradar.clients.SlotEvent.Reservation;
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

  private static final Duration CLOSE_RETRY = Duration.ofSeconds(1);

  private final ConcurrentHashMap<UserId, Slot> slots = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<UserId, Integer> keptOpen = new ConcurrentHashMap<>();
  private final List<BooleanSupplier> dependents = new CopyOnWriteArrayList<>();

  /** Clients that are nobody's and do not close. */
  private final Set<ManagedClient> unclosed = ConcurrentHashMap.newKeySet();

  private final UserClientsOptions options;
  private final SessionStore store;
  private final Connector connector;
  private final UserClientsListener listener;
  private final Time time;
  private final DialLimiter limiter;
  private final SlotContext context;
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
   * @param factory makes clients in place of the connector
   */
  UserClients(
      SessionStore store,
      Connector connector,
      UserClientsOptions options,
      ClientHook hook,
      UserClientsListener listener,
      Time time,
      @Nullable BiFunction<UserId, SavedSession, ManagedClient> factory) {
    this.options = options;
    this.store = store;
    this.connector = connector;
    this.listener = listener;
    this.time = time;
    this.limiter = new DialLimiter(time, options.maxConcurrentDials());
    this.context =
        new SlotContext(
            store,
            factory == null ? (user, session) -> newClient(user, session) : factory,
            hook,
            listener,
            time,
            options.drain(),
            new FailureBackoff(),
            slot -> slots.remove(slot.user(), slot),
            () -> closed);
    this.claim = store.claim();
    if (options.idleAfter() != null) {
      scheduleIdleCheck(options.idleAfter());
    }
  }

  // --- asking --------------------------------------------------------------------------------

  /** As {@link #get(UserId, Duration)}, with the patience of the options. */
  public ClientResult get(UserId user) throws InterruptedException {
    return get(user, options.patience());
  }

  /**
   * A user's client, at once when there is one. Otherwise the stored sign-in is opened.
   *
   * <p>A caller waits as long as their time could still bring a client: while an attempt is under
   * way, or the next one begins before their time is over. So {@link ClientResult.Unreachable} may
   * come early; with no patience at all it comes at once, and the client is being opened
   * nevertheless.
   *
   * @param patience the longest to wait
   * @throws InterruptedException when the caller is interrupted: the client is opened nevertheless
   * @throws UserClientsClosedException when all is closed, or is closed meanwhile
   */
  public ClientResult get(UserId user, Duration patience) throws InterruptedException {
    Slot slot = slots.get(user);
    if (slot != null) {
      ClientResult hit = slot.hit();
      if (hit != null) {
        return hit;
      }
    }
    return miss(user, patience);
  }

  private ClientResult miss(UserId user, Duration patience) throws InterruptedException {
    long asked = System.nanoTime();
    long deadline = asked + patience.toNanos();
    Outcome outcome = Outcome.CLOSED;
    try {
      while (true) {
        if (closed) {
          throw new UserClientsClosedException();
        }
        Slot slot = slotOf(user);
        ClientResult result = slot.await(deadline, asked);
        if (result != null) {
          outcome = outcomeOf(result);
          return result;
        }
      }
    } catch (InterruptedException e) {
      outcome = Outcome.INTERRUPTED;
      throw e;
    } finally {
      reportWait(user, outcome, Duration.ofNanos(System.nanoTime() - asked));
    }
  }

  private static Outcome outcomeOf(ClientResult result) {
    return switch (result) {
      case ClientResult.Connected _ -> Outcome.CONNECTED;
      case ClientResult.NoSession _ -> Outcome.NO_SESSION;
      case ClientResult.SessionEnded _ -> Outcome.SESSION_ENDED;
      case ClientResult.Unreachable _ -> Outcome.UNREACHABLE;
    };
  }

  private void reportWait(UserId user, Outcome outcome, Duration wait) {
    notifyListener(hearing -> hearing.waited(user, outcome, wait));
  }

  void notifyListener(Consumer<UserClientsListener> news) {
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
    Slot fresh = new Slot(user, context, new SlotState.Loading());
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
      fresh.handle(new SlotEvent.Disconnect(CloseReason.SHUTDOWN, Duration.ZERO));
      throw new UserClientsClosedException();
    }
    return earlier;
  }

  /** Begins to open the clients of these users, and returns at once. */
  public void connectAll(Collection<UserId> users) {
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
  public KeepOpen keepOpen(UserId user) {
    keptOpen.merge(user, 1, Integer::sum);
    return new KeepOpen(() -> keptOpen.computeIfPresent(user, (_, n) -> n == 1 ? null : n - 1));
  }

  /** A reason not to close a client for being idle. Closing it a second time does nothing. */
  public static final class KeepOpen implements AutoCloseable {
    private @Nullable Runnable release;

    private KeepOpen(Runnable release) {
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

  private void scheduleIdleCheck(Duration idleAfter) {
    Duration rhythm = Duration.ofMillis(Math.max(10, idleAfter.toMillis() / 4));
    time.after(
        rhythm,
        () -> {
          Instant before = time.now().minus(idleAfter);
          for (Slot slot : slots.values()) {
            boolean rested = !slot.idleSince().isAfter(before);
            if (rested && !keptOpen.containsKey(slot.user())) {
              slot.handle(new SlotEvent.Disconnect(CloseReason.IDLE, options.drain()));
            }
          }
          if (!closed) {
            scheduleIdleCheck(idleAfter);
          }
        });
  }

  // --- closing -------------------------------------------------------------------------------

  /** As {@link #disconnect(UserId, Duration)}, within the time of the options. */
  public boolean disconnect(UserId user) throws InterruptedException {
    return disconnect(user, options.closeTimeout());
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
    slot.handle(new SlotEvent.Disconnect(CloseReason.DISCONNECTED, drainWithin(within)));
    return awaitNoClient(slot, deadline);
  }

  private Duration drainWithin(Duration within) {
    return options.drain().compareTo(within) < 0 ? options.drain() : within;
  }

  private static boolean awaitNoClient(Slot slot, long deadline) throws InterruptedException {
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
    return disconnectAll(CloseReason.DISCONNECTED, within);
  }

  private Set<UserId> disconnectAll(CloseReason why, Duration within) throws InterruptedException {
    long deadline = System.nanoTime() + within.toNanos();
    List<Slot> all = new ArrayList<>(slots.values());
    for (Slot slot : all) {
      slot.handle(new SlotEvent.Disconnect(why, drainWithin(within)));
    }
    Set<UserId> left = new HashSet<>();
    for (Slot slot : all) {
      if (!awaitNoClient(slot, deadline)) {
        left.add(slot.user());
      }
    }
    return left;
  }

  /**
   * Ends a user's sign-in at Telegram ({@code auth.logOut}), closes the client and has the store
   * forget the sign-in. Needs a connection, which is made when there is none.
   *
   * @return {@link ClientResult.NoSession} when the sign-in is over; {@link
   *     ClientResult.SessionEnded} when it was over before; {@link ClientResult.Unreachable} when
   *     Telegram could not be told: then the sign-in is still stored, and may still be valid
   */
  public ClientResult logOut(UserId user, Duration within) throws InterruptedException {
    long deadline = System.nanoTime() + within.toNanos();
    ClientResult result = get(user, within);
    if (!(result instanceof ClientResult.Connected)) {
      return result;
    }
    Slot slot = slots.get(user);
    if (slot == null) {
      return unreachable("the client was closed by somebody else meanwhile");
    }
    SlotState state = slot.handle(new SlotEvent.LogOut());
    while (!(state instanceof SlotState.Gone(ClientResult outcome))) {
      SlotState next = slot.awaitChange(state, deadline);
      if (next.equals(state)) {
        return unreachable("still being logged out");
      }
      state = next;
    }
    return outcome == null ? unreachable("Telegram did not confirm the end") : outcome;
  }

  private ClientResult.Unreachable unreachable(String why) {
    return new ClientResult.Unreachable(new NotConnectedException(why), time.now());
  }

  /** As {@link #close(Duration)}, within the time of the options. An interrupt cuts it short. */
  @Override
  public void close() {
    try {
      Set<UserId> left = close(options.closeTimeout());
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
    for (BooleanSupplier each : dependents) {
      FutureTask<Boolean> other = new FutureTask<>(each::getAsBoolean);
      others.add(other);
      Thread.ofVirtual().name("user-clients").start(other);
    }
    Set<UserId> left = disconnectAll(CloseReason.SHUTDOWN, within);
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
    synchronized (unclosed) {
      while (!unclosed.isEmpty() && deadline - System.nanoTime() > 0) {
        TimeUnit.NANOSECONDS.timedWait(unclosed, deadline - System.nanoTime());
      }
      all &= unclosed.isEmpty();
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
  public void adopt(UserId user, TelegramClient telegram) throws InterruptedException {
    PacedClient client = new PacedClient(limiter, telegram);
    boolean adopted = false;
    try {
      Reservation reservation = new Reservation("a client is being adopted");
      Slot slot = reserve(user, reservation, options.closeTimeout());
      adopted = handOver(slot, reservation, client);
    } finally {
      if (!adopted) {
        closeThen(client, () -> log.debug("{}: a client was not adopted, and is closed", user));
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
  Slot reserve(UserId user, Reservation reservation, Duration within) throws InterruptedException {
    long deadline = System.nanoTime() + within.toNanos();
    while (true) {
      Slot fresh = new Slot(user, context, new SlotState.Reserved(reservation));
      Slot slot = put(fresh);
      if (slot == null) {
        return fresh;
      }
      if (awaitReserved(slot, reservation, deadline)) {
        return slot;
      }
    }
  }

  /** Whether it is held; else it is gone. */
  private boolean awaitReserved(Slot slot, Reservation reservation, long deadline)
      throws InterruptedException {
    boolean held = false;
    try {
      while (true) {
        SlotState state = slot.handle(new SlotEvent.Reserve(reservation));
        if (state instanceof SlotState.Gone) {
          return false;
        }
        held = state instanceof SlotState.Reserved(Reservation mine) && mine == reservation;
        if (held) {
          return true;
        }
        if (slot.awaitChange(state, deadline).equals(state)) {
          throw new NoClientException(
              new ClientResult.Unreachable(
                  new NotConnectedException("the client before does not close in time"),
                  time.now()));
        }
      }
    } finally {
      if (!held) {
        slot.handle(new SlotEvent.Release(reservation));
      }
    }
  }

  /**
   * Gives the place a client that is open already.
   *
   * @return false when all was closed meanwhile: the client is still the caller's to close
   */
  boolean handOver(Slot slot, Reservation reservation, ManagedClient client) {
    client.attach(slot);
    boolean given =
        client.equals(slot.handle(new SlotEvent.HandOver(reservation, client)).client());
    client.reportState();
    return given;
  }

  void release(Slot slot, Reservation reservation) {
    slot.handle(new SlotEvent.Release(reservation));
  }

  /** A client that is not opened yet, and dials only when it is its turn. */
  PacedClient newClient(@Nullable UserId user, @Nullable SavedSession session) {
    return new PacedClient(connector, limiter, user, session);
  }

  /**
   * Something that is to be closed when the clients are, at the same time.
   *
   * @param closing closes, and says whether it is closed but for what {@link #closeThen} closes
   */
  void closeWith(BooleanSupplier closing) {
    dependents.add(closing);
  }

  /** Closes a client that is nobody's; whether it was seen closed. */
  boolean closed(ManagedClient client) {
    try {
      return client.close(Duration.ZERO);
    } catch (RuntimeException e) {
      log.warn("closing failed, and is tried again: {}", e.toString());
      return false;
    }
  }

  /** Closes a client that is nobody's until it is closed, and only then goes on. */
  void closeThen(ManagedClient client, Runnable next) {
    if (!closed(client)) {
      if (unclosed.add(client)) {
        log.error("a client of nobody's does not close; no other is opened beside it");
      }
      time.after(CLOSE_RETRY, () -> time.inBackground(() -> closeThen(client, next)));
      return;
    }
    synchronized (unclosed) {
      unclosed.remove(client);
      unclosed.notifyAll();
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
