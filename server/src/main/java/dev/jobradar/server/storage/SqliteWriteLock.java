package dev.jobradar.server.storage;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The turn to write to one SQLite file. SQLite itself waits for a lock within native code, where a
 * virtual thread keeps its carrier: as many waiting writers as there are processors stop everything
 * else in the process. Here threads wait in Java: for each other in the order in which they came,
 * for another program by trying again. Thread-safe.
 */
final class SqliteWriteLock {
  /** Longer than any transaction of ours takes, and shorter than a person waits for an answer. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final long LONGEST_PAUSE_MILLIS = 50;

  private final Semaphore turn = new Semaphore(1, true);

  /** What SQLite may refuse because of somebody else's lock; has then changed nothing. */
  @FunctionalInterface
  interface Attempt<E extends Throwable> {
    void run() throws E;
  }

  /**
   * Takes the turn and makes the attempt. The turn is kept when it succeeds, until {@link
   * #release}.
   *
   * @throws SQLException SQLite's "busy" when the lock was not to be had in time
   */
  <E extends Throwable> void acquire(Attempt<E> attempt) throws SQLException, E {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    takeTurn();
    boolean succeeded = false;
    try {
      repeat(attempt, deadline);
      succeeded = true;
    } finally {
      if (!succeeded) {
        turn.release();
      }
    }
  }

  void release() {
    turn.release();
  }

  static boolean isBusy(Throwable failure) {
    return failure instanceof SQLiteException e
        && (e.getResultCode().code & 0xff) == SQLiteErrorCode.SQLITE_BUSY.code;
  }

  private void takeTurn() throws SQLException {
    try {
      if (!turn.tryAcquire(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new SQLiteException(
            "another transaction of this process holds the lock", SQLiteErrorCode.SQLITE_BUSY);
      }
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  /** The pause doubles: a short lock costs a millisecond, a long one little work. */
  private static <E extends Throwable> void repeat(Attempt<E> attempt, long deadline)
      throws SQLException, E {
    for (long pause = 1; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS)) {
      try {
        attempt.run();
        return;
      } catch (Throwable e) {
        if (!isBusy(e) || System.nanoTime() - deadline >= 0) {
          throw e;
        }
      }
      try {
        Thread.sleep(pause);
      } catch (InterruptedException e) {
        throw interrupted();
      }
    }
  }

  private static SQLException interrupted() {
    Thread.currentThread().interrupt();
    return new SQLiteException(
        "interrupted while waiting for the lock", SQLiteErrorCode.SQLITE_INTERRUPT);
  }
}
