package dev.jobradar.server.tasks;

import dev.jobradar.server.channels.ChannelName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a person says of a task; {@link Task} explains the fields. Checked before it gets here. */
public record TaskDraft(
    String name,
    TaskStatus status,
    List<String> include,
    List<String> exclude,
    boolean alertsPersonal,
    @Nullable ChannelName alertsChannel,
    boolean mergeReposts,
    List<ChannelName> sources) {
  /** Copies the lists. */
  public TaskDraft {
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
    sources = List.copyOf(sources);
  }
}
