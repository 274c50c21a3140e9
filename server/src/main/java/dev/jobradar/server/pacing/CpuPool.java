package dev.jobradar.server.pacing;

import dev.jobradar.clients.UserId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs what needs the processor on a few platform threads, so that the virtual threads that serve
 * requests and connections never wait for it: the system shares the processors among threads, while
 * a virtual thread that computes keeps its processor until it is done.
 *
 * <p>Users take turns. A turn ends after some milliseconds, or with the job; then it is the next
 * user's, however many jobs of the first one wait. A user has one thread at a time.
 *
 * <p>Thread-safe. Callers wait for their job, and that is what bounds the queue: each user has few
 * threads that compute. Requests, which come in any number, are refused when many wait.
 */
public final class CpuPool implements AutoCloseable {
  /** How long a turn is. */
  static final Duration TURN = Duration.ofMillis(2);

  /** More jobs than this that wait are more than a person waits for. */
  static final int MOST_REQUESTS = 200;

  /** Work in small parts. Its parts run one after another, on any thread. */
  @FunctionalInterface
  public interface Job {
    /**
     * Does a part of it, of some milliseconds at most.
     *
     * @return whether there is more to do
     */
    boolean step();
  }

  /** Too many jobs wait: this one was not begun. */
  public static final class BusyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** How soon another try makes sense. */
    public static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private BusyException() {
      super("too many jobs wait", null, false, false);
    }
  }

  private static final class Entry {
    final Job job;
    final CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
    volatile boolean cancelled;

    Entry(Job job) {
      this.job = job;
    }
  }

  private final LongSupplier nanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  // Guarded by the lock, as all that follows.
  private final Map<UserId, Deque<Entry>> waiting = new HashMap<>();

  /** Whose turn is next: those of {@link #waiting} for whom no thread works. */
  private final Deque<UserId> turns = new ArrayDeque<>();

  private final List<Thread> threads = new ArrayList<>();
  private int size;
  private boolean closed;

  /**
   * @param threads how many, 1 or more
   */
  public CpuPool(int threads) {
    this(threads, System::nanoTime);
  }

  /**
   * @param nanos measures turns
   */
  CpuPool(int threads, LongSupplier nanos) {
    this.nanos = nanos;
    for (int i = 1; i <= threads; i++) {
      this.threads.add(Thread.ofPlatform().daemon().name("cpu-" + i).start(this::serve));
    }
  }

  /**
   * Runs a job of a user and waits for its end. What it throws is thrown here.
   *
   * @throws InterruptedException when the caller is interrupted: the job stops after its part
   * @throws CancellationException when the pool is closed
   */
  public void run(UserId user, Job job) throws InterruptedException {
    await(user, add(user, job, Integer.MAX_VALUE));
  }

  /**
   * As {@link #run}, for a request.
   *
   * @throws BusyException when many jobs wait
   */
  public void runRequest(UserId user, Job job) throws InterruptedException {
    await(user, add(user, job, MOST_REQUESTS));
  }

  /** How many jobs wait or run. */
  public int size() {
    lock.lock();
    try {
      return size;
    } finally {
      lock.unlock();
    }
  }

  private Entry add(UserId user, Job job, int most) {
    Entry entry = new Entry(job);
    lock.lock();
    try {
      if (closed) {
        throw new CancellationException("the service is being stopped");
      }
      if (size >= most) {
        throw new BusyException();
      }
      size++;
      Deque<Entry> mine = waiting.get(user);
      if (mine == null) {
        waiting.put(user, new ArrayDeque<>(List.of(entry)));
        turns.add(user);
        work.signal();
      } else {
        mine.add(entry);
      }
    } finally {
      lock.unlock();
    }
    return entry;
  }

  private void await(UserId user, Entry entry) throws InterruptedException {
    try {
      entry.done.get();
    } catch (InterruptedException e) {
      entry.cancelled = true;
      throw e;
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        case null, default -> throw new IllegalStateException("a job for " + user + " failed", e);
      }
    }
  }

  private void serve() {
    for (UserId user = next(); user != null; user = next()) {
      turn(user);
    }
  }

  private @Nullable UserId next() {
    lock.lock();
    try {
      while (turns.isEmpty() && !closed) {
        work.awaitUninterruptibly();
      }
      return closed ? null : turns.remove();
    } finally {
      lock.unlock();
    }
  }

  /** One turn of a user, with the job that waited longest since its last one. */
  private void turn(UserId user) {
    Entry entry = first(user);
    boolean more = false;
    try {
      long start = nanos.getAsLong();
      do {
        more = !entry.cancelled && entry.job.step();
      } while (more && nanos.getAsLong() - start < TURN.toNanos());
      if (!more) {
        entry.done.complete(null);
      }
    } catch (RuntimeException | Error e) {
      more = false;
      entry.done.completeExceptionally(e);
    } finally {
      ended(user, more ? entry : null);
    }
  }

  private Entry first(UserId user) {
    lock.lock();
    try {
      return waitingOf(user).remove();
    } finally {
      lock.unlock();
    }
  }

  private Deque<Entry> waitingOf(UserId user) {
    Deque<Entry> mine = waiting.get(user);
    if (mine == null) {
      throw new IllegalStateException("nothing waits for " + user);
    }
    return mine;
  }

  /**
   * @param unfinished the job of the turn, null when it is done
   */
  private void ended(UserId user, @Nullable Entry unfinished) {
    lock.lock();
    try {
      Deque<Entry> mine = waitingOf(user);
      if (unfinished == null) {
        size--;
      } else if (closed) {
        unfinished.done.cancel(false);
      } else {
        mine.add(unfinished);
      }
      if (mine.isEmpty()) {
        waiting.remove(user);
      } else {
        turns.add(user);
        work.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Begins no other turn; callers get a {@link CancellationException}. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      waiting.values().forEach(mine -> mine.forEach(entry -> entry.done.cancel(false)));
      waiting.values().forEach(Deque::clear);
      work.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
