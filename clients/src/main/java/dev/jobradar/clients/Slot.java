package dev.jobradar.clients;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.telegram.Me;
import dev.jobradar.telegram.TelegramClient;
import dev.jobradar.telegram.session.SavedSession;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds one user's client: a {@link SlotState}, and the code that runs its effects.
 *
 * <p><b>Threads.</b> The monitor of the slot guards its state; a hit reads the state without it. No
 * I/O and no callback runs while it is held. Effects run after it is released: on the thread that
 * brought the event when they cannot block, else on a thread of their own. So two threads may run
 * effects of two steps at once: opening a closed client does nothing, and a preparation that comes
 * too late is skipped.
 *
 * <p>Store and hook are called in order, on one thread ({@link SequentialExecutor}). That a client
 * was seen closed is reported there last: when the slot goes, it has nothing more to report, and
 * callbacks of the next slot's client come after this one's.
 */
final class Slot {
  private static final Logger log = LoggerFactory.getLogger(Slot.class);

  /** How long Telegram may take to log a key out. */
  static final Duration LOG_OUT_TIMEOUT = Duration.ofSeconds(10);

  private static final Duration CLOSE_RETRY = Duration.ofSeconds(1);

  /** How long store and hook may take to handle a closed client. */
  static final Duration OVERDUE_AFTER = Duration.ofSeconds(5);

  private static final Duration RECORD_RETRY = Duration.ofSeconds(1);
  private static final Duration RECORD_RETRY_MAX = Duration.ofSeconds(30);

  private final UserId user;
  private final SlotContext context;
  private final SequentialExecutor callbacks;

  /** When the slot was created, by {@link System#nanoTime}. */
  private final long begunAt = System.nanoTime();

  private volatile SlotState state;

  /** The result while it is connected, null otherwise: a hit reads this field only. */
  private volatile ClientResult.@Nullable Connected answer;

  private Instant since;
  private long lostAt;
  private int waiting;
  private @Nullable String lastError;
  private @Nullable Exception lastCause;

  /** The client that the hook was called with; used by {@link #callbacks} only. */
  private @Nullable ManagedClient announced;

  /** Whether it was asked for since {@link #idleSince} looked. A lost write costs nothing. */
  private boolean used = true;

  private Instant usedAt;

  Slot(UserId user, SlotContext context, SlotState first) {
    this.user = user;
    this.context = context;
    this.callbacks = new SequentialExecutor(context.time());
    this.state = first;
    this.since = context.time().now();
    this.usedAt = since;
  }

  UserId user() {
    return user;
  }

  SlotState state() {
    return state;
  }

  /** Looks up the sign-in, to open it. Called once, by who put the slot into the map. */
  void begin() {
    context.time().inBackground(this::lookUp);
  }

  // --- asking --------------------------------------------------------------------------------

  /** The result if there is a client, without a wait. */
  ClientResult.@Nullable Connected hit() {
    ClientResult.Connected present = answer;
    if (present != null && !used) {
      used = true;
    }
    return present;
  }

  /**
   * Waits for a result as long as the remaining time could still bring one.
   *
   * @param deadline by {@link System#nanoTime}
   * @param asked when the caller began to ask: what the store said before does not count
   * @return null when the slot is gone and the caller has to look in the map again
   */
  @Nullable ClientResult await(long deadline, long asked) throws InterruptedException {
    synchronized (this) {
      waiting++;
      used = true;
      try {
        while (true) {
          SlotState now = state;
          long left = deadline - System.nanoTime();
          switch (now) {
            case SlotState.Connected connected -> {
              return connected.answer();
            }
            case SlotState.Recording(SessionEnd end) when end != null && left <= 0 -> {
              return new ClientResult.SessionEnded(end);
            }
            case SlotState.Gone(ClientResult answer) -> {
              return begunAt - asked < 0 ? null : answer;
            }
            default -> {
              ClientResult.Unreachable why = unreachable(now);
              if (left <= 0 || why.nextTry().isAfter(context.time().now().plusNanos(left))) {
                return why;
              }
            }
          }
          ManagedClient client = now.client();
          if (client != null) {
            client.prioritize();
          }
          TimeUnit.NANOSECONDS.timedWait(this, left);
        }
      } finally {
        waiting--;
      }
    }
  }

