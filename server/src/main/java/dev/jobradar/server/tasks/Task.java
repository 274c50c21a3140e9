package dev.jobradar.server.tasks;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.channels.ChannelName;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a user looks for.
 *
 * @param pauseReason why it was paused, where its owner did not do it; else null
 * @param include groups of words of which one is enough; none for every post
 * @param exclude groups of words of which one is too much
 * @param alertsPersonal whether leads go to Saved Messages, if the user's setting says so too
 * @param alertsChannel a channel of the user that leads are sent to as well, or null
 * @param mergeReposts whether a vacancy posted again with trivial changes is the same lead
 * @param sources in the order in which they were entered; up to {@value #MAX_SOURCES}
 */
public record Task(
    TaskId id,
    UserId user,
    String name,
    TaskStatus status,
    @Nullable PauseReason pauseReason,
    List<String> include,
    List<String> exclude,
    boolean alertsPersonal,
    @Nullable ChannelName alertsChannel,
    boolean mergeReposts,
    List<Source> sources,
    Instant createdAt,
    Instant updatedAt) {
  /** How many sources a task may have. */
  public static final int MAX_SOURCES = 10;

  /** Copies the lists. */
  public Task {
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
    sources = List.copyOf(sources);
  }

  /** Whether it looks for leads. */
  public boolean isRunning() {
    return status == TaskStatus.RUNNING;
  }

  /** Shows nothing that a person wrote. */
  @Override
  public String toString() {
    return "Task[" + id.value() + "]";
  }
}
