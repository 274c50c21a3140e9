package dev.jobradar.sandbox.net;

import java.io.Serial;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Work that is done again whenever somebody asks for it, by one thread at a time, and that misses
 * no request: one that comes while the work is done makes it be done once more.
 */
final class Activity extends AtomicInteger {
  @Serial private static final long serialVersionUID = 1L;

  private final transient Runnable work;

  Activity(Runnable work) {
    this.work = work;
  }

  /** Has the work done by a virtual thread. */
  void request() {
    if (getAndIncrement() == 0) {
      Thread.startVirtualThread(this::run);
    }
  }

  /** Does the work here, unless another thread is at it, which then does it once more. */
  void requestHere() {
    if (getAndIncrement() == 0) {
      run();
    }
  }

  private void run() {
    int seen;
    do {
      seen = get();
      work.run();
    } while (addAndGet(-seen) != 0);
  }
}
