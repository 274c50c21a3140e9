package dev.jobradar.server.web.tasks;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.channels.ChannelDirectory;
import dev.jobradar.server.channels.ChannelName;
import dev.jobradar.server.channels.KnownChannel;
import dev.jobradar.server.delivery.DeliveryProblem;
import dev.jobradar.server.delivery.DeliveryStatus;
import dev.jobradar.server.tasks.Source;
import dev.jobradar.server.tasks.SourceFault;
import dev.jobradar.server.tasks.SourceStatus;
import dev.jobradar.server.tasks.Task;
import dev.jobradar.server.web.delivery.DeliveryTexts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes of tasks and sources what people are told of them. */
@Component
class TaskViews {
  private static final String NOT_CHECKED = "not_checked";

  private final ChannelDirectory channels;
  private final SourceErrors errors;
  private final DeliveryStatus delivery;
  private final DeliveryTexts texts;

  TaskViews(
      ChannelDirectory channels,
      SourceErrors errors,
      DeliveryStatus delivery,
      DeliveryTexts texts) {
    this.channels = channels;
    this.errors = errors;
    this.delivery = delivery;
    this.texts = texts;
  }

  /** The tasks of a user. */
  List<TaskView> views(UserId user, List<Task> tasks, Locale locale) {
    Map<ChannelName, KnownChannel> known =
        channels.known(user).stream()
            .collect(Collectors.toMap(KnownChannel::name, Function.identity()));
    List<DeliveryProblem> problems = delivery.problems(user);
    return tasks.stream().map(task -> view(task, known, Map.of(), problems, locale)).toList();
  }

  /** One task, with what was just found out about sources of it. */
  TaskView view(Task task, Map<ChannelName, Finding> findings, Locale locale) {
    Map<ChannelName, KnownChannel> known =
        channels.known(task.user()).stream()
            .collect(Collectors.toMap(KnownChannel::name, Function.identity()));
    return view(task, known, findings, delivery.problems(task.user()), locale);
  }

  private TaskView view(
      Task task,
      Map<ChannelName, KnownChannel> known,
      Map<ChannelName, Finding> findings,
      List<DeliveryProblem> problems,
      Locale locale) {
    ChannelName channel = task.alertsChannel();
    String alertsChannel = channel == null ? null : channel.value();
    return new TaskView(
        task.id().value(),
        task.name(),
        task.status().text(),
        task.sources().stream().map(source -> source.name().value()).toList(),
        task.include(),
        task.exclude(),
        task.alertsPersonal(),
        alertsChannel,
        alertsChannel,
        task.mergeReposts(),
        task.sources().stream()
            .map(source ->
                view(source, known.get(source.name()), findings.get(source.name()), locale))
            .toList(),
        channel == null ? null : view(channel, findingOf(channel, known, findings), null, locale),
        problems.stream()
            .filter(problem -> problem.task().equals(task.id()))
            .map(problem -> view(problem, locale))
            .toList(),
        task.createdAt(),
        task.updatedAt());
  }

  private TaskView.Undelivered view(DeliveryProblem problem, Locale locale) {
    return new TaskView.Undelivered(
        problem.destination(), problem.error(), texts.text(problem, locale), problem.at());
  }

  private static Finding findingOf(
      ChannelName name, Map<ChannelName, KnownChannel> known, Map<ChannelName, Finding> findings) {
    Finding finding = findings.get(name);
    KnownChannel channel = known.get(name);
    return finding != null
        ? finding
        : channel != null
            ? new Finding.Found(channel)
            : new Finding.NotChecked(SourceErrors.NOT_YET, null);
  }

  private SourceView view(
      Source source, @Nullable KnownChannel known, @Nullable Finding finding, Locale locale) {
    Finding said;
    if (source.status() != SourceStatus.OK) {
      String error = source.lastError();
      said =
          new Finding.Faulty(
              new SourceFault(
                  source.status(),
                  error == null ? SourceErrors.UNREACHABLE : error,
                  source.nextRetryAt()));
    } else if (known != null) {
      said = new Finding.Found(known);
    } else if (finding != null) {
      said = finding;
    } else {
      said = new Finding.NotChecked(SourceErrors.NOT_YET, null);
    }
    return view(source.name(), said, source, locale);
  }

  /** What was found out about a name. */
  SourceView view(ChannelName name, Finding finding, Locale locale) {
    return view(name, finding, null, locale);
  }

  private SourceView view(
      ChannelName name, Finding finding, @Nullable Source source, Locale locale) {
    Integer errorCount = source == null || source.errorCount() == 0 ? null : source.errorCount();
    Integer last = source == null ? null : source.lastMessageId();
    return switch (finding) {
      case Finding.Found(KnownChannel channel) ->
          new SourceView(
              null,
              name.value(),
              url(name),
              SourceStatus.OK.text(),
              channel.title(),
              channel.broadcast() ? "channel" : "group",
              channel.members(),
              channel.joined(),
              null,
              null,
              errorCount,
              null,
              last);
      case Finding.Faulty(SourceFault fault) ->
          failed(
              name,
              fault.status().text(),
              fault.error(),
              null,
              errorCount,
              fault.nextRetryAt(),
              last,
              locale);
      case Finding.NotChecked(String error, Duration wait) ->
          failed(name, NOT_CHECKED, error, wait, errorCount, null, last, locale);
    };
  }

  private SourceView failed(
      ChannelName name,
      String status,
      String error,
      @Nullable Duration wait,
      @Nullable Integer errorCount,
      @Nullable Instant nextRetryAt,
      @Nullable Integer last,
      Locale locale) {
    return new SourceView(
        null,
        name.value(),
        url(name),
        status,
        null,
        null,
        null,
        null,
        error,
        errors.text(error, wait, locale),
        errorCount,
        nextRetryAt,
        last);
  }

  private static String url(ChannelName name) {
    return "https://t.me/" + name.value();
  }
}
