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
 * The place of one user's client: a {@link SlotState}, and around it whatever that asks for.
 *
 * <p><b>Threads.</b> The monitor of the slot guards its state; a hit reads the state without it.
 * Under it there is no I/O and no foreign code runs. Effects run after it is released, on the
 * thread that told the event when they cannot block, else on one of their own. Two threads may so
 * run effects of two steps at once: opening a client that was closed does nothing, and a greeting
 * that comes too late is left out.
 *
 * <p>Store and hook are told of a client in order, on one thread ({@link Serial}). That a client
 * was seen closed is the last thing done there: the slot has nothing more to tell when it goes, and
 * the next one's client is told of after this one's.
 */
final class Slot {
  private static final Logger log = LoggerFactory.getLogger(Slot.class);

  /** The longest that Telegram may take to end a sign-in. */
  static final Duration LOG_OUT = Duration.ofSeconds(10);

  private static final Duration CLOSE_AGAIN = Duration.ofSeconds(1);

  /** The longest that store and hook may take to hear that a client is closed. */
  static final Duration UNTIL_OVERDUE = Duration.ofSeconds(5);

  private static final Duration NOTE_AGAIN = Duration.ofSeconds(1);
  private static final Duration NOTE_AGAIN_AT_MOST = Duration.ofSeconds(30);

  private final UserId user;
  private final Shared shared;
  private final Serial foreign;

  /** When its life began, by the machine's running clock. */
  private final long begunAt = System.nanoTime();

  private volatile SlotState state;

  /** What {@link #state} answers while it is connected, kept at hand: asking reads nothing else. */
  private volatile Answer.@Nullable Connected answer;

  private Instant since;
  private long lostAt;
  private int waiting;
  private @Nullable String lastError;
  private @Nullable Exception lastCause;

  /** The client that the hook was told of; touched by {@link #foreign} alone. */
  private @Nullable Line greeted;

  /** Whether it was asked for since {@link #restedSince} looked. A lost write costs nothing. */
  private boolean used = true;

  private Instant usedAt;

  Slot(UserId user, Shared shared, SlotState first) {
    this.user = user;
    this.shared = shared;
    this.foreign = new Serial(shared.time());
    this.state = first;
    this.since = shared.time().now();
    this.usedAt = since;
  }

  UserId user() {
    return user;
  }

  SlotState state() {
    return state;
  }

  /** Looks the sign-in up, to open it: once, by whoever put the slot into the map. */
  void begin() {
    shared.time().inBackground(this::lookUp);
  }

  // --- asking --------------------------------------------------------------------------------

  /** The answer if there is a client, without a wait. */
  Answer.@Nullable Connected hit() {
    Answer.Connected present = answer;
    if (present != null && !used) {
      used = true;
    }
    return present;
  }

