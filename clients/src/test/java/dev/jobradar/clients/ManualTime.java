package dev.jobradar.clients;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Time that stands still until a test moves it. Background work runs at once, on the caller. */
final class ManualTime implements Time {
  private record Timed(Instant at, long number, Runnable task) {}

  private final PriorityQueue<Timed> timed =
      new PriorityQueue<>(Comparator.comparing(Timed::at).thenComparingLong(Timed::number));
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private long number;

  @Override
  public synchronized Instant now() {
    return now;
  }

  @Override
  public synchronized void after(Duration delay, Runnable task) {
    timed.add(new Timed(now.plus(delay), number++, task));
  }

  @Override
  public void inBackground(Runnable task) {
    task.run();
  }

  @Override
  public synchronized void stop() {
    timed.clear();
  }

  /** Moves on, and does what is due on the way. */
  void pass(Duration duration) {
    Instant until = now().plus(duration);
    for (Timed next = due(until); next != null; next = due(until)) {
      next.task().run();
    }
    synchronized (this) {
      now = until;
    }
  }

  private synchronized @Nullable Timed due(Instant until) {
    if (timed.isEmpty() || timed.element().at().isAfter(until)) {
      return null;
    }
    Timed next = timed.remove();
    now = next.at().isAfter(now) ? next.at() : now;
    return next;
  }

  /** When something is due. */
  synchronized List<Instant> due() {
    List<Instant> all = new ArrayList<>();
    timed.forEach(each -> all.add(each.at()));
    return all;
  }
}
