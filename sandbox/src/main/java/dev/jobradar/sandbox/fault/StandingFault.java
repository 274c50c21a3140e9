package dev.jobradar.sandbox.fault;

import java.util.concurrent.atomic.AtomicLong;

/** An active fault: until it is closed or has struck its number of times. Thread-safe. */
public final class StandingFault implements AutoCloseable {

  /** Without a limit. */
  public static final int ALWAYS = Integer.MAX_VALUE;

  private final Faults faults;
  private final long id;
  private final Fault fault;
  private final Aim aim;
  private final int times;
  private final AtomicLong struck = new AtomicLong();
  private volatile boolean gone;

  StandingFault(Faults faults, long id, Fault fault, Aim aim, int times) {
    this.faults = faults;
    this.id = id;
    this.fault = fault;
    this.aim = aim;
    this.times = times;
  }

  /** Its number, from 1. */
  public long id() {
    return id;
  }

  public Fault fault() {
    return fault;
  }

  /** What it aims at. */
  public Aim aim() {
    return aim;
  }

  /** How often it has struck. */
  public long struck() {
    return Math.min(struck.get(), times);
  }

  /** How often it will strike yet; {@link #ALWAYS} without an end. */
  public int left() {
    return times == ALWAYS ? ALWAYS : (int) (times - struck());
  }

  /** Whether it is active. A connection that it struck is affected for as long. */
  public boolean stands() {
    return !gone;
  }

  /** Strikes if it may. */
  boolean strike() {
    return !gone && (times == ALWAYS ? struck.incrementAndGet() > 0 : strikeCounted());
  }

  private boolean strikeCounted() {
    long before = struck.get();
    while (before < times) {
      if (struck.compareAndSet(before, before + 1)) {
        return true;
      }
      before = struck.get();
    }
    return false;
  }

  void end() {
    gone = true;
  }

  /** Removes it; what it had struck recovers. Idempotent. */
  @Override
  public void close() {
    faults.remove(this);
  }

  @Override
  public String toString() {
    return fault.name() + " #" + id;
  }
}
