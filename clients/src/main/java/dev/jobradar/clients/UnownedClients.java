package dev.jobradar.clients;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes clients that are in no slot, and remembers those that do not close: their connections may
 * still be open. Thread-safe.
 */
final class UnownedClients {
  private static final Logger log = LoggerFactory.getLogger(UnownedClients.class);

  private static final Duration CLOSE_RETRY = Duration.ofSeconds(1);

  private final Time time;

  /** Guarded by {@code this}. */
  private final Set<ManagedClient> unclosed = new HashSet<>();

  UnownedClients(Time time) {
    this.time = time;
  }

  /** Closes a client; whether it was seen closed. */
  boolean tryClose(ManagedClient client) {
    try {
      return client.close(Duration.ZERO);
    } catch (RuntimeException e) {
      log.warn("closing failed, and is retried: {}", e.toString());
      return false;
    }
  }

  /** Closes a client, with as many attempts as that takes, then runs the next step. */
  void closeThen(ManagedClient client, Runnable next) {
    if (!tryClose(client)) {
      boolean first;
      synchronized (this) {
        first = unclosed.add(client);
      }
      if (first) {
        log.error("a client without an owner does not close; no other is opened beside it");
      }
      time.after(CLOSE_RETRY, () -> time.inBackground(() -> closeThen(client, next)));
      return;
    }
    synchronized (this) {
      unclosed.remove(client);
      notifyAll();
    }
    next.run();
  }

  /**
   * Waits until all of them are closed.
   *
   * @param deadline by {@link System#nanoTime}
   * @return whether they are
   */
  synchronized boolean awaitClosed(long deadline) throws InterruptedException {
    while (!unclosed.isEmpty() && deadline - System.nanoTime() > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
    }
    return unclosed.isEmpty();
  }
}
