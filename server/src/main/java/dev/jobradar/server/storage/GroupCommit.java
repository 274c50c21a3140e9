package dev.jobradar.server.storage;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Stores the small writes of many callers together: what comes while one transaction is under way
 * is done in the next one, in the order in which it came, and before that what somebody waits for.
 * So a commit, which waits for the disk, is shared by all who wait for it, and transactions that
 * concern many users never wait for each other's rows.
 *
 * <p>A piece of work that fails undoes the transaction; then each of its pieces is done in a
 * transaction of its own, so that one costs nothing but itself. Each caller waits for its own piece
 * and gets what becomes of it. That bounds the queue: nobody has two pieces in it.
 *
 * <p>Thread-safe. The work is done on platform threads, since the database may keep them waiting:
 * one where the database has one writer, else a few.
 */
public final class GroupCommit {
  /**
   * For so long more pieces are taken into a transaction: the first is not to wait for the last.
   */
  private static final long SPAN_NANOS = Duration.ofMillis(5).toNanos();

  /** One piece of so many is of those that can wait, if there is one, so that they go on too. */
  private static final int SHARE_OF_LATER = 4;

  /** A transaction there waits for the network, and for the server's own processes. */
  private static final int POSTGRESQL_WIDTH = 4;

  /** A thread stays for a while, since more may come. */
  private static final Duration LINGER = Duration.ofSeconds(1);

  /** A caller's work. */
  private static final class Piece<T extends @Nullable Object> {
    private final Supplier<T> work;
    private final CompletableFuture<T> outcome = new CompletableFuture<>();
    private Runnable committed = () -> {};

    Piece(Supplier<T> work) {
      this.work = work;
    }

    /** Within a transaction; what comes of it counts when that is committed. */
    void attempt() {
      T value = work.get();
      committed = () -> outcome.complete(value);
    }

    void committed() {
      committed.run();
    }

    void failed(Throwable why) {
      outcome.completeExceptionally(why);
    }
  }

  private final TransactionTemplate transactions;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition more = lock.newCondition();

  /** Guarded by the lock, as the other one is. */
  private final Queue<Piece<?>> urgent = new ArrayDeque<>();

  private final Queue<Piece<?>> later = new ArrayDeque<>();

  /** Guarded by the lock. */
  private int taken;

  /** Guarded by the lock. */
  private final List<Thread> threads = new ArrayList<>();

  /** How many of them wait for work. Guarded by the lock. */
  private int idle;

  private final int width;

  /**
   * @param width how many transactions may be under way, 1 or more
   */
  public GroupCommit(TransactionTemplate transactions, int width) {
    this.transactions = transactions;
    this.width = width;
  }

  /** As many as the database can use. */
  static GroupCommit on(Vendor vendor, TransactionTemplate transactions) {
    return new GroupCommit(
        transactions,
        switch (vendor) {
          case SQLITE -> 1;
          case POSTGRESQL -> POSTGRESQL_WIDTH;
        });
  }

  /**
   * Does work in a transaction and returns when that is committed; within a transaction of the
   * caller it is a part of that one. The work may be done more than once, and nothing of it counts
   * but the last time. It runs on another thread, so it must not wait for what the caller holds.
   *
   * @throws RuntimeException what the work throws, or the database
   */
  public <T extends @Nullable Object> T run(Supplier<T> work) {
    return run(work, urgent);
  }

  /** As {@link #run}; work of that kind goes first. */
  public <T extends @Nullable Object> T runLater(Supplier<T> work) {
    return run(work, later);
  }

  private <T extends @Nullable Object> T run(Supplier<T> work, Queue<Piece<?>> queue) {
    if (TransactionSynchronizationManager.isActualTransactionActive()) {
      return work.get();
    }
    Piece<T> piece = new Piece<>(work);
    add(piece, queue);
    try {
      return piece.outcome.join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        case null, default -> throw e;
      }
    }
  }

  /** How many wait for the next transaction. */
  int waiting() {
    lock.lock();
    try {
      return urgent.size() + later.size();
    } finally {
      lock.unlock();
    }
  }

  /** Who does the work now. */
  List<Thread> threads() {
    lock.lock();
    try {
      return List.copyOf(threads);
    } finally {
      lock.unlock();
    }
  }

  private void add(Piece<?> piece, Queue<Piece<?>> queue) {
    lock.lock();
    try {
      queue.add(piece);
      if (idle > 0) {
        more.signal();
      } else if (threads.size() < width) {
        threads.add(Thread.ofPlatform().daemon().name("group-commit").start(this::serve));
      }
    } finally {
      lock.unlock();
    }
  }

  private void serve() {
    for (Piece<?> first = next(); first != null; first = next()) {
      commit(first);
    }
  }

  /** The next piece; null when none came for a while. */
  private @Nullable Piece<?> next() {
    lock.lock();
    try {
      long left = LINGER.toNanos();
      while (urgent.isEmpty() && later.isEmpty() && left > 0) {
        idle++;
        try {
          left = more.awaitNanos(left);
        } catch (InterruptedException e) {
          // Nobody is meant to interrupt this thread.
        } finally {
          idle--;
        }
      }
      Piece<?> next = poll();
      if (next == null) {
        threads.remove(Thread.currentThread());
      }
      return next;
    } finally {
      lock.unlock();
    }
  }

  /** The next piece; null when there is none now. */
  private @Nullable Piece<?> poll() {
    lock.lock();
    try {
      boolean others = urgent.isEmpty() || ++taken % SHARE_OF_LATER == 0 && !later.isEmpty();
      return others ? later.poll() : urgent.poll();
    } finally {
      lock.unlock();
    }
  }

  private void commit(Piece<?> first) {
    List<Piece<?>> pieces = new ArrayList<>();
    try {
      transactions.executeWithoutResult(status -> attempt(first, pieces));
    } catch (RuntimeException | Error e) {
      if (pieces.isEmpty()) {
        // The others would wait for as long as this one did, to be told the same.
        for (Piece<?> piece = first; piece != null; piece = poll()) {
          piece.failed(e);
        }
      } else if (pieces.size() == 1) {
        first.failed(e);
      } else {
        eachAlone(pieces);
      }
      return;
    }
    pieces.forEach(Piece::committed);
  }

  /**
   * Does that piece, and for a while those that wait.
   *
   * @param pieces takes those that were begun
   */
  private void attempt(Piece<?> first, List<Piece<?>> pieces) {
    long began = System.nanoTime();
    Piece<?> piece = first;
    while (piece != null) {
      pieces.add(piece);
      piece.attempt();
      piece = System.nanoTime() - began < SPAN_NANOS ? poll() : null;
    }
  }

  private void eachAlone(List<Piece<?>> pieces) {
    for (int i = 0; i < pieces.size(); i++) {
      Piece<?> piece = pieces.get(i);
      boolean[] begun = new boolean[1];
      try {
        transactions.executeWithoutResult(status -> {
          begun[0] = true;
          piece.attempt();
        });
        piece.committed();
      } catch (RuntimeException | Error e) {
        piece.failed(e);
        if (!begun[0]) {
          pieces.subList(i + 1, pieces.size()).forEach(each -> each.failed(e));
          return;
        }
      }
    }
  }
}
