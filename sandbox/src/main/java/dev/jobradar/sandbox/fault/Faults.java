package dev.jobradar.sandbox.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The active faults of a sandbox. Thread-safe.
 *
 * <pre>{@code
 * sandbox.faults().set(Fault.floodWait(Duration.ofSeconds(3)), Aim.method("messages.sendMessage"), 2);
 * try (StandingFault silence = sandbox.faults().set(new Fault.Silence())) {
 *   ...
 * }
 * }</pre>
 */
public final class Faults {

  /** Notified when faults are set and removed, on the thread that does it; must not block. */
  public interface Listener {
    /** A fault became active. */
    default void set(Fault fault) {}

    /** A fault was removed. */
    default void removed(Fault fault) {}
  }

  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private volatile List<StandingFault> standing = List.of();
  private long last;

  /** Sets a fault for all clients until it is removed. */
  public StandingFault set(Fault fault) {
    return set(fault, Aim.ALL);
  }

  /** Sets a fault until it is removed. */
  public StandingFault set(Fault fault, Aim aim) {
    return set(fault, aim, StandingFault.ALWAYS);
  }

  /**
   * Sets a fault that strikes a limited number of times.
   *
   * @throws IllegalArgumentException when that is less than once, or when a method is named for a
   *     fault that does not strike calls
   */
  public StandingFault set(Fault fault, Aim aim, int times) {
    if (times < 1) {
      throw new IllegalArgumentException("a fault strikes once or more, got " + times);
    }
    requireFitting(fault, aim);
    StandingFault fresh;
    synchronized (this) {
      fresh = new StandingFault(this, ++last, fault, aim, times);
      List<StandingFault> more = new ArrayList<>(standing);
      more.add(fresh);
      standing = List.copyOf(more);
    }
    listeners.forEach(listener -> listener.set(fault));
    return fresh;
  }

  /**
   * Sets a fault that is removed after a time.
   *
   * @throws IllegalArgumentException when the time is not positive, or as for a number of times
   */
  public StandingFault set(Fault fault, Aim aim, Duration time) {
    if (!time.isPositive()) {
      throw new IllegalArgumentException("a fault is set for more than no time, got " + time);
    }
    StandingFault fresh = set(fault, aim);
    Thread.ofVirtual()
        .name("sandbox-fault-" + fresh.id())
        .start(() -> {
          try {
            Thread.sleep(time);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          fresh.close();
        });
    return fresh;
  }

  private static void requireFitting(Fault fault, Aim aim) {
    boolean ofCall = fault instanceof Fault.OfCall;
    if (aim.method() != null && !ofCall) {
      throw new IllegalArgumentException("'" + fault.name() + "' does not strike calls of methods");
    }
    if (aim.channel() != null && !ofCall && !(fault instanceof Fault.OfUpdate)) {
      throw new IllegalArgumentException("'" + fault.name() + "' does not strike channels");
    }
    boolean ofAll = aim.key() == null && aim.account() == null;
    if ((fault instanceof Fault.ConnectionLimit && !ofAll)
        || (fault instanceof Fault.ClockSkew && !aim.equals(Aim.ALL))) {
      throw new IllegalArgumentException("'" + fault.name() + "' cannot be meant for some alone");
    }
    if (fault instanceof Fault.UnknownMessage && aim.channel() == null && aim.account() == null) {
      throw new IllegalArgumentException(
          "'" + fault.name() + "' needs the channel, or the account whose message it is");
    }
  }

  /** The active faults, in the order in which they were set. */
  public List<StandingFault> standing() {
    return standing;
  }

  /** Whether no fault is active. */
  public boolean isEmpty() {
    return standing.isEmpty();
  }

  /** Removes all faults; returns how many there were. */
  public int clear() {
    List<StandingFault> all = standing;
    all.forEach(StandingFault::close);
    return all.size();
  }

  /** Adds a listener. */
  public void listen(Listener listener) {
    listeners.add(listener);
  }

  /**
   * Strikes an event, if a fault of this kind aims at it.
   *
   * @param where looked at only when there are faults
   * @return the fault that strikes; null for none
   */
  public <F extends Fault> @Nullable F strike(Class<F> kind, Supplier<FaultSite> where) {
    return strike(kind, where, _ -> true);
  }

  /** As {@link #strike(Class, Supplier)}, if the fault itself is one that would strike here. */
  public <F extends Fault> @Nullable F strike(
      Class<F> kind, Supplier<FaultSite> where, Predicate<F> strikes) {
    StandingFault one = strikeWith(kind, where, strikes);
    return one == null ? null : kind.cast(one.fault());
  }

  /** As {@link #strike}, but returns the fault with its state. */
  public <F extends Fault> @Nullable StandingFault strikeWith(
      Class<F> kind, Supplier<FaultSite> where, Predicate<F> strikes) {
    List<StandingFault> all = standing;
    if (all.isEmpty()) {
      return null;
    }
    FaultSite site = where.get();
    for (StandingFault one : all) {
      if (kind.isInstance(one.fault())
          && one.aim().hits(site)
          && strikes.test(kind.cast(one.fault()))
          && struck(one)) {
        return one;
      }
    }
    return null;
  }

  /** As {@link #strike(Class, Supplier)}, but only with faults that name a method of the site. */
  public <F extends Fault> @Nullable F strikeNamed(Class<F> kind, Supplier<FaultSite> where) {
    for (StandingFault one : standing) {
      if (kind.isInstance(one.fault())
          && one.aim().method() != null
          && one.aim().hits(where.get())
          && struck(one)) {
        return kind.cast(one.fault());
      }
    }
    return null;
  }

  /**
   * All faults of a kind that aim at a site and strike there, whatever their channel.
   *
   * @param strikes whether one would strike here; the channel is its own affair
   */
  public <F extends Fault> List<StandingFault> strikeAll(
      Class<F> kind, Supplier<FaultSite> where, Predicate<StandingFault> strikes) {
    List<StandingFault> struck = new ArrayList<>();
    for (StandingFault one : standing) {
      if (kind.isInstance(one.fault())
          && one.aim().hitsAnyChannel(where.get())
          && strikes.test(one)
          && struck(one)) {
        struck.add(one);
      }
    }
    return struck;
  }

  private static boolean struck(StandingFault one) {
    if (!one.strike()) {
      return false;
    }
    if (one.left() == 0 && !(one.fault() instanceof Fault.OfConnection)) {
      one.close();
    }
    return true;
  }

  void remove(StandingFault gone) {
    synchronized (this) {
      if (!standing.contains(gone)) {
        return;
      }
      standing = standing.stream().filter(one -> one != gone).toList();
      gone.end();
    }
    listeners.forEach(listener -> listener.removed(gone.fault()));
  }
}
