package dev.jobradar.server.web.pages.tasks;

import dev.jobradar.server.account.AccountState;
import dev.jobradar.server.tasks.SourceStatus;
import dev.jobradar.server.tasks.TaskStatus;
import dev.jobradar.server.web.tasks.SourceView;
import dev.jobradar.server.web.tasks.TaskView;

/** Whether a task finds leads just now, and what keeps it from it. */
public enum TaskState {
  RUNNING("good"),
  PAUSED(""),
  /** JobRadar did it; the task says why. */
  PAUSED_BY_US("warn"),
  NOT_SIGNED_IN("bad"),
  SESSION_ENDED("bad"),
  /** The connection is lost, and is being repaired. */
  UNREACHABLE("warn"),
  /** None of its sources can be read. */
  NO_SOURCE("bad");

  private final String tone;

  TaskState(String tone) {
    this.tone = tone;
  }

  /** The class of its badge. */
  public String tone() {
    return tone;
  }

  /** Whether its owner has to connect Telegram. */
  public boolean needsTelegram() {
    return this == NOT_SIGNED_IN || this == SESSION_ENDED;
  }

  static TaskState of(TaskView task, AccountState account) {
    if (task.status().equals(TaskStatus.PAUSED.text())) {
      return task.pauseReason() == null ? PAUSED : PAUSED_BY_US;
    }
    return switch (account) {
      case AccountState.NotSignedIn _ -> NOT_SIGNED_IN;
      case AccountState.SessionEnded _ -> SESSION_ENDED;
      case AccountState.Connecting connecting when connecting.lastError() != null -> UNREACHABLE;
      case AccountState.Connecting _, AccountState.Asleep _, AccountState.Connected _ ->
          task.sourceStates().stream().allMatch(TaskState::isInvalid) ? NO_SOURCE : RUNNING;
    };
  }

  private static boolean isInvalid(SourceView source) {
    return source.status().equals(SourceStatus.INVALID.text());
  }
}
