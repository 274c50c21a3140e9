package dev.jobradar.server.web.pages.tasks;

import dev.jobradar.server.channels.ChannelName;
import dev.jobradar.server.channels.ChannelName.BadChannelName;
import dev.jobradar.server.tasks.Task;
import dev.jobradar.server.web.tasks.AlertsChannel;
import dev.jobradar.server.web.tasks.Lists;
import dev.jobradar.server.web.tasks.TaskBody;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.BindParam;

/** The form of a task, word for word as it was typed. */
public record TaskForm(
    String name,
    String sources,
    @BindParam("include_keywords") String includeKeywords,
    @BindParam("exclude_keywords") String excludeKeywords,
    @BindParam("alerts_personal") @Nullable String alertsPersonal,
    @BindParam("alerts_channel") String alertsChannel,
    @BindParam("merge_reposts") @Nullable String mergeReposts) {
  private static final String YES = "yes";

  /** For a new task. */
  static final TaskForm FRESH = new TaskForm("", "", "", "", YES, "", YES);

  /** What was not sent is empty. */
  public TaskForm {
    name = Objects.requireNonNullElse(name, "");
    sources = Objects.requireNonNullElse(sources, "");
    includeKeywords = Objects.requireNonNullElse(includeKeywords, "");
    excludeKeywords = Objects.requireNonNullElse(excludeKeywords, "");
    alertsChannel = Objects.requireNonNullElse(alertsChannel, "");
  }

  /** Of a task that there is. */
  static TaskForm of(Task task) {
    ChannelName channel = task.alertsChannel();
    return new TaskForm(
        task.name(),
        lines(task.sources().stream().map(source -> source.name().toString()).toList()),
        lines(task.include()),
        lines(task.exclude()),
        task.alertsPersonal() ? YES : null,
        channel == null ? "" : channel.toString(),
        task.mergeReposts() ? YES : null);
  }

  private static String lines(Collection<String> items) {
    return String.join("\n", items);
  }

  /** The same under another name. */
  TaskForm named(String other) {
    return new TaskForm(
        other,
        sources,
        includeKeywords,
        excludeKeywords,
        alertsPersonal,
        alertsChannel,
        mergeReposts);
  }

  /** Each source once, however it was written. */
  List<String> sourceNames() {
    Map<Object, String> names = new LinkedHashMap<>();
    for (String written : Lists.names(sources)) {
      names.putIfAbsent(meaning(written), written);
    }
    return List.copyOf(names.values());
  }

  private static Object meaning(String written) {
    try {
      return ChannelName.parse(written);
    } catch (BadChannelName bad) {
      return written;
    }
  }

  List<String> include() {
    return Lists.keywords(includeKeywords);
  }

  List<String> exclude() {
    return Lists.keywords(excludeKeywords);
  }

  /** As the API takes it. */
  TaskBody body() {
    return new TaskBody(
        name,
        null,
        sourceNames(),
        include(),
        exclude(),
        alertsPersonal != null,
        AlertsChannel.of(alertsChannel),
        null,
        mergeReposts != null);
  }

  /** What a person typed stays out of logs. */
  @Override
  public String toString() {
    return "TaskForm";
  }
}
