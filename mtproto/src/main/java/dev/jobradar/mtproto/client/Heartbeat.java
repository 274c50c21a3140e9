package dev.jobradar.mtproto.client;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One daemon thread that calls every connection once a second. Also their clock: milliseconds since
 * 1970 that never run backwards, whatever happens to the wall clock.
 */
final class Heartbeat {
  private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);
  private static final Duration BEAT = Duration.ofSeconds(1);

  private static final long STARTED_AT = System.currentTimeMillis();
  private static final long STARTED_NANOS = System.nanoTime();
  private static final Heartbeat SHARED = new Heartbeat();

  /** What is called. */
  interface Target {
    /** Must return quickly and not block. */
    void beat(long now);
  }

  private final Set<Target> all = ConcurrentHashMap.newKeySet();

  private Heartbeat() {
    Thread.ofPlatform().daemon().name("mtproto-heartbeat").start(this::run);
  }

  static Heartbeat shared() {
    return SHARED;
  }

  /** Milliseconds since 1970, never running backwards. */
  static long now() {
    return STARTED_AT + (System.nanoTime() - STARTED_NANOS) / 1_000_000;
  }

  void add(Target target) {
    all.add(target);
  }

  void remove(Target target) {
    all.remove(target);
  }

  private void run() {
    while (true) {
      LockSupport.parkNanos(BEAT.toNanos());
      long now = now();
      for (Target each : all) {
        try {
          each.beat(now);
        } catch (Throwable e) {
          log.error("a connection's heartbeat failed", e);
        }
      }
    }
  }
}
