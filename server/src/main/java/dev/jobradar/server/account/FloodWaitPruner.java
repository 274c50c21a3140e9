package dev.jobradar.server.account;

import dev.jobradar.server.pacing.FixedDelayTask;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Deletes waits that are over, of whatever kind, while the service runs. Thread-safe. */
@Component
class FloodWaitPruner implements SmartLifecycle {
  private static final Duration EVERY = Duration.ofMinutes(10);

  private final FixedDelayTask task;
  private volatile boolean running;

  FloodWaitPruner(FloodWaits floodWaits) {
    this.task = new FixedDelayTask("flood-waits", EVERY, floodWaits::forgetOver);
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
