package dev.jobradar.server.pacing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The time by which everything in the service waits. It goes on by a clock that nobody sets. When
 * the machine's clock was set, {@link #look} says so, and this one goes on as if it had not been
 * until {@link #follow}: in between the caller moves what is stored. By how much it follows is what
 * was moved; when the machine's clock was set again meanwhile, the next look says so. Thread-safe.
 */
public final class ServiceClock implements InstantSource {
  /** What time servers correct step by step is less. */
  static final Duration JUMP = Duration.ofSeconds(2);

  /** Between looking at one clock and at the other the thread may have been stopped. */
  private static final long TOGETHER = Duration.ofMillis(100).toNanos();

  private record Reading(Instant time, long nanos) {}

  private final InstantSource wall;
  private final LongSupplier nanos;
  private volatile Reading base;

  /**
   * @param wall the machine's clock, which may be set
   * @param nanos a clock that is never set, in nanoseconds
   */
  public ServiceClock(InstantSource wall, LongSupplier nanos) {
    this.wall = wall;
    this.nanos = nanos;
    this.base = read();
  }

  /** By the clocks of this machine. */
  public static ServiceClock system() {
    return new ServiceClock(InstantSource.system(), System::nanoTime);
  }

  @Override
  public Instant instant() {
    return at(nanos.getAsLong());
  }

  private Instant at(long now) {
    Reading known = base;
    return known.time().plusNanos(now - known.nanos());
  }

  private Reading read() {
    while (true) {
      long before = nanos.getAsLong();
      Instant time = wall.instant();
      long after = nanos.getAsLong();
      if (after - before < TOGETHER) {
        return new Reading(time, after);
      }
    }
  }

  /**
   * Compares with the machine's clock, and follows small corrections.
   *
   * @return by how much that clock was set, until {@link #follow}
   */
  public synchronized Optional<ClockSet> look() {
    Reading now = read();
    ClockSet set = new ClockSet(at(now.nanos()), now.time());
    if (set.by().abs().compareTo(JUMP) < 0) {
      base = now;
      return Optional.empty();
    }
    return Optional.of(set);
  }

  /** Goes on by the machine's clock as {@link #look} found it. */
  public synchronized void follow(ClockSet set) {
    Reading known = base;
    base = new Reading(known.time().plus(set.by()), known.nanos());
  }
}
