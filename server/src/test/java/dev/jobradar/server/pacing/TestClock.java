package dev.jobradar.server.pacing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is moved. Thread-safe. */
public final class TestClock implements InstantSource {
  private Instant now;

  public TestClock(Instant start) {
    now = start;
  }

  public TestClock() {
    this(Instant.parse("2026-03-01T10:00:00Z"));
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  /** Moves on. */
  public synchronized void advance(Duration by) {
    now = now.plus(by);
  }

  /** Moves on to a time, if that is to come. */
  public synchronized void advanceTo(Instant time) {
    now = time.isAfter(now) ? time : now;
  }
}
