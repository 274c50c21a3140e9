package dev.jobradar.server.leads;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.tasks.PauseReason;
import dev.jobradar.server.tasks.TaskId;
import dev.jobradar.server.tasks.Tasks;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pauses tasks whose keywords are too costly for a post, and tells their owners. Thread-safe. */
final class CostlyTasks {
  private static final Logger log = LoggerFactory.getLogger(CostlyTasks.class);

  private final Tasks tasks;
  private final Counter counter;

  CostlyTasks(Tasks tasks, MeterRegistry meters) {
    this.tasks = tasks;
    this.counter =
        Counter.builder("jobradar.tasks.paused")
            .description("Tasks that were paused since their keywords are too costly for a post")
            .register(meters);
  }

  /**
   * Pauses one, as a part of the caller's transaction.
   *
   * @return whether it was running: then {@link #paused} is to be called after the transaction
   */
  boolean pause(UserId user, TaskId task) {
    return tasks.pause(user, task, PauseReason.KEYWORDS_TOO_COSTLY);
  }

  /** Tells of it. */
  void paused(UserId user, TaskId task) {
    log.warn("{}: {} was paused, since its keywords are too costly for a post", user, task);
    counter.increment();
    tasks.paused(user, task, PauseReason.KEYWORDS_TOO_COSTLY);
  }
}
