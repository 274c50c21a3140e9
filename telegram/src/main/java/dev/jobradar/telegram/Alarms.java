package dev.jobradar.telegram;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The clock of all clients' updates, in milliseconds, and one daemon thread that rings when it is
 * time. An alarm costs some 150 bytes while it is set.
 */
final class Alarms {
  private static final long STARTED = System.nanoTime();
  private static final ScheduledThreadPoolExecutor RINGER = ringer();

  private Alarms() {}

  private static ScheduledThreadPoolExecutor ringer() {
    ScheduledThreadPoolExecutor made =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("telegram-alarms").factory());
    made.setRemoveOnCancelPolicy(true);
    return made;
  }

  /** Milliseconds that never run backwards. */
  static long now() {
    return (System.nanoTime() - STARTED) / 1_000_000;
  }

  /**
   * Rings at a time, at once if it has passed.
   *
   * @param ring must be quick, and must not block
   */
  static Future<?> set(long at, Runnable ring) {
    long now = now();
    return RINGER.schedule(ring, Math.max(at, now) - now, TimeUnit.MILLISECONDS);
  }
}
