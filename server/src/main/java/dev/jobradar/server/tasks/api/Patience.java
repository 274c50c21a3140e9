package dev.jobradar.server.tasks.api;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** How long a person waits for an answer. */
final class Patience {
  private Patience() {}

  /** What they wait for; ends soon when it is interrupted. */
  @FunctionalInterface
  interface Work {
    void run() throws InterruptedException;
  }

  /**
   * Runs something on a thread of its own and returns when it is done or the time is over: then it
   * is called off, and may still be ending. What it throws in time is thrown on.
   */
  static void wait(Duration atMost, Work work) throws InterruptedException {
    AtomicReference<RuntimeException> failure = new AtomicReference<>();
    Thread thread =
        Thread.ofVirtual()
            .name("somebody-waits")
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
