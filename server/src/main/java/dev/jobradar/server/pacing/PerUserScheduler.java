package dev.jobradar.server.pacing;

import dev.jobradar.clients.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs work for many users on a bounded number of threads, one step of a user at a time. Users with
 * work wait in a queue, first come, first served. One user's steps never overlap; a user with more
 * to do goes to the end of the queue after each step, so that no user is starved.
 *
 * <p>Thread-safe. Nothing survives a restart: pending work has to be found in the database.
 */
public final class PerUserScheduler implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PerUserScheduler.class);

  /** The clock is read at least this often: it may be set while we sleep. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** After a step that failed. */
  private static final DoublingPause RETRY =
      new DoublingPause(Duration.ofSeconds(1), Duration.ofMinutes(1));

  /** One step of a user's work. */
  @FunctionalInterface
  public interface Work {
    /**
     * Does it.
     *
     * @return when the next step is due, which may be now or past; null when there is nothing more
     *     to do until {@link PerUserScheduler#wake}
     */
    @Nullable Instant step(UserId user) throws InterruptedException;
  }

  private static final class Entry {
    boolean queued;
    boolean running;
    boolean wokenMeanwhile;
    @Nullable Instant due;
    int failures;
  }

  private record Alarm(Instant at, UserId user) {}

  private final String name;
  private final int width;
  private final Work work;
  private final InstantSource clock;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  // Guarded by the lock, as all that follows.
  private final Map<UserId, Entry> entries = new HashMap<>();
  private final Queue<UserId> line = new ArrayDeque<>();

  /** One for each entry that is due later. */
  private final NavigableSet<Alarm> alarms =
      new TreeSet<>(
          Comparator.comparing(Alarm::at).thenComparingLong(alarm -> alarm.user().value()));

  private final Set<Thread> workers = new HashSet<>();
  private boolean started;
  private boolean closed;
  private @Nullable Thread timer;

  /**
   * @param name of the threads
   * @param width how many users are served at the same time, 1 or more
   */
  public PerUserScheduler(String name, int width, Work work, InstantSource clock) {
    this.name = name;
    this.width = width;
    this.work = work;
    this.clock = clock;
  }

  /** Starts working, with the users that were woken before. */
  public void start() {
    lock.lock();
    try {
      if (started || closed) {
        return;
      }
      started = true;
      timer = Thread.ofVirtual().name(name + "-timer").start(this::watchTheClock);
      hire();
    } finally {
      lock.unlock();
    }
  }

  /** This user has work. */
  public void wake(UserId user) {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      Entry entry = entries.computeIfAbsent(user, id -> new Entry());
      if (entry.due != null) {
        alarms.remove(new Alarm(entry.due, user));
        entry.due = null;
      }
      if (entry.running) {
        entry.wokenMeanwhile = true;
      } else {
        queue(user, entry);
      }
      hire();
    } finally {
      lock.unlock();
    }
  }

  /** All users who wait for their time look again whether it has come. */
  public void wakeAll() {
    lock.lock();
    try {
      while (!alarms.isEmpty()) {
        UserId user = alarms.removeFirst().user();
        Entry entry = entryOf(user);
        entry.due = null;
        queue(user, entry);
      }
      // What runs was begun by the time before.
      entries.values().stream().filter(e -> e.running).forEach(e -> e.wokenMeanwhile = true);
      hire();
    } finally {
      lock.unlock();
    }
  }

  /** How many users have work, now or at a known time. */
  public int size() {
    lock.lock();
    try {
      return entries.size();
    } finally {
      lock.unlock();
    }
  }

  /** How many of them wait for their time. */
  int alarms() {
    lock.lock();
    try {
      return alarms.size();
    } finally {
      lock.unlock();
    }
  }

  private void queue(UserId user, Entry entry) {
    if (!entry.queued) {
      entry.queued = true;
      line.add(user);
    }
  }

  private void hire() {
    if (started && !closed && !line.isEmpty() && workers.size() < width) {
      Thread worker = Thread.ofVirtual().name(name + "-worker").unstarted(this::serve);
      workers.add(worker);
      worker.start();
    }
  }

  private void serve() {
    try {
      for (UserId user = next(); user != null; user = next()) {
        Instant due = null;
        boolean failed = false;
        try {
          due = work.step(user);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        } catch (RuntimeException | Error e) {
          // An error too: without a next step the user would be forgotten.
          log.warn("{}: a step for {} failed and will be repeated", name, user, e);
          failed = true;
        }
        done(user, due, failed);
      }
    } finally {
      leave();
    }
  }

  private @Nullable UserId next() {
    lock.lock();
    try {
      UserId user = closed ? null : line.poll();
      if (user != null) {
        Entry entry = entryOf(user);
        entry.queued = false;
        entry.running = true;
        entry.wokenMeanwhile = false;
        hire();
      }
      return user;
    } finally {
      lock.unlock();
    }
  }

  private Entry entryOf(UserId user) {
    Entry entry = entries.get(user);
    if (entry == null) {
      throw new IllegalStateException("no entry for " + user);
    }
    return entry;
  }

  private void done(UserId user, @Nullable Instant due, boolean failed) {
    lock.lock();
    try {
      Entry entry = entryOf(user);
      entry.running = false;
      Instant now = clock.instant();
      entry.failures = failed ? entry.failures + 1 : 0;
      Instant next = failed ? now.plus(RETRY.after(entry.failures - 1)) : due;
      if (entry.wokenMeanwhile && !failed || next != null && !next.isAfter(now)) {
        queue(user, entry);
      } else if (next != null) {
        entry.due = next;
        alarms.add(new Alarm(next, user));
        changed.signalAll();
      } else {
        entries.remove(user);
      }
    } finally {
      lock.unlock();
    }
  }

  private void leave() {
    lock.lock();
    try {
      workers.remove(Thread.currentThread());
      changed.signalAll();
      // A user may have been queued after the queue was seen empty.
      hire();
    } finally {
      lock.unlock();
    }
  }

  // --- time ----------------------------------------------------------------------------------

  private void watchTheClock() {
    lock.lock();
    try {
      while (!closed) {
        ring();
        Alarm first = alarms.isEmpty() ? null : alarms.first();
        Duration wait =
            first == null ? LOOK : Duration.between(clock.instant(), first.at()).plusNanos(1);
        long nanos = Math.clamp(wait.toNanos(), 1, LOOK.toNanos());
        changed.awaitNanos(nanos);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  private void ring() {
    Instant now = clock.instant();
    while (!alarms.isEmpty() && !alarms.first().at().isAfter(now)) {
      UserId user = alarms.removeFirst().user();
      Entry entry = entryOf(user);
      entry.due = null;
      queue(user, entry);
      hire();
    }
  }

  /**
   * Starts no new steps and waits for those in progress; after the time given they are interrupted.
   *
   * @return whether all of them ended by themselves
   */
  public boolean drain(Duration patience) throws InterruptedException {
    lock.lock();
    try {
      closed = true;
      if (timer != null) {
        timer.interrupt();
      }
      long left = patience.toNanos();
      while (!workers.isEmpty() && left > 0) {
        left = changed.awaitNanos(left);
      }
      boolean ended = workers.isEmpty();
      workers.forEach(Thread::interrupt);
      return ended;
    } finally {
      lock.unlock();
    }
  }

  /** Interrupts the steps in progress, and waits briefly for them. */
  @Override
  public void close() {
    try {
      drain(Duration.ZERO);
      lock.lock();
      try {
        long left = TimeUnit.SECONDS.toNanos(5);
        while (!workers.isEmpty() && left > 0) {
          left = changed.awaitNanos(left);
        }
      } finally {
        lock.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
