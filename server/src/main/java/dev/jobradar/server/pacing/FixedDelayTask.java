package dev.jobradar.server.pacing;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs an action at once and then again after a fixed delay, on a thread of its own. A run that
 * fails is logged and does not stop the next one. Thread-safe.
 */
public final class FixedDelayTask {
  private static final Logger log = LoggerFactory.getLogger(FixedDelayTask.class);

  /** One run. */
  @FunctionalInterface
  public interface Action {
    /** Runs once; an interrupt ends the task. */
    void run() throws InterruptedException;
  }

  private final String name;
  private final Duration every;
  private final Action action;

  /** Guarded by this. */
  private @Nullable Thread thread;

  /**
   * @param name of the thread
   * @param every the pause between two runs
   */
  public FixedDelayTask(String name, Duration every, Action action) {
    this.name = name;
    this.every = every;
    this.action = action;
  }

  /** Starts it; does nothing when it runs already. */
  public synchronized void start() {
    if (thread == null) {
      thread = Thread.ofVirtual().name(name).start(this::loop);
    }
  }

  /** Stops it, and interrupts a run in progress. */
  public synchronized void stop() {
    if (thread != null) {
      thread.interrupt();
      thread = null;
    }
  }

  private void loop() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        action.run();
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        log.warn("{}: a run failed; the next one starts in {}", name, every, e);
      }
      try {
        Thread.sleep(every);
      } catch (InterruptedException e) {
        return;
      }
    }
  }
}
