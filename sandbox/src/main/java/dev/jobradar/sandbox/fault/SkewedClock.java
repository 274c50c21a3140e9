package dev.jobradar.sandbox.fault;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that is off by what the standing {@link Fault.ClockSkew}s say. Thread-safe. */
public final class SkewedClock implements InstantSource {
  private final InstantSource source;
  private final Faults faults;

  public SkewedClock(InstantSource source, Faults faults) {
    this.source = source;
    this.faults = faults;
  }

  @Override
  public Instant instant() {
    return faults.isEmpty() ? source.instant() : source.instant().plus(skew());
  }

  private Duration skew() {
    Duration sum = Duration.ZERO;
    for (StandingFault one : faults.standing()) {
      if (one.fault() instanceof Fault.ClockSkew(Duration offset)) {
        sum = sum.plus(offset);
      }
    }
    return sum;
  }
}
