package dev.jobradar.server.pacing;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** Runs work for a limited time. */
public final class TimeLimit {
  private TimeLimit() {}

  /** The work; ends soon when it is interrupted. */
  @FunctionalInterface
  public interface Work {
    void run() throws InterruptedException;
  }

  /**
   * Runs work on a thread of its own and returns when it is done or the time is over. Work that is
   * not done by then is interrupted, and may still be ending. What it throws in time is thrown
   * here.
   */
  public static void run(Duration atMost, Work work) throws InterruptedException {
    AtomicReference<RuntimeException> failure = new AtomicReference<>();
    Thread thread =
        Thread.ofVirtual()
            .name("time-limit")
            .start(() -> {
              try {
                work.run();
              } catch (InterruptedException calledOff) {
                Thread.currentThread().interrupt();
              } catch (RuntimeException e) {
                failure.set(e);
              }
            });
    try {
      thread.join(atMost);
    } finally {
      thread.interrupt();
    }
    RuntimeException thrown = failure.get();
    if (thrown != null) {
      throw thrown;
    }
  }
}
