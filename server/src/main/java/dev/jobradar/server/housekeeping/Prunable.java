package dev.jobradar.server.housekeeping;

/** Something of which only the newer part is kept. Thread-safe. */
public interface Prunable {
  /** What it is, for log lines. */
  String name();

  /**
   * Deletes what is older than it is kept, in small transactions of their own: no one waits for
   * long, and an interrupt ends it between two of them.
   *
   * @return how many rows were deleted
   */
  long prune() throws InterruptedException;
}
