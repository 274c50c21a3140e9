package dev.jobradar.clients;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The machine's clock as it was at the beginning, going on by one that nobody sets; one timer, and
 * virtual threads.
 */
final class SystemTime implements Time {
  private static final Logger log = LoggerFactory.getLogger(SystemTime.class);

  private final Instant startedAt = Instant.now();
  private final long startedNanos = System.nanoTime();

  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, Thread.ofVirtual().name("user-clients-timer").factory());

  @Override
  public Instant now() {
    return startedAt.plusNanos(System.nanoTime() - startedNanos);
  }

  @Override
  public void after(Duration delay, Runnable task) {
    Runnable guarded =
        () -> {
          try {
            task.run();
          } catch (RuntimeException e) {
            log.error("a timed task failed", e);
          }
        };
    try {
      // Tasks that come after the end are dropped: no caller waits for them.
      var dropped = timer.schedule(guarded, Math.max(0, delay.toMillis()), TimeUnit.MILLISECONDS);
      assert dropped != null;
    } catch (RejectedExecutionException e) {
      log.debug("too late for a timed task");
    }
  }

  @Override
  public void inBackground(Runnable task) {
    Thread.ofVirtual().name("user-clients").start(task);
  }

  @Override
  public void stop() {
    timer.shutdownNow();
  }
}
