package dev.jobradar.server.web.tasks;

import dev.jobradar.server.channels.ChannelName;
import dev.jobradar.server.tasks.PauseReason;
import dev.jobradar.server.tasks.Source;
import dev.jobradar.server.tasks.Task;
import dev.jobradar.server.tasks.TaskDraft;
import dev.jobradar.server.tasks.TaskStatus;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a person wants of a task; null where they said nothing. Each field by itself is right. */
public record TaskEdit(
    @Nullable String name,
    @Nullable TaskStatus status,
    @Nullable List<ChannelName> sources,
    @Nullable List<String> include,
    @Nullable List<String> exclude,
    @Nullable Boolean alertsPersonal,
    @Nullable Alerts alerts,
    @Nullable Boolean mergeReposts) {

  /**
   * What they want of the alert channel.
   *
   * @param channel null for none
   */
  public record Alerts(@Nullable ChannelName channel) {
    static final Alerts NONE = new Alerts(null);
  }

  /** Only that it runs, or is paused. */
  public static TaskEdit of(TaskStatus status) {
    return new TaskEdit(null, status, null, null, null, null, null, null);
  }

  /** Whether channels are asked for, or watched or not, because of it. */
  boolean reachesTelegram() {
    return status != null || sources != null || alerts != null;
  }

  /** A new task; name and sources have to be there. */
  TaskDraft created() {
    return new TaskDraft(
        Objects.requireNonNull(name),
        or(status, TaskStatus.RUNNING),
        or(include, List.of()),
        or(exclude, List.of()),
        or(alertsPersonal, true),
        alerts == null ? null : alerts.channel(),
        or(mergeReposts, true),
        Objects.requireNonNull(sources));
  }

  /**
   * Whether it changes the keywords of a task that was paused because of them: then it runs again.
   */
  private boolean hasNewKeywords(Task task) {
    return task.pauseReason() == PauseReason.KEYWORDS_TOO_COSTLY
        && !(or(include, task.include()).equals(task.include())
            && or(exclude, task.exclude()).equals(task.exclude()));
  }

  /** What becomes of a task that there is. */
  TaskDraft applied(Task task) {
    return new TaskDraft(
        or(name, task.name()),
        or(status, hasNewKeywords(task) ? TaskStatus.RUNNING : task.status()),
        or(include, task.include()),
        or(exclude, task.exclude()),
        or(alertsPersonal, task.alertsPersonal()),
        alerts == null ? task.alertsChannel() : alerts.channel(),
        or(mergeReposts, task.mergeReposts()),
        sources == null ? task.sources().stream().map(Source::name).toList() : sources);
  }

  /** The same, and the task does not run. */
  TaskEdit pausing() {
    return new TaskEdit(
        name, TaskStatus.PAUSED, sources, include, exclude, alertsPersonal, alerts, mergeReposts);
  }

  private static <T> T or(@Nullable T said, T otherwise) {
    return said == null ? otherwise : said;
  }
}
