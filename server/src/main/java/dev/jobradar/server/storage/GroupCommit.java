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
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Stores the small writes of many callers together: what comes while one transaction is under way
 * is done in the next one, in the order in which it came. So a commit, which waits for the disk, is
 * shared by all who wait for it, and transactions that concern many users never wait for each
 * other's rows.
 *
 * <p>A piece of work that fails undoes the transaction; then each of its pieces is done in a
 * transaction of its own, so that one costs nothing but itself. Each caller waits for its own piece
 * and gets what becomes of it. That bounds the queue: nobody has two pieces in it.
 *
 * <p>Thread-safe. The work is done on a platform thread, since the database may keep it waiting.
 */
@Component
public final class GroupCommit {
  /** So many pieces go into one transaction at most: the first is not to wait for the last. */
  static final int MOST = 64;

  /** The thread stays for a while, since more may come. */
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

  /** Guarded by the lock. */
  private final Queue<Piece<?>> waiting = new ArrayDeque<>();

  /** Guarded by the lock; null while there is nothing to do. */
  private @Nullable Thread thread;

  /** These transactions. */
  public GroupCommit(TransactionTemplate transactions) {
    this.transactions = transactions;
  }

  /**
   * Does work in a transaction and returns when that is committed; within a transaction of the
   * caller it is a part of that one. The work may be done more than once, and nothing of it counts
   * but the last time. It runs on another thread, so it must not wait for what the caller holds.
   *
   * @throws RuntimeException what the work throws, or the database
   */
  public <T extends @Nullable Object> T run(Supplier<T> work) {
    if (TransactionSynchronizationManager.isActualTransactionActive()) {
      return work.get();
    }
    Piece<T> piece = new Piece<>(work);
    add(piece);
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
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  /** Who does the work now; null while there is none. */
  @Nullable Thread thread() {
    lock.lock();
    try {
      return thread;
    } finally {
      lock.unlock();
    }
  }

  private void add(Piece<?> piece) {
    lock.lock();
    try {
      waiting.add(piece);
      if (thread == null) {
        thread = Thread.ofPlatform().daemon().name("group-commit").start(this::serve);
      } else {
        more.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  private void serve() {
    for (List<Piece<?>> pieces = next(); !pieces.isEmpty(); pieces = next()) {
      commit(pieces);
    }
  }

  /** What goes into the next transaction; nothing when nothing came for a while. */
  private List<Piece<?>> next() {
    lock.lock();
    try {
      long left = LINGER.toNanos();
      while (waiting.isEmpty() && left > 0) {
        try {
          left = more.awaitNanos(left);
        } catch (InterruptedException e) {
          // Nobody is meant to interrupt this thread.
        }
      }
      List<Piece<?>> pieces = new ArrayList<>();
      while (pieces.size() < MOST && !waiting.isEmpty()) {
        pieces.add(waiting.remove());
      }
      if (pieces.isEmpty()) {
        thread = null;
      }
      return pieces;
    } finally {
      lock.unlock();
    }
  }

  private void commit(List<Piece<?>> pieces) {
    Outcome outcome = inOneTransaction(pieces);
    if (outcome.failure() == null) {
      pieces.forEach(Piece::committed);
    } else if (outcome.begun() && pieces.size() > 1) {
      eachAlone(pieces);
    } else {
      pieces.forEach(piece -> piece.failed(outcome.failure()));
    }
  }

  /**
   * What became of a transaction.
   *
   * @param begun whether the database got so far as to begin it
   * @param failure null when it is committed
   */
  private record Outcome(boolean begun, @Nullable Throwable failure) {}

  private Outcome inOneTransaction(List<Piece<?>> pieces) {
    boolean[] begun = new boolean[1];
    try {
      transactions.executeWithoutResult(status -> {
        begun[0] = true;
        pieces.forEach(Piece::attempt);
      });
      return new Outcome(true, null);
    } catch (RuntimeException | Error e) {
      return new Outcome(begun[0], e);
    }
  }

  private void eachAlone(List<Piece<?>> pieces) {
    for (int i = 0; i < pieces.size(); i++) {
      Piece<?> piece = pieces.get(i);
      Outcome outcome = inOneTransaction(List.of(piece));
      Throwable failure = outcome.failure();
      if (failure == null) {
        piece.committed();
      } else if (outcome.begun()) {
        piece.failed(failure);
      } else {
        // The others would wait for as long as this one did, to be told the same.
        pieces.subList(i, pieces.size()).forEach(each -> each.failed(failure));
        return;
      }
    }
  }
}
