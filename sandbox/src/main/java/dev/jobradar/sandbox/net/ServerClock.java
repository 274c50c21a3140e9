package dev.jobradar.sandbox.net;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** The server's time in milliseconds since 1970, which never runs backwards. Thread-safe. */
final class ServerClock {
  private final InstantSource source;
  private final AtomicLong last = new AtomicLong(Long.MIN_VALUE);

  ServerClock(InstantSource source) {
    this.source = source;
  }

  /** The source has jumped: what was the last time counts no more. */
  void jumped() {
    last.set(Long.MIN_VALUE);
  }

  long now() {
    long now = source.millis();
    return now <= last.get() ? last.get() : last.accumulateAndGet(now, Math::max);
  }
}
