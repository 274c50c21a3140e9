package dev.jobradar.server.pacing;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Looks every second whether the clock was set, and has all stored waits moved: {@link ClockSet},
 * then {@link ClockSettled}. While the database cannot be written, that is tried again.
 * Thread-safe.
 */
@Component
public class ClockWatch implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(ClockWatch.class);
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final ServiceClock clock;
  private final ApplicationEventPublisher events;
  private final TransactionOperations transactions;
  private final Counter jumps;
  private final FixedDelayTask task;
  private volatile @Nullable ClockSet last;
  private volatile boolean running;

  /** What was told in the log and is not settled yet. Guarded by this, as what follows. */
  private Duration told = Duration.ZERO;

  /** By how much the clock was set before the start; null when that is settled. */
  private @Nullable Duration beforeStart;

  ClockWatch(
      ServiceClock clock,
      ApplicationEventPublisher events,
      TransactionOperations transactions,
      MeterRegistry meters) {
    this.clock = clock;
    this.events = events;
    this.transactions = transactions;
    this.jumps =
        Counter.builder("jobradar.clock.jumps")
            .description("How often the machine's clock was set")
            .register(meters);
    this.task = new FixedDelayTask("clock-watch", EVERY, this::look);
  }

  /** Looks now. */
  synchronized void look() {
    Duration before = beforeStart;
    if (before != null) {
      Instant now = clock.instant();
      ClockSet set = new ClockSet(now.minus(before), now);
      if (moved(set, () -> {})) {
        beforeStart = null;
        events.publishEvent(new ClockSettled(set));
      }
    }
    Optional<ClockSet> set = clock.look();
    if (set.isPresent()) {
      jumped(set.get());
      if (settled(set.get())) {
        told = Duration.ZERO;
      }
    }
  }

  /** The clock was set while the service did not run, or may have been. */
  public synchronized void started(ClockSet set) {
    if (!set.by().isZero()) {
      jumped(set);
      told = Duration.ZERO;
    }
    beforeStart = set.by();
    look();
  }

  /** Tells of a jump, once. */
  private void jumped(ClockSet set) {
    if (set.by().minus(told).abs().compareTo(ServiceClock.JUMP) < 0) {
      return;
    }
    told = set.by();
    log.warn(
        "the clock was set {} by {}: what waits is planned anew",
        set.by().isNegative() ? "back" : "forward",
        set.by().abs().truncatedTo(java.time.temporal.ChronoUnit.SECONDS));
    jumps.increment();
    last = set;
  }

  /**
   * Moves stored waits, and goes by the machine's clock then; says whether that was done. Until it
   * is, the service goes on by the time as it was before, so that no wait is moved twice.
   */
  private boolean settled(ClockSet set) {
    Instant before = clock.instant();
    AtomicBoolean followed = new AtomicBoolean();
    // Before the commit: who waits for the database goes on right after it, and by the new time.
    boolean moved =
        moved(
            set,
            () -> {
              clock.follow(set);
              followed.set(true);
            });
    if (moved) {
      events.publishEvent(new ClockSettled(set));
    } else if (followed.get()) {
      clock.follow(new ClockSet(before.plus(set.by()), before));
    }
    return moved;
  }

  private boolean moved(ClockSet set, Runnable last) {
    try {
      transactions.executeWithoutResult(_ -> {
        events.publishEvent(set);
        last.run();
      });
      return true;
    } catch (DataAccessException | TransactionException e) {
      log.debug("stored waits could not be moved now", e);
      return false;
    }
  }

  /** When the clock was set last, if it was. */
  public Optional<ClockSet> last() {
    return Optional.ofNullable(last);
  }

  /** How long ago that was. */
  public Optional<Duration> sinceLast() {
    Instant now = clock.instant();
    return last().map(set -> Duration.between(set.after(), now));
  }

  @Override
  public void start() {
    running = true;
    task.start();
  }

  @Override
  public void stop() {
    running = false;
    task.stop();
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
