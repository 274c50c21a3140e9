package dev.jobradar.mtproto.client;

import dev.jobradar.mtproto.session.Slice;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers events to {@link ConnectionListener}s in order, on a virtual thread that exists only
 * while events are waiting. Connections that follow each other can share one: what the first has to
 * tell is then told before anything of the next.
 *
 * <p>The queue is bounded: when a listener falls too far behind, queued updates are discarded and
 * replaced by one gap, which every listener must be able to repair anyway.
 *
 * <p>Thread-safe.
 */
public final class ListenerQueue {
  private static final Logger log = LoggerFactory.getLogger(ListenerQueue.class);
  private static final int MAX_WAITING = 1024;
  private static final int MAX_BYTES = 4 << 20;

  private final ArrayDeque<Runnable> waiting = new ArrayDeque<>(1);
  private int updatesWaiting;
  private long bytesWaiting;
  private boolean delivering;

  /** An event that is never discarded; returns at once. */
  public synchronized void add(Runnable event) {
    waiting.add(event);
    if (!delivering) {
      Thread.ofVirtual().name("mtproto-listener").start(this::deliver);
      delivering = true;
    }
  }

  /** A gap; one already in the queue covers this one too. */
  synchronized void addGap(ConnectionListener listener) {
    Gap gap = new Gap(listener);
    if (!waiting.contains(gap)) {
      add(gap);
    }
  }

  /** Updates, which may be replaced by one gap. */
  synchronized void addUpdates(ConnectionListener listener, Slice updates) {
    if (updatesWaiting >= MAX_WAITING || bytesWaiting + updates.size() > MAX_BYTES) {
      waiting.removeIf(Updates.class::isInstance);
      updatesWaiting = 0;
      bytesWaiting = 0;
      addGap(listener);
    }
    updatesWaiting++;
    bytesWaiting += updates.size();
    add(new Updates(listener, updates));
  }

  private record Gap(ConnectionListener listener) implements Runnable {
    @Override
    public void run() {
      listener.onGap();
    }
  }

  private record Updates(ConnectionListener listener, Slice updates) implements Runnable {
    @Override
    public void run() {
      listener.onUpdates(updates);
    }
  }

  private void deliver() {
    while (true) {
      Runnable next = take();
      if (next == null) {
        return;
      }
      try {
        next.run();
      } catch (Throwable e) {
        log.error("a connection's listener failed", e);
      }
    }
  }

  private synchronized @Nullable Runnable take() {
    Runnable next = waiting.poll();
    if (next == null) {
      delivering = false;
    } else if (next instanceof Updates updates) {
      updatesWaiting--;
      bytesWaiting -= updates.updates().size();
    }
    return next;
  }
}
