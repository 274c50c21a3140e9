package dev.jobradar.server.housekeeping;

import dev.jobradar.server.pacing.FixedDelayTask;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Service;

/** Prunes what can be pruned, now and then. Thread-safe. */
@Service
@EnableConfigurationProperties(RetentionSettings.class)
class Housekeeping implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);
  private static final Duration EVERY = Duration.ofHours(6);

  private final List<Prunable> prunables;
  private final FixedDelayTask sweeper = new FixedDelayTask("housekeeping", EVERY, this::prune);
  private volatile boolean running;

  Housekeeping(List<Prunable> prunables) {
    this.prunables = List.copyOf(prunables);
  }

  /** Prunes everything; what fails holds up nothing else. */
  void prune() throws InterruptedException {
    for (Prunable each : prunables) {
      try {
        long rows = each.prune();
        if (rows > 0) {
          log.info("deleted {} old rows of {}", rows, each.name());
        }
      } catch (RuntimeException e) {
        log.warn("old rows of {} could not be deleted", each.name(), e);
      }
    }
  }

  @Override
  public void start() {
    running = true;
    sweeper.start();
  }

  @Override
  public void stop() {
    running = false;
    sweeper.stop();
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