  /**
   * Waits for an answer as long as the time that is left could still bring one.
   *
   * @param deadline by {@link System#nanoTime}
   * @param asked when the caller began to ask: what the store said before is no answer
   * @return null when the slot is gone and the map is to be asked again
   */
  @Nullable Answer await(long deadline, long asked) throws InterruptedException {
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
            case SlotState.Noting(SessionEnd end) when end != null && left <= 0 -> {
              return new Answer.SessionEnded(end);
            }
            case SlotState.Gone(Answer answer) -> {
              return begunAt - asked < 0 ? null : answer;
            }
            default -> {
              Answer.Unreachable why = unreachable(now);
              if (left <= 0 || why.nextTry().isAfter(shared.time().now().plusNanos(left))) {
                return why;
              }
            }
          }
          Line line = now.line();
          if (line != null) {
            line.wanted();
          }
          TimeUnit.NANOSECONDS.timedWait(this, left);
        }
      } finally {
        waiting--;
      }
    }
  }

  /** What keeps a client from being had now. */
  private Answer.Unreachable unreachable(SlotState now) {
    Instant present = shared.time().now();
    return switch (now) {
      case SlotState.Connecting(_, MtprotoException trouble, Instant next) ->
          trouble == null || next == null
              ? new Answer.Unreachable(new NotConnectedException("still connecting"), present)
              : new Answer.Unreachable(trouble, next);
      case SlotState.Repairing(_, _, MtprotoException cause, Instant next) ->
          new Answer.Unreachable(cause, next);
      case SlotState.Resting(Exception cause, Instant until) ->
          new Answer.Unreachable(cause, until);
      case SlotState.Loading() -> waitFor("the sign-in is still being looked up", present);
      case SlotState.Greeting _ -> waitFor("connected, and still being made ready", present);
      case SlotState.Closing(_, _, boolean overdue) ->
          waitFor(
              overdue
                  ? "the client before does not close, and no other may be opened beside it"
                  : "the client before is still being closed",
              present);
      case SlotState.Noting _ -> waitFor("the end of the sign-in is being stored", present);
      case SlotState.Held(SlotEvent.Holder holder) -> waitFor(holder.toString(), present);
      case SlotState.Connected _, SlotState.Gone _ -> waitFor("ask again", present);
    };
  }

  private static Answer.Unreachable waitFor(String what, Instant present) {
    return new Answer.Unreachable(new NotConnectedException(what), present);
  }

  /**
   * Waits until its state is another one.
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

  /** How it stands, null when it is gone. */
  synchronized @Nullable ClientStatus status() {
    ClientStatus.State shown =
        switch (state) {
          case SlotState.Loading _ -> ClientStatus.State.LOADING;
          case SlotState.Connecting _ -> ClientStatus.State.CONNECTING;
          case SlotState.Greeting _ -> ClientStatus.State.GREETING;
          case SlotState.Connected _ -> ClientStatus.State.CONNECTED;
          case SlotState.Repairing _ -> ClientStatus.State.REPAIRING;
          case SlotState.Closing(_, _, boolean overdue) ->
              overdue ? ClientStatus.State.OVERDUE : ClientStatus.State.CLOSING;
          case SlotState.Noting _ -> ClientStatus.State.NOTING;
          case SlotState.Resting _ -> ClientStatus.State.RESTING;
          case SlotState.Held _ -> ClientStatus.State.HELD;
          case SlotState.Gone _ -> null;
        };
    if (shown == null) {
      return null;
    }
    Line line = state.line();
    DcId dc = line == null ? null : line.dc();
    return new ClientStatus(user, shown, since, dc, waiting, nextTry(state), lastError, lastCause);
  }

  private static @Nullable Instant nextTry(SlotState now) {
    return switch (now) {
      case SlotState.Connecting(_, _, Instant next) -> next;
      case SlotState.Repairing(_, _, _, Instant next) -> next;
      case SlotState.Resting(_, Instant until) -> until;
      default -> null;
    };
  }

  /** Since when nobody has asked for it; looks, and forgets that somebody did. */
  synchronized Instant restedSince() {
    if (used || waiting > 0) {
      used = false;
      usedAt = shared.time().now();
    }
    return usedAt;
  }

  // --- events --------------------------------------------------------------------------------

  /**
   * Something happened. May be called by any thread, with no lock held.
   *
   * @return the state that this led to; by now it may be another
   */
  SlotState tell(SlotEvent event) {
    SlotState before;
    SlotState after;
    List<SlotEffect> effects;
    long lost;
    synchronized (this) {
      before = state;
      SlotState.Step step =
          SlotState.next(
              before, event, shared.time().now(), shared.drain(), shared.rests().of(user));
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
      since = shared.time().now();
    }
    switch (event) {
      case SlotEvent.Lost lost -> {
        failed(lost.cause(), "");
        if (!(before instanceof SlotState.Repairing)) {
          lostAt = System.nanoTime();
        }
      }
      case SlotEvent.Doomed doomed -> failed(doomed.cause(), "");
      case SlotEvent.LookupFailed failed -> failed(failed.cause(), "the store: ");
      default -> {}
    }
    if (after instanceof SlotState.Gone) {
      // First out of the map, then awake: who waited must not find it there again.
      shared.remove().accept(this);
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
      case SlotEvent.Greeted(_, int round) -> {
        long from = round == 0 ? begunAt : lost;
        Duration took = Duration.ofNanos(System.nanoTime() - from);
        shared.rests().over(user);
        log.debug("{} is connected after {} ms", user, took.toMillis());
        hear(() -> {
          if (round == 0) {
            shared.listener().connected(user, took);
          } else {
            shared.listener().reconnected(user, took);
          }
        });
      }
      case SlotEvent.Lost(_, MtprotoException cause, _) -> {
        log.debug("{} is not connected: {}", user, cause.getMessage());
        hear(() -> shared.listener().failed(user, cause));
      }
      case SlotEvent.LookupFailed(Exception cause) -> {
        log.warn("{}: the store could not be asked: {}", user, cause.toString());
        hear(() -> shared.listener().failed(user, cause));
      }
      case SlotEvent.Doomed(_, MtprotoException cause) -> {
        if (after instanceof SlotState.Closing(_, SlotState.Then.Note(SessionEnd end), _)) {
          log.info("{}: Telegram ended the sign-in: {}", user, end.reason());
          shared.rests().over(user);
          hear(() -> shared.listener().sessionEnded(user, end));
        } else {
          log.warn("{}: the client cannot work: {}", user, cause.getMessage());
          shared.rests().failed(user);
          hear(() -> shared.listener().failed(user, cause));
        }
      }
      case SlotEvent.NotClosedInTime _ -> {
        if (before instanceof SlotState.Closing(_, _, boolean was) && !was) {
          log.error("{}: the client, or who is told, does not end; no other is opened", user);
          hear(() -> shared.listener().overdue(user));
        }
      }
      default -> {}
    }
  }

  private void hear(Runnable telling) {
    try {
      telling.run();
    } catch (RuntimeException e) {
      log.error("a listener or a hook failed", e);
    }
  }

  // --- effects -------------------------------------------------------------------------------

  private void run(SlotEffect effect) {
    switch (effect) {
      case SlotEffect.Open(Line line) -> line.open();
      case SlotEffect.Greet(Line line, int round) -> foreign.add(() -> greet(line, round));
      case SlotEffect.Close(Line line, Duration drain) ->
          shared.time().inBackground(() -> close(line, drain, false));
      case SlotEffect.LogOut(Line line) ->
          shared.time().inBackground(() -> close(line, Duration.ZERO, logOut(line)));
      case SlotEffect.TellClosed(ClosedBecause why) -> {
        log.debug("{} is closed: {}", user, why);
        hear(() -> shared.listener().closed(user, why));
      }
      case SlotEffect.NoteEnd(SavedSession session, SessionEnd end) ->
          note(() -> shared.store().ended(user, session, end), NOTE_AGAIN);
      case SlotEffect.NoteLogOut(SavedSession session) ->
          note(() -> shared.store().loggedOut(user, session), NOTE_AGAIN);
      case SlotEffect.Wake(Instant at) ->
          shared
              .time()
              .after(Duration.between(shared.time().now(), at), () -> tell(new SlotEvent.Rested()));
    }
  }

  private void lookUp() {
    SlotEvent found;
    try {
      found =
          switch (shared.store().find(user)) {
            case StoredSession.None() -> new SlotEvent.NotFound(new Answer.NoSession());
            case StoredSession.Ended(SessionEnd end) ->
                new SlotEvent.NotFound(new Answer.SessionEnded(end));
            case StoredSession.Valid(SavedSession session) -> {
              if (session.authKey() == null) {
                yield new SlotEvent.NotFound(new Answer.NoSession());
              }
              Line line = shared.lines().apply(user, session);
              line.attach(this);
              yield new SlotEvent.Found(line);
            }
          };
    } catch (RuntimeException e) {
      found = new SlotEvent.LookupFailed(e);
    }
    tell(found);
  }

  private void greet(Line line, int round) {
    TelegramClient client = line.client();
    try {
      // First who it is: the very call may find that Telegram has moved them.
      Me account = line.account();
      keepMove(line);
      shared.store().seen(user, account);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      log.warn("{}: the store did not take what is new: {}", user, e.toString());
    }
    if (state.equals(new SlotState.Greeting(line, round)) && !line.equals(greeted)) {
      greeted = line;
      hear(() -> shared.hook().opened(user, client));
    }
    tell(new SlotEvent.Greeted(line, round));
  }

  /** Telegram may have moved the account: the old key is of no use then. */
  private void keepMove(Line line) {
    SavedSession before = line.session();
    SavedSession moved = line.movedTo();
    if (before != null && moved != null) {
      shared.store().moved(user, before, moved);
      line.stored(moved);
    }
  }

  private void part(Line line, boolean loggedOut) {
    if (line.equals(greeted) && state instanceof SlotState.Closing(_, SlotState.Then then, _)) {
      greeted = null;
      hear(() -> shared.hook().closed(user, line.client(), then.why()));
    }
    tell(new SlotEvent.SeenClosed(line, loggedOut));
  }

  private boolean logOut(Line line) {
    try {
      return line.logOut(LOG_OUT);
    } catch (RuntimeException e) {
      log.warn("{}: logging out failed: {}", user, e.toString());
      return false;
    }
  }

  /** Closes until it is closed, however often that takes. */
  private void close(Line line, Duration drain, boolean loggedOut) {
    boolean closed = false;
    try {
      if (!loggedOut) {
        keepMove(line);
      }
    } catch (RuntimeException e) {
      log.error("{}: the store did not take where Telegram has moved the account", user, e);
    }
    Time time = shared.time();
    for (int attempt = 1; attempt <= 2 && !closed; attempt++) {
      try {
        closed = line.close(attempt == 1 ? drain : Duration.ZERO);
      } catch (RuntimeException e) {
        // It may have closed nevertheless: the second time it says so.
        log.warn("{}: closing went wrong: {}", user, e.toString());
      }
    }
    if (closed) {
      foreign.add(() -> part(line, loggedOut));
      if (line.equals(state.line())) {
        // A store or a hook that hangs keeps the slot, but not unseen.
        time.after(UNTIL_OVERDUE, () -> tell(new SlotEvent.NotClosedInTime(line)));
      }
    } else {
      tell(new SlotEvent.NotClosedInTime(line));
      time.after(CLOSE_AGAIN, () -> time.inBackground(() -> close(line, Duration.ZERO, loggedOut)));
    }
  }

  private void note(Runnable noting, Duration again) {
    Time time = shared.time();
    time.inBackground(() -> {
      try {
        noting.run();
      } catch (RuntimeException e) {
        log.error("{}: the store did not take the end of a sign-in", user, e);
        if (!shared.closed().getAsBoolean()) {
          Duration doubled = again.multipliedBy(2);
          boolean most = doubled.compareTo(NOTE_AGAIN_AT_MOST) > 0;
          time.after(again, () -> note(noting, most ? NOTE_AGAIN_AT_MOST : doubled));
          return;
        }
      }
      tell(new SlotEvent.Noted());
    });
  }
}
