package dev.jobradar.server.storage;

/**
 * Keeps a second process from the same database: two would open two connections for a user. Held
 * from before the database is touched until {@link #close}.
 */
public interface InstanceLock extends AutoCloseable {
  /**
   * Takes the lock.
   *
   * @throws StorageException when another process holds it
   */
  static InstanceLock take(StorageSettings settings) {
    return switch (settings.vendor()) {
      case SQLITE -> FileInstanceLock.take(settings);
      case POSTGRESQL -> AdvisoryInstanceLock.take(settings);
    };
  }

  /**
   * Says what to do when the lock is lost, which must then be done at once: another process may
   * take it. Called on a thread of the lock; right now when it is lost already.
   */
  void onLost(Runnable action);

  /** Whether it is still held, as far as is known. */
  boolean held();

  /** Gives it back. */
  @Override
  void close();
}