  /** Why there is no client right now. */
  private ClientResult.Unreachable unreachable(SlotState now) {
    Instant present = context.time().now();
    return switch (now) {
      case SlotState.Connecting(_, MtprotoException trouble, Instant next) ->
          trouble == null || next == null
              ? new ClientResult.Unreachable(new NotConnectedException("still connecting"), present)
              : new ClientResult.Unreachable(trouble, next);
      case SlotState.Repairing(_, _, MtprotoException cause, Instant next) ->
          new ClientResult.Unreachable(cause, next);
      case SlotState.BackingOff(Exception cause, Instant until) ->
          new ClientResult.Unreachable(cause, until);
      case SlotState.Loading() -> waitFor("the sign-in is being looked up", present);
      case SlotState.Preparing _ -> waitFor("connected, and being prepared", present);
      case SlotState.Closing(_, _, boolean overdue) ->
          waitFor(
              overdue
                  ? "the previous client does not close, and no other may be opened beside it"
                  : "the previous client is being closed",
              present);
      case SlotState.Recording _ -> waitFor("the end of the sign-in is being stored", present);
      case SlotState.Reserved(SlotEvent.Reservation reservation) ->
          waitFor(reservation.toString(), present);
      case SlotState.Connected _, SlotState.Gone _ -> waitFor("ask again", present);
    };
  }

  private static ClientResult.Unreachable waitFor(String what, Instant present) {
    return new ClientResult.Unreachable(new NotConnectedException(what), present);
  }

