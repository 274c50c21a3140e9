package dev.jobradar.clients;

import dev.jobradar.clients.SlotEvent.Reservation;
import dev.jobradar.clients.UserClientsListener.Outcome;
import dev.jobradar.telegram.TelegramClient;
import dev.jobradar.telegram.session.SavedSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
 * Provides each user's one live {@link TelegramClient}.
 *
 * <p><b>The promise.</b> For every user at most one connection to Telegram is open at any time, as
 * long as clients are opened here and by {@link PendingSignIns} only, in one process. The old
 * client is closed, and seen closed, before a new one is opened; one that does not close is
 * reported, and its user gets no other until it is closed.
 *
 * <p>The pool opens clients, not a caller: the first caller starts it, later callers share the
 * attempt and get the same client, and a caller that gives up or is interrupted ends only its own
 * wait. A client that loses its connection reconnects by itself and stays the user's.
 *
 * <p><b>Implementation.</b> {@code SlotTable} maps each user to a {@code Slot}, and {@code
 * SlotState.next} decides every change of a slot. Clients in no slot are closed by {@code
 * UnownedClients}.
 *
 * <p>Thread-safe. A hit is one map look-up and one volatile read: no lock, no allocation. Methods
 * that wait are interruptible. Close it after everything that uses it.
 */
