package dev.jobradar.clients;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one after another, in order, on a thread that exists only while there are tasks. For
 * callbacks: they may be slow, and nothing else waits for them.
 */
final class SequentialExecutor {
  private static final Logger log = LoggerFactory.getLogger(SequentialExecutor.class);

  private final Time time;
  private @Nullable ArrayDeque<Runnable> waiting;

  SequentialExecutor(Time time) {
    this.time = time;
  }

  void add(Runnable task) {
    synchronized (this) {
      if (waiting != null) {
        waiting.add(task);
        return;
      }
      waiting = new ArrayDeque<>(2);
      waiting.add(task);
    }
    time.inBackground(this::work);
  }

  private void work() {
    for (Runnable next = take(); next != null; next = take()) {
      try {
        next.run();
      } catch (RuntimeException e) {
        log.error("a task failed", e);
      }
    }
  }

  private synchronized @Nullable Runnable take() {
    Runnable next = waiting == null ? null : waiting.poll();
    if (next == null) {
      waiting = null;
    }
    return next;
  }
}
