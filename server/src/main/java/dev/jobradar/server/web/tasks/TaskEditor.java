package dev.jobradar.server.web.tasks;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.channels.ChannelCheck;
import dev.jobradar.server.channels.ChannelChecks;
import dev.jobradar.server.channels.ChannelDirectory;
import dev.jobradar.server.channels.ChannelFault;
import dev.jobradar.server.channels.ChannelName;
import dev.jobradar.server.channels.KnownChannel;
import dev.jobradar.server.tasks.Task;
import dev.jobradar.server.tasks.TaskDraft;
import dev.jobradar.server.tasks.TaskId;
import dev.jobradar.server.tasks.TaskStatus;
import dev.jobradar.server.tasks.Tasks;
import dev.jobradar.server.users.User;
import dev.jobradar.server.web.ProblemException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;

/**
 * Creates and changes tasks as people ask for it, within the rules. Sources are checked before the
 * task is stored, and their faults are stored with it, so that Telegram is asked once. Thread-safe.
 */
@Service
public class TaskEditor {
  private final Tasks tasks;
  private final ChannelChecks checks;
  private final ChannelDirectory channels;
  private final InstantSource clock;

  TaskEditor(Tasks tasks, ChannelChecks checks, ChannelDirectory channels, InstantSource clock) {
    this.tasks = tasks;
    this.checks = checks;
    this.channels = channels;
    this.clock = clock;
  }

  /** A stored task, with what was found out about its sources just now. */
  public record Stored(Task task, Map<ChannelName, ChannelCheck> findings) {}

  /**
   * Creates a task.
   *
   * @throws ProblemException 403 when the user's plan allows no more, 400 when it is not right
   */
  public Stored create(User user, TaskEdit edit) throws InterruptedException {
    TaskDraft draft = edit.created();
    int limit = limit(user);
    if (tasks.count(user.id()) >= limit) {
      throw tooMany(limit);
    }
    checkApart(user.id(), draft);
    Map<ChannelName, ChannelCheck> findings =
        checks.check(user.id(), asked(draft.sources(), draft));
    checkApart(user.id(), draft);
    Task task =
        tasks
            .create(user.id(), draft, limit, faults(draft.sources(), findings))
            .orElseThrow(() -> tooMany(limit));
    return new Stored(task, findings);
  }

  /**
   * Changes a task.
   *
   * @throws ProblemException 404 when it is not that user's, 403 when their plan does not allow it,
   *     400 when it is not right
   */
  public Stored update(User user, TaskId id, TaskEdit edit) throws InterruptedException {
    Task before = tasks.find(user.id(), id).orElseThrow(ProblemException::notFound);
    TaskDraft wanted = edit.applied(before);
    checkApart(user.id(), wanted);
    List<ChannelName> entered = edit.sources();
    Map<ChannelName, ChannelCheck> findings =
        entered == null && edit.alerts() == null
            ? Map.of()
            : checks.check(user.id(), asked(entered == null ? List.of() : entered, wanted));
    Task after =
        tasks
            .update(
                user.id(),
                id,
                (task, othersRunning) -> changed(user, edit, task, othersRunning),
                entered == null ? null : faults(entered, findings))
            .orElseThrow(ProblemException::notFound);
    return new Stored(after, findings);
  }

  private TaskDraft changed(User user, TaskEdit edit, Task task, int othersRunning) {
    TaskDraft draft = edit.applied(task);
    checkApart(user.id(), draft);
    boolean starts = !task.isRunning() && draft.status() == TaskStatus.RUNNING;
    int limit = limit(user);
    if (starts && othersRunning >= limit) {
      if (edit.status() == null) {
        return edit.pausing().applied(task);
      }
      throw new ProblemException(HttpStatus.FORBIDDEN, "running_task_limit", limit);
    }
    return draft;
  }

  private int limit(User user) {
    return user.planAt(clock.instant()).tasks();
  }

  private static ProblemException tooMany(int limit) {
    return new ProblemException(HttpStatus.FORBIDDEN, "task_limit", limit);
  }

  private static List<ChannelName> asked(List<ChannelName> sources, TaskDraft draft) {
    List<ChannelName> asked = new ArrayList<>(sources);
    ChannelName channel = draft.alertsChannel();
    if (channel != null && !asked.contains(channel)) {
      asked.add(channel);
    }
    return asked;
  }

  /** Leads that are sent to a source would be read there again, by whatever name it is called. */
  private void checkApart(UserId user, TaskDraft draft) {
    ChannelName channel = draft.alertsChannel();
    if (channel == null) {
      return;
    }
    Long id = channelId(user, channel);
    for (ChannelName source : draft.sources()) {
      if (source.equals(channel) || id != null && id.equals(channelId(user, source))) {
        throw ProblemException.field("alerts_channel", "alerts_channel_is_source", channel);
      }
    }
  }

  private @Nullable Long channelId(UserId user, ChannelName name) {
    return channels.known(user, name).map(KnownChannel::channel).map(c -> c.id()).orElse(null);
  }

  private static Map<ChannelName, ChannelFault> faults(
      List<ChannelName> sources, Map<ChannelName, ChannelCheck> findings) {
    Map<ChannelName, ChannelFault> faults = new HashMap<>();
    for (ChannelName source : sources) {
      if (findings.get(source) instanceof ChannelCheck.Faulty(ChannelFault fault)) {
        faults.put(source, fault);
      }
    }
    return faults;
  }
}
