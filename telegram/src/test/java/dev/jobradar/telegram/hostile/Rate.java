package dev.jobradar.telegram.hostile;

import java.util.ArrayList;
import java.util.List;

/** When something happened, in milliseconds. Thread-safe. */
public final class Rate {
  private final List<Long> times = new ArrayList<>();

  /** It happens now. */
  public synchronized void count(long now) {
    times.add(now);
  }

  /** How often it happened. */
  public synchronized int all() {
    return times.size();
  }

  /** The most of it within a time. */
  public synchronized int most(long window) {
    List<Long> sorted = times.stream().sorted().toList();
    int most = 0;
    for (int from = 0, to = 0; to < sorted.size(); to++) {
      while (sorted.get(to) - sorted.get(from) >= window) {
        from++;
      }
      most = Math.max(most, to - from + 1);
    }
    return most;
  }
}
