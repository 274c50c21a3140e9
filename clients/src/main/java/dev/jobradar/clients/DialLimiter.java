package dev.jobradar.clients;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Limits how many clients dial at a time. Clients with waiting callers go first, then in the order
 * of arrival. A dial counts until its client is connected, has failed, or has taken {@link #SLOW}:
 * a dead network behind one dial does not hold up the others.
 *
 * <p>After −429 (too many connections) all dialling pauses, twice as long each time, and the limit
 * is halved; each success, however slow, raises it by one again.
 *
 * <p>Thread-safe. {@code this} guards everything; threads are woken with it released.
 */
final class DialLimiter {
  /** A dial that takes longer no longer counts. */
  static final Duration SLOW = Duration.ofSeconds(2);

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(32);

  private final Time time;
  private final int most;
  private int limit;
  private final Set<Ticket> first = new LinkedHashSet<>();
  private final Set<Ticket> others = new LinkedHashSet<>();

  /** Oldest first. */
  private final Set<Ticket> dialling = new LinkedHashSet<>();

  private Duration nextPause = FIRST_PAUSE;
  private long pausedUntil;

  /** When the next timed check is due, {@link Long#MAX_VALUE} for none. */
  private long nextLookAt = Long.MAX_VALUE;

  /**
   * @param most how many clients may dial at a time, 1 or more
   */
  DialLimiter(Time time, int most) {
    this.time = time;
    this.most = most;
    this.limit = most;
  }

  /** One client's place in the queue; it is used for one dial after another. */
  static final class Ticket {
    private boolean wanted;
    private boolean granted;

    /** Whether its last turn has not led to a connection yet, even if it no longer counts. */
    private boolean trying;

    private long grantedAt;
    private @Nullable Thread waiting;
  }

  /** Waits for a turn. Ends an earlier turn of the same ticket. */
  void await(Ticket ticket) throws InterruptedException {
    List<Thread> woken = new ArrayList<>(1);
    synchronized (this) {
      dialling.remove(ticket);
      ticket.granted = false;
      ticket.waiting = Thread.currentThread();
      (ticket.wanted ? first : others).add(ticket);
      grant(woken);
    }
    wake(woken);
    while (!granted(ticket)) {
      LockSupport.park(this);
      if (Thread.interrupted()) {
        leave(ticket);
        throw new InterruptedException();
      }
    }
  }

  private synchronized boolean granted(Ticket ticket) {
    return ticket.granted;
  }

  /** A caller waits for it: it goes before the others until {@link #connected}. */
  void prioritize(Ticket ticket) {
    synchronized (this) {
      ticket.wanted = true;
      if (others.remove(ticket)) {
        first.add(ticket);
      }
    }
  }

  /** Its client is connected. */
  void connected(Ticket ticket) {
    List<Thread> woken = new ArrayList<>(1);
    synchronized (this) {
      ticket.wanted = false;
      dialling.remove(ticket);
      if (ticket.trying) {
        ticket.trying = false;
        limit = Math.min(most, limit + 1);
        nextPause = FIRST_PAUSE;
      }
      grant(woken);
    }
    wake(woken);
  }

  /**
   * Its dial has failed, or its connection was lost. If it is already waiting for its next turn, it
   * keeps waiting: another thread than the dialling one reports a loss, perhaps late.
   */
  void failed(Ticket ticket) {
    List<Thread> woken = new ArrayList<>(1);
    synchronized (this) {
      dialling.remove(ticket);
      grant(woken);
    }
    wake(woken);
  }

  /** It never dials again, and no longer waits for a turn. */
  void leave(Ticket ticket) {
    List<Thread> woken = new ArrayList<>(1);
    synchronized (this) {
      dialling.remove(ticket);
      first.remove(ticket);
      others.remove(ticket);
      grant(woken);
    }
    wake(woken);
  }

  /** The server answered it with −429. */
  void flooded(Ticket ticket) {
    synchronized (this) {
      dialling.remove(ticket);
      long now = now();
      if (now >= pausedUntil) {
        limit = Math.max(1, limit / 2);
        long pause = nextPause.toMillis();
        pausedUntil = now + pause + ThreadLocalRandom.current().nextLong(pause / 2 + 1);
        Duration doubled = nextPause.multipliedBy(2);
        nextPause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
      }
      scheduleLook();
    }
  }

  /** How many wait for their turn. */
  synchronized int waiting() {
    return first.size() + others.size();
  }

  /** How many dials count at this moment. */
  synchronized int dialling() {
    return dialling.size();
  }

  private void grant(List<Thread> woken) {
    long now = now();
    if (now >= pausedUntil) {
      Iterator<Ticket> oldest = dialling.iterator();
      while (oldest.hasNext() && now - oldest.next().grantedAt >= SLOW.toMillis()) {
        oldest.remove();
      }
      while (dialling.size() < limit) {
        Ticket next = take(first.isEmpty() ? others : first);
        if (next == null) {
          break;
        }
        next.granted = true;
        next.trying = true;
        next.grantedAt = now;
        dialling.add(next);
        if (next.waiting != null) {
          woken.add(next.waiting);
        }
      }
    }
    scheduleLook();
  }

  private static @Nullable Ticket take(Set<Ticket> queue) {
    Iterator<Ticket> tickets = queue.iterator();
    if (!tickets.hasNext()) {
      return null;
    }
    Ticket next = tickets.next();
    tickets.remove();
    return next;
  }

  /** Schedules a check when only time can bring the next turn. */
  private void scheduleLook() {
    if (first.isEmpty() && others.isEmpty()) {
      return;
    }
    long now = now();
    long at = pausedUntil;
    if (now >= pausedUntil) {
      at = dialling.isEmpty() ? now : dialling.iterator().next().grantedAt + SLOW.toMillis();
    }
    if (at < nextLookAt) {
      nextLookAt = at;
      time.after(Duration.ofMillis(Math.max(1, at - now)), this::look);
    }
  }

  private void look() {
    List<Thread> woken = new ArrayList<>();
    synchronized (this) {
      nextLookAt = Long.MAX_VALUE;
      grant(woken);
    }
    wake(woken);
  }

  private static void wake(List<Thread> threads) {
    threads.forEach(LockSupport::unpark);
  }

  private long now() {
    return time.now().toEpochMilli();
  }
}
