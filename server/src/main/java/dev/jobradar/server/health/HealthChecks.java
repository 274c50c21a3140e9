package dev.jobradar.server.health;

import dev.jobradar.server.pacing.FixedDelayTask;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Service;

/**
 * Looks at everything every few seconds, each check on a thread of its own, and keeps what was
 * found: asking for it never waits. Changes are logged, and shown by the meter {@code
 * jobradar.health} (0 fine, 1 impaired, 2 broken). Thread-safe.
 */
@Service
class HealthChecks implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(HealthChecks.class);
  private static final Duration EVERY = Duration.ofSeconds(5);

  /** Longer than the database waits for a lock. */
  static final Duration LIMIT = Duration.ofSeconds(15);

  private record Look(Finding finding, long endedNanos) {}

  private final Map<String, Look> looks = new ConcurrentHashMap<>();
  private final List<FixedDelayTask> tasks;
  private final LongSupplier nanos;
  private volatile boolean running;

  @Autowired
  HealthChecks(List<HealthCheck> checks, MeterRegistry meters) {
    this(checks, meters, System::nanoTime);
  }

  /**
   * @param nanos a clock that is never set, in nanoseconds
   */
  HealthChecks(List<HealthCheck> checks, MeterRegistry meters, LongSupplier nanos) {
    this.nanos = nanos;
    this.tasks =
        checks.stream()
            .map(check -> new FixedDelayTask("health-" + check.name(), EVERY, () -> look(check)))
            .toList();
    for (HealthCheck check : checks) {
      looks.put(check.name(), new Look(Finding.FINE, nanos.getAsLong()));
      Gauge.builder("jobradar.health", () -> severity(found(check.name())))
          .description("0 fine, 1 impaired, 2 broken")
          .tag("check", check.name())
          .register(meters);
    }
  }

  /** Looks at one thing now. */
  void look(HealthCheck check) throws InterruptedException {
    Finding before = found(check.name());
    Finding now;
    try {
      now = check.look();
    } catch (RuntimeException e) {
      now = new Finding.Broken(e.getClass().getSimpleName());
    }
    looks.put(check.name(), new Look(now, nanos.getAsLong()));
    if (severity(before) != severity(now)) {
      switch (now) {
        case Finding.Fine fine -> log.info("health of {}: recovered", check.name());
        case Finding.Impaired(String why) -> log.warn("health of {}: {}", check.name(), why);
        case Finding.Broken(String why) -> log.error("health of {}: {}", check.name(), why);
      }
    }
  }

  /** What was last found, by name. */
  Map<String, Finding> found() {
    Map<String, Finding> all = new TreeMap<>();
    looks.keySet().forEach(name -> all.put(name, found(name)));
    return all;
  }

  private Finding found(String name) {
    Look look = looks.get(name);
    if (look == null) {
      throw new IllegalArgumentException(name);
    }
    return nanos.getAsLong() - look.endedNanos() > LIMIT.toNanos()
        ? new Finding.Broken("no answer within " + LIMIT.toSeconds() + " s")
        : look.finding();
  }

  private static int severity(Finding finding) {
    return switch (finding) {
      case Finding.Fine fine -> 0;
      case Finding.Impaired impaired -> 1;
      case Finding.Broken broken -> 2;
    };
  }

  @Override
  public void start() {
    running = true;
    tasks.forEach(FixedDelayTask::start);
  }

  @Override
  public void stop() {
    running = false;
    tasks.forEach(FixedDelayTask::stop);
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
