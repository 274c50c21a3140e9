package dev.jobradar.server.pacing;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after something at once and then again and again, on a thread of its own; a look that fails
 * is logged, and the next one comes all the same. Thread-safe.
 */
public final class Sweeper {
  private static final Logger log = LoggerFactory.getLogger(Sweeper.class);

  /** One look. */
  @FunctionalInterface
  public interface Look {
    /** Looks; an interrupt ends the sweeper. */
    void look() throws InterruptedException;
  }

  private final String name;
  private final Duration every;
  private final Look look;

  /** Guarded by this. */
  private @Nullable Thread thread;

  /**
   * @param name of the thread
   * @param every the pause between two looks
   */
  public Sweeper(String name, Duration every, Look look) {
    this.name = name;
    this.every = every;
    this.look = look;
  }

  /** Begins; does nothing while it goes on already. */
  public synchronized void start() {
    if (thread == null) {
      thread = Thread.ofVirtual().name(name).start(this::sweep);
    }
  }

  /** Ends it, and interrupts a look under way. */
  public synchronized void stop() {
    if (thread != null) {
      thread.interrupt();
      thread = null;
    }
  }

  private void sweep() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        look.look();
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        log.warn("{}: a look failed; the next one comes in {}", name, every, e);
      }
      try {
        Thread.sleep(every);
      } catch (InterruptedException e) {
        return;
      }
    }
  }
}
