package dev.jobradar.server.web.pages.tasks;

import dev.jobradar.server.web.tasks.TaskView;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a task stands, on the list and on its own page.
 *
 * @param state what it does
 * @param why more about it in words; null where the state says all
 * @param nextTry when an unreachable Telegram is tried again, where that is known
 * @param faulty how many of its sources are in error
 * @param leads how many leads it has
 * @param recent how many of them are of the last seven days
 */
public record TaskCard(
    TaskView task,
    TaskState state,
    @Nullable String why,
    @Nullable Instant nextTry,
    int faulty,
    long leads,
    long recent) {
  /** Its number. */
  public long id() {
    return task.id();
  }

  /** Whether it is not paused. */
  public boolean running() {
    return task.status().equals("running");
  }

  /** Changes with whatever the card shows beside the task's name. */
  public String seen() {
    return Digest.of(
        task.status(), state.name(), why, nextTry, faulty, leads, recent, task.sources().size());
  }
}
