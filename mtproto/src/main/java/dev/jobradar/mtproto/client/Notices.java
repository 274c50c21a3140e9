package dev.jobradar.mtproto.client;

import dev.jobradar.mtproto.session.Slice;
import java.util.ArrayDeque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a {@link ConnectionListener} what happened, in order, on a virtual thread that exists only
 * while there is something to tell.
 *
 * <p>What waits is bounded: when the listener falls too far behind, waiting updates are thrown away
 * and it hears of a gap instead, which it has to be able to repair anyway.
 */
final class Notices {
  private static final Logger log = LoggerFactory.getLogger(Notices.class);
  private static final int MAX_WAITING = 1024;
  private static final int MAX_BYTES = 4 << 20;

  private final ConnectionListener listener;
  private final ArrayDeque<Runnable> waiting = new ArrayDeque<>(1);
  private int updatesWaiting;
  private long bytesWaiting;
  private boolean telling;

  Notices(ConnectionListener listener) {
    this.listener = listener;
  }

  /** Something that must be heard. */
  synchronized void add(Runnable notice) {
    waiting.add(notice);
    if (!telling) {
      Thread.ofVirtual().name("mtproto-listener").start(this::tell);
      telling = true;
    }
  }

  /** Updates, which may be replaced by a gap. */
  synchronized void addUpdates(Slice updates) {
    if (updatesWaiting >= MAX_WAITING || bytesWaiting + updates.size() > MAX_BYTES) {
      waiting.removeIf(Updates.class::isInstance);
      updatesWaiting = 0;
      bytesWaiting = 0;
      add(listener::onGap);
    }
    updatesWaiting++;
    bytesWaiting += updates.size();
    add(new Updates(listener, updates));
  }

  private record Updates(ConnectionListener listener, Slice updates) implements Runnable {
    @Override
    public void run() {
      listener.onUpdates(updates);
    }
  }

  private void tell() {
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

  private synchronized @org.jspecify.annotations.Nullable Runnable take() {
    Runnable next = waiting.poll();
    if (next == null) {
      telling = false;
    } else if (next instanceof Updates updates) {
      updatesWaiting--;
      bytesWaiting -= updates.updates().size();
    }
    return next;
  }
}
