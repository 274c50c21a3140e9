package dev.jobradar.server.pacing;

import dev.jobradar.clients.UserId;
import java.time.Duration;
import java.util.Collection;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts and stops a {@link PerUserScheduler} with the service, and periodically wakes users with
 * pending work, so that a lost wake-up costs time and nothing else. Thread-safe.
 */
public final class SchedulerLifecycle {
  private static final Logger log = LoggerFactory.getLogger(SchedulerLifecycle.class);

  private final String name;
  private final PerUserScheduler scheduler;
  private final FixedDelayTask wakeUp;
  private final Duration drain;
  private volatile boolean running;

  /**
   * @param name for threads and log lines
   * @param every interval of the fallback sweep
   * @param pending users who may have work
   * @param drain grace period for steps in progress when it stops
   */
  public SchedulerLifecycle(
      String name,
      PerUserScheduler scheduler,
      Duration every,
      Supplier<? extends Collection<UserId>> pending,
      Duration drain) {
    this.name = name;
    this.scheduler = scheduler;
    this.wakeUp =
        new FixedDelayTask(name + "-sweeper", every, () -> pending.get().forEach(scheduler::wake));
    this.drain = drain;
  }

  /** Starts working. */
  public void start() {
    running = true;
    scheduler.start();
    wakeUp.start();
  }

  /** Starts no new steps, and waits for those in progress. */
  public void stop() {
    running = false;
    wakeUp.stop();
    try {
      if (!scheduler.drain(drain)) {
        log.warn("{}: not all steps ended in time; they are repeated after the next start", name);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    scheduler.close();
  }

  /** As {@link #stop()}, on another thread, so that several stop at the same time. */
  public void stop(Runnable stopped) {
    stopAsync(name, this::stop, stopped);
  }

  /** Runs {@code stop} on another thread, and then {@code stopped}. */
  public static void stopAsync(String name, Runnable stop, Runnable stopped) {
    Thread.ofVirtual()
        .name(name + "-stop")
        .start(() -> {
          try {
            stop.run();
          } finally {
            stopped.run();
          }
        });
  }

  /** Whether it was started and not stopped. */
  public boolean isRunning() {
    return running;
  }
}