public final class UserClients implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(UserClients.class);

  private final UserClientsOptions options;
  private final SessionStore store;
  private final Connector connector;
  private final UserClientsListener listener;
  private final Time time;
  private final DialLimiter limiter;
  private final SlotTable slots;
  private final UnownedClients unowned;
  private final IdleTimeout idleTimeout;
  private final List<BooleanSupplier> dependents = new CopyOnWriteArrayList<>();
  private final SessionStore.Claim claim;
  private final AtomicBoolean claimed = new AtomicBoolean(true);

  /** With neither hook nor listener, and the default options. */
  public UserClients(SessionStore store, Connector connector) {
    this(store, connector, UserClientsOptions.DEFAULT, ClientHook.NONE, UserClientsListener.NONE);
  }

  /**
   * Creates the pool; nothing is opened yet.
   *
   * @param hook is called with each new client before it is handed out
   * @param listener receives events
   * @throws IllegalStateException when the store belongs to another instance ({@link
   *     SessionStore#claim})
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
    this.unowned = new UnownedClients(time);
    this.slots =
        new SlotTable(
            store,
            factory == null ? (user, session) -> newClient(user, session) : factory,
            hook,
            listener,
            time,
            options.drain());
    this.claim = store.claim();
    this.idleTimeout = new IdleTimeout(slots, time, options.idleAfter(), options.drain());
  }

  // --- asking --------------------------------------------------------------------------------

  /** As {@link #get(UserId, Duration)}, with the time-out of the options. */
  public ClientResult get(UserId user) throws InterruptedException {
    return get(user, options.timeout());
  }

  /**
   * A user's client, at once if there is one. Otherwise the stored sign-in is opened.
   *
   * <p>A caller waits only while it can still get a client in time: while an attempt is in
   * progress, or if the next one starts before the time-out. So {@link ClientResult.Unreachable}
   * may come early; with a time-out of zero it comes at once, and the client is opened all the
   * same.
   *
   * @param timeout the longest to wait
   * @throws InterruptedException when the caller is interrupted: the client is opened all the same
   * @throws UserClientsClosedException when the pool is closed, or is closed meanwhile
   */
  public ClientResult get(UserId user, Duration timeout) throws InterruptedException {
    Slot slot = slots.find(user);
    if (slot != null) {
      ClientResult hit = slot.hit();
      if (hit != null) {
        return hit;
      }
    }
    return miss(user, timeout);
  }

  private ClientResult miss(UserId user, Duration timeout) throws InterruptedException {
    long asked = System.nanoTime();
    long deadline = asked + timeout.toNanos();
    Outcome outcome = Outcome.CLOSED;
    try {
      while (true) {
        ClientResult result = slots.findOrOpen(user).await(deadline, asked);
        if (result != null) {
          outcome = outcomeOf(result);
          return result;
        }
      }
    } catch (InterruptedException e) {
      outcome = Outcome.INTERRUPTED;
      throw e;
    } finally {
      Outcome ended = outcome;
      Duration wait = Duration.ofNanos(System.nanoTime() - asked);
      notifyListener(each -> each.waited(user, ended, wait));
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

  void notifyListener(Consumer<UserClientsListener> event) {
    try {
      event.accept(listener);
    } catch (RuntimeException e) {
      log.error("a listener failed", e);
    }
  }

  /** Starts to open the clients of these users, and returns at once. */
  public void connectAll(Collection<UserId> users) {
    for (UserId user : users) {
      Objects.requireNonNull(slots.findOrOpen(user));
    }
  }

  /**
   * Keeps a user's client open although it is idle, for example because it watches channels. Does
   * not open it.
   *
   * @return close it to end this
   */
  public KeepOpen keepOpen(UserId user) {
    return new KeepOpen(idleTimeout.keepOpen(user));
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

  // --- closing -------------------------------------------------------------------------------

  /** As {@link #disconnect(UserId, Duration)}, with the time-out of the options. */
  public boolean disconnect(UserId user) throws InterruptedException {
    return disconnect(user, options.closeTimeout());
  }

  /**
   * Closes a user's client and forgets it, also while it is connecting; calls in progress have the
   * drain time of the options to end, and fail then. The stored sign-in stays: the next {@link
   * #get} opens it again.
   *
   * @param within the longest to wait; closing continues after that
   * @return whether everything of the user's is closed
   */
  public boolean disconnect(UserId user, Duration within) throws InterruptedException {
    long deadline = System.nanoTime() + within.toNanos();
    return slots.disconnect(user, CloseReason.DISCONNECTED, drainWithin(within), deadline);
  }

  private Duration drainWithin(Duration within) {
    return options.drain().compareTo(within) < 0 ? options.drain() : within;
  }

  /**
   * Closes all clients at once, and forgets them.
   *
   * @param within the longest to wait for all of them together
   * @return the users of those that are not closed by then
   */
  public Set<UserId> disconnectAll(Duration within) throws InterruptedException {
    long deadline = System.nanoTime() + within.toNanos();
    return slots.disconnectAll(CloseReason.DISCONNECTED, drainWithin(within), deadline);
  }

  /**
   * Ends a user's sign-in at Telegram ({@code auth.logOut}), closes the client and deletes the
   * sign-in from the store. Opens a connection if there is none.
   *
   * @return {@link ClientResult.NoSession} when the sign-in is over; {@link
   *     ClientResult.SessionEnded} when it was over before; {@link ClientResult.Unreachable} when
   *     Telegram did not confirm: then the sign-in is still stored, and may still be valid
   */
  public ClientResult logOut(UserId user, Duration within) throws InterruptedException {
    long deadline = System.nanoTime() + within.toNanos();
    ClientResult result = get(user, within);
    if (!(result instanceof ClientResult.Connected)) {
      return result;
    }
    Slot slot = slots.find(user);
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
    return outcome == null ? unreachable("Telegram did not confirm the log-out") : outcome;
  }

  private ClientResult.Unreachable unreachable(String why) {
    return new ClientResult.Unreachable(new NotConnectedException(why), time.now());
  }

  /** As {@link #close(Duration)}, with the time-out of the options. An interrupt cuts it short. */
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
   * Closes all clients and all pending sign-ins at once. From its start on, nothing is opened any
   * more and {@link #get} throws. The claim on the store is released unless something stays open.
   *
   * @param within the longest to wait for all of them together
   * @return the users of those that are not closed by then; their connections may still be alive
   */
  public Set<UserId> close(Duration within) throws InterruptedException {
    long deadline = System.nanoTime() + within.toNanos();
    slots.close();
    List<FutureTask<Boolean>> closing = new ArrayList<>();
    for (BooleanSupplier dependent : dependents) {
      FutureTask<Boolean> task = new FutureTask<>(dependent::getAsBoolean);
      closing.add(task);
      Thread.ofVirtual().name("user-clients").start(task);
    }
    Set<UserId> left = slots.disconnectAll(CloseReason.SHUTDOWN, drainWithin(within), deadline);
    if (left.isEmpty()) {
      // Nothing is open there, but ended sign-ins may still be written to the store.
      slots.awaitEmpty(deadline);
    }
    boolean dependentsClosed = awaitAll(closing, deadline);
    boolean othersClosed = unowned.awaitClosed(deadline) && dependentsClosed;
    if (!othersClosed) {
      log.error("sign-ins under way are not closed in time");
    }
    time.stop();
    if (left.isEmpty() && othersClosed && claimed.compareAndSet(true, false)) {
      claim.release();
    }
    return left;
  }

  private static boolean awaitAll(List<FutureTask<Boolean>> closing, long deadline)
      throws InterruptedException {
    boolean all = true;
    for (FutureTask<Boolean> each : closing) {
      try {
        all &= each.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        all = false;
      } catch (ExecutionException e) {
        log.error("closing failed", e);
        all = false;
      }
    }
    return all;
  }

  // --- for sign-ins ----------------------------------------------------------------------------

  /**
   * Makes a client that somebody opened, and signed in with, the user's. A client that was there is
   * closed, and seen closed, before this one is handed out; until then both are open: {@link
   * PendingSignIns} avoids that.
   *
   * <p>From now on the client is the pool's, also when this fails: it is closed then.
   *
   * @throws NoClientException when the client that was there does not close in time
   * @throws UserClientsClosedException when the pool is closed
   */
  public void adopt(UserId user, TelegramClient telegram) throws InterruptedException {
    PacedClient client = new PacedClient(limiter, telegram);
    boolean adopted = false;
    try {
      Reservation reservation = new Reservation("a client is being adopted");
      Slot slot = slots.reserve(user, reservation, options.closeTimeout());
      adopted = slots.handOver(slot, reservation, client);
    } finally {
      if (!adopted) {
        unowned.closeThen(client, () -> log.debug("{}: a client was not adopted; closed", user));
      }
    }
    if (!adopted) {
      throw new UserClientsClosedException();
    }
  }

  /** A client that is not opened yet, and dials only when it is its turn. */
  PacedClient newClient(@Nullable UserId user, @Nullable SavedSession session) {
    return new PacedClient(connector, limiter, user, session);
  }

  /**
   * Something that is to be closed when the clients are, at the same time.
   *
   * @param closing closes, and says whether it is closed but for what {@link UnownedClients} closes
   */
  void closeWith(BooleanSupplier closing) {
    dependents.add(closing);
  }

  SlotTable slots() {
    return slots;
  }

  UnownedClients unowned() {
    return unowned;
  }

  SessionStore store() {
    return store;
  }

  Time time() {
    return time;
  }

  // --- monitoring ----------------------------------------------------------------------------

  /** The state of each user's client that is open or about to be, in no order. */
  public List<ClientStatus> snapshot() {
    List<ClientStatus> all = new ArrayList<>();
    for (Slot slot : slots.all()) {
      ClientStatus status = slot.status();
      if (status != null) {
        all.add(status);
      }
    }
    return all;
  }

  /** The state of a user's client, empty if there is none. */
  public Optional<ClientStatus> status(UserId user) {
    return Optional.ofNullable(slots.find(user)).map(Slot::status);
  }

  /** How many clients there are in each state; a state without any is left out. */
  public Map<ClientStatus.State, Integer> countByState() {
    Map<ClientStatus.State, Integer> counts = new EnumMap<>(ClientStatus.State.class);
    snapshot().forEach(status -> counts.merge(status.state(), 1, Integer::sum));
    return counts;
  }
}