  /**
   * Waits until the state changes.
   *
   * @return the state then, or {@code seen} when the time is over
   */
  SlotState awaitChange(SlotState seen, long deadline) throws InterruptedException {
    synchronized (this) {
      while (state.equals(seen)) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          return seen;
        }
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
      return state;
    }
  }

  /** Its status, null when the slot is gone. */
  synchronized @Nullable ClientStatus status() {
    ClientStatus.State shown =
        switch (state) {
          case SlotState.Loading _ -> ClientStatus.State.LOADING;
          case SlotState.Connecting _ -> ClientStatus.State.CONNECTING;
          case SlotState.Preparing _ -> ClientStatus.State.PREPARING;
          case SlotState.Connected _ -> ClientStatus.State.CONNECTED;
          case SlotState.Repairing _ -> ClientStatus.State.REPAIRING;
          case SlotState.Closing(_, _, boolean overdue) ->
              overdue ? ClientStatus.State.OVERDUE : ClientStatus.State.CLOSING;
          case SlotState.Recording _ -> ClientStatus.State.RECORDING;
          case SlotState.BackingOff _ -> ClientStatus.State.BACKING_OFF;
          case SlotState.Reserved _ -> ClientStatus.State.RESERVED;
          case SlotState.Gone _ -> null;
        };
    if (shown == null) {
      return null;
    }
    ManagedClient client = state.client();
    DcId dc = client == null ? null : client.dc();
    return new ClientStatus(user, shown, since, dc, waiting, nextTry(state), lastError, lastCause);
  }

  private static @Nullable Instant nextTry(SlotState now) {
    return switch (now) {
      case SlotState.Connecting(_, _, Instant next) -> next;
      case SlotState.Repairing(_, _, _, Instant next) -> next;
      case SlotState.BackingOff(_, Instant until) -> until;
      default -> null;
    };
  }

  /** Since when it has been idle. Resets the mark that it was used. */
  synchronized Instant idleSince() {
    if (used || waiting > 0) {
      used = false;
      usedAt = context.time().now();
    }
    return usedAt;
  }

  // --- events --------------------------------------------------------------------------------

  /**
   * Handles an event. May be called by any thread, with no lock held.
   *
   * @return the state that this led to; by now it may be another
   */
  SlotState handle(SlotEvent event) {
    SlotState before;
    SlotState after;
    List<SlotEffect> effects;
    long lost;
    synchronized (this) {
      before = state;
      SlotState.Step step =
          SlotState.next(
              before, event, context.time().now(), context.drain(), context.backoff().delay(user));
      after = step.state();
      effects = step.effects();
      lost = lostAt;
      if (!after.equals(before)) {
        enter(before, after, event);
      }
    }
    if (!after.equals(before)) {
      report(before, after, event, lost);
    }
    effects.forEach(this::run);
    return after;
  }

  private void enter(SlotState before, SlotState after, SlotEvent event) {
    if (!after.getClass().equals(before.getClass())) {
      since = context.time().now();
    }
    switch (event) {
      case SlotEvent.Lost lost -> {
        failed(lost.cause(), "");
        if (!(before instanceof SlotState.Repairing)) {
          lostAt = System.nanoTime();
        }
      }
      case SlotEvent.Failed doomed -> failed(doomed.cause(), "");
      case SlotEvent.LookupFailed failed -> failed(failed.cause(), "the store: ");
      default -> {}
    }
    if (after instanceof SlotState.Gone) {
      // Remove it from the map before waking waiters: they must not find it there again.
      context.remove().accept(this);
    }
    state = after;
    answer = after instanceof SlotState.Connected connected ? connected.answer() : null;
    notifyAll();
  }

  private void failed(Exception cause, String where) {
    lastError = where + cause.getMessage();
    lastCause = cause;
  }

  private void report(SlotState before, SlotState after, SlotEvent event, long lost) {
    switch (event) {
      case SlotEvent.Prepared(_, int round) -> {
        long from = round == 0 ? begunAt : lost;
        Duration took = Duration.ofNanos(System.nanoTime() - from);
        context.backoff().reset(user);
        log.debug("{} is connected after {} ms", user, took.toMillis());
        notifyListener(() -> {
          if (round == 0) {
            context.listener().connected(user, took);
          } else {
            context.listener().reconnected(user, took);
          }
        });
      }
      case SlotEvent.Lost(_, MtprotoException cause, _) -> {
        log.debug("{} is not connected: {}", user, cause.getMessage());
        notifyListener(() -> context.listener().failed(user, cause));
      }
      case SlotEvent.LookupFailed(Exception cause) -> {
        log.warn("{}: the store could not be asked: {}", user, cause.toString());
        notifyListener(() -> context.listener().failed(user, cause));
      }
      case SlotEvent.Failed(_, MtprotoException cause) -> {
        if (after
            instanceof SlotState.Closing(_, SlotState.AfterClose.RecordEnd(SessionEnd end), _)) {
          log.info("{}: Telegram ended the sign-in: {}", user, end.reason());
          context.backoff().reset(user);
          notifyListener(() -> context.listener().sessionEnded(user, end));
        } else {
          log.warn("{}: the client cannot work: {}", user, cause.getMessage());
          context.backoff().failed(user);
          notifyListener(() -> context.listener().failed(user, cause));
        }
      }
      case SlotEvent.NotClosedInTime _ -> {
        if (before instanceof SlotState.Closing(_, _, boolean was) && !was) {
          log.error(
              "{}: the client, its store or its hook does not finish; no other client is opened",
              user);
          notifyListener(() -> context.listener().overdue(user));
        }
      }
      default -> {}
    }
  }

  private void notifyListener(Runnable telling) {
    try {
      telling.run();
    } catch (RuntimeException e) {
      log.error("a listener or a hook failed", e);
    }
  }

  // --- effects -------------------------------------------------------------------------------

  private void run(SlotEffect effect) {
    switch (effect) {
      case SlotEffect.Open(ManagedClient client) -> client.open();
      case SlotEffect.Prepare(ManagedClient client, int round) ->
          callbacks.add(() -> prepare(client, round));
      case SlotEffect.Close(ManagedClient client, Duration drain) ->
          context.time().inBackground(() -> close(client, drain, false));
      case SlotEffect.LogOut(ManagedClient client) ->
          context.time().inBackground(() -> close(client, Duration.ZERO, logOut(client)));
      case SlotEffect.ReportClosed(CloseReason why) -> {
        log.debug("{} is closed: {}", user, why);
        notifyListener(() -> context.listener().closed(user, why));
      }
      case SlotEffect.RecordEnd(SavedSession session, SessionEnd end) ->
          record(() -> context.store().ended(user, session, end), RECORD_RETRY);
      case SlotEffect.RecordLogOut(SavedSession session) ->
          record(() -> context.store().loggedOut(user, session), RECORD_RETRY);
      case SlotEffect.Wake(Instant at) ->
          context
              .time()
              .after(
                  Duration.between(context.time().now(), at),
                  () -> handle(new SlotEvent.BackoffOver()));
    }
  }

  private void lookUp() {
    SlotEvent found;
    try {
      found =
          switch (context.store().find(user)) {
            case StoredSession.None() -> new SlotEvent.NotFound(new ClientResult.NoSession());
            case StoredSession.Ended(SessionEnd end) ->
                new SlotEvent.NotFound(new ClientResult.SessionEnded(end));
            case StoredSession.Valid(SavedSession session) -> {
              if (session.authKey() == null) {
                yield new SlotEvent.NotFound(new ClientResult.NoSession());
              }
              ManagedClient client = context.factory().apply(user, session);
              client.attach(this);
              yield new SlotEvent.Found(client);
            }
          };
    } catch (RuntimeException e) {
      found = new SlotEvent.LookupFailed(e);
    }
    handle(found);
  }

  private void prepare(ManagedClient client, int round) {
    TelegramClient telegram = client.telegram();
    try {
      // Ask for the account first: that call may reveal that Telegram has moved it.
      Me account = client.account();
      keepMove(client);
      context.store().seen(user, account);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      log.warn("{}: the store did not record the account: {}", user, e.toString());
    }
    if (state.equals(new SlotState.Preparing(client, round)) && !client.equals(announced)) {
      announced = client;
      notifyListener(() -> context.hook().opened(user, telegram));
    }
    handle(new SlotEvent.Prepared(client, round));
  }

  /** Stores the new key when Telegram has moved the account: the old one is useless then. */
  private void keepMove(ManagedClient client) {
    SavedSession before = client.session();
    SavedSession moved = client.movedTo();
    if (before != null && moved != null) {
      context.store().moved(user, before, moved);
      client.stored(moved);
    }
  }

  private void finishClosing(ManagedClient client, boolean loggedOut) {
    if (client.equals(announced)
        && state instanceof SlotState.Closing(_, SlotState.AfterClose then, _)) {
      announced = null;
      notifyListener(() -> context.hook().closed(user, client.telegram(), then.why()));
    }
    handle(new SlotEvent.SeenClosed(client, loggedOut));
  }

  private boolean logOut(ManagedClient client) {
    try {
      return client.logOut(LOG_OUT_TIMEOUT);
    } catch (RuntimeException e) {
      log.warn("{}: logging out failed: {}", user, e.toString());
      return false;
    }
  }

  /** Closes the client, and retries until it is closed. */
  private void close(ManagedClient client, Duration drain, boolean loggedOut) {
    boolean closed = false;
    try {
      if (!loggedOut) {
        keepMove(client);
      }
    } catch (RuntimeException e) {
      log.error("{}: the store did not record that Telegram moved the account", user, e);
    }
    Time time = context.time();
    for (int attempt = 1; attempt <= 2 && !closed; attempt++) {
      try {
        closed = client.close(attempt == 1 ? drain : Duration.ZERO);
      } catch (RuntimeException e) {
        // It may have closed all the same; the second attempt tells.
        log.warn("{}: closing failed: {}", user, e.toString());
      }
    }
    if (closed) {
      callbacks.add(() -> finishClosing(client, loggedOut));
      if (client.equals(state.client())) {
        // A hanging store or hook keeps the slot, and is reported.
        time.after(OVERDUE_AFTER, () -> handle(new SlotEvent.NotClosedInTime(client)));
      }
    } else {
      handle(new SlotEvent.NotClosedInTime(client));
      time.after(
          CLOSE_RETRY, () -> time.inBackground(() -> close(client, Duration.ZERO, loggedOut)));
    }
  }

  private void record(Runnable recording, Duration again) {
    Time time = context.time();
    time.inBackground(() -> {
      try {
        recording.run();
      } catch (RuntimeException e) {
        log.error("{}: the store did not record the end of a sign-in", user, e);
        if (!context.closed().getAsBoolean()) {
          Duration doubled = again.multipliedBy(2);
          boolean most = doubled.compareTo(RECORD_RETRY_MAX) > 0;
          time.after(again, () -> record(recording, most ? RECORD_RETRY_MAX : doubled));
          return;
        }
      }
      handle(new SlotEvent.Recorded());
    });
  }
}
