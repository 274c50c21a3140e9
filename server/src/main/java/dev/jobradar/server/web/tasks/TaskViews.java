package dev.jobradar.server.web.tasks;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.account.FailureCode;
import dev.jobradar.server.account.SkippedPosts;
import dev.jobradar.server.account.WatchStall;
import dev.jobradar.server.channels.ChannelCheck;
import dev.jobradar.server.channels.ChannelDirectory;
import dev.jobradar.server.channels.ChannelFault;
import dev.jobradar.server.channels.ChannelName;
import dev.jobradar.server.channels.KnownChannel;
import dev.jobradar.server.delivery.DeliveryProblem;
import dev.jobradar.server.delivery.DeliveryStatus;
import dev.jobradar.server.filter.KeywordException;
import dev.jobradar.server.filter.Keywords;
import dev.jobradar.server.monitoring.StalledWatches;
import dev.jobradar.server.tasks.PauseReason;
import dev.jobradar.server.tasks.Source;
import dev.jobradar.server.tasks.SourceStatus;
import dev.jobradar.server.tasks.Task;
import dev.jobradar.server.web.StallTexts;
import dev.jobradar.server.web.delivery.DeliveryTexts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Makes the views of tasks and sources. */
@Component
public class TaskViews {
  /** The status of a source that Telegram was not asked for. */
  public static final String NOT_CHECKED = "not_checked";

  private final ChannelDirectory channels;
  private final SourceErrorTexts errors;
  private final DeliveryStatus delivery;
  private final DeliveryTexts texts;
  private final MessageSource messages;
  private final StalledWatches stalls;
  private final StallTexts stallTexts;
  private final RenamingTexts renamings;

  TaskViews(
      ChannelDirectory channels,
      SourceErrorTexts errors,
      DeliveryStatus delivery,
      DeliveryTexts texts,
      MessageSource messages,
      StalledWatches stalls,
      StallTexts stallTexts,
      RenamingTexts renamings) {
    this.channels = channels;
    this.errors = errors;
    this.delivery = delivery;
    this.texts = texts;
    this.messages = messages;
    this.stalls = stalls;
    this.stallTexts = stallTexts;
    this.renamings = renamings;
  }

  /** The tasks of a user. */
  public List<TaskView> views(UserId user, List<Task> tasks, Locale locale) {
    Map<ChannelName, KnownChannel> known =
        channels.known(user).stream()
            .collect(Collectors.toMap(KnownChannel::name, Function.identity()));
    List<DeliveryProblem> problems = delivery.problems(user);
    return tasks.stream().map(task -> view(task, known, Map.of(), problems, locale)).toList();
  }

  /** One task, with what was just found out about sources of it. */
  public TaskView view(Task task, Map<ChannelName, ChannelCheck> findings, Locale locale) {
    Map<ChannelName, KnownChannel> known =
        channels.known(task.user()).stream()
            .collect(Collectors.toMap(KnownChannel::name, Function.identity()));
    return view(task, known, findings, delivery.problems(task.user()), locale);
  }

  private TaskView view(
      Task task,
      Map<ChannelName, KnownChannel> known,
      Map<ChannelName, ChannelCheck> findings,
      List<DeliveryProblem> problems,
      Locale locale) {
    ChannelName channel = task.alertsChannel();
    PauseReason paused = task.pauseReason();
    String alertsChannel = channel == null ? null : channel.value();
    return new TaskView(
        task.id().value(),
        task.name(),
        task.status().text(),
        paused == null ? null : paused.name(),
        paused == null ? null : messages.getMessage("paused." + paused.name(), null, locale),
        task.sources().stream().map(source -> source.name().value()).toList(),
        task.include(),
        task.exclude(),
        ignored(task, locale),
        task.alertsPersonal(),
        alertsChannel,
        alertsChannel,
        task.mergeReposts(),
        task.sources().stream()
            .map(source ->
                view(task, source, known.get(source.name()), findings.get(source.name()), locale))
            .toList(),
        channel == null ? null : view(channel, findingOf(channel, known, findings), null, locale),
        problems.stream()
            .filter(problem -> problem.task().equals(task.id()))
            .map(problem -> view(problem, locale))
            .toList(),
        task.createdAt(),
        task.updatedAt());
  }

  private List<TaskView.Ignored> ignored(Task task, Locale locale) {
    return Stream.concat(task.include().stream(), task.exclude().stream())
        .distinct()
        .flatMap(keyword ->
            Keywords.problem(keyword)
                .map(reason -> new TaskView.Ignored(keyword, text(keyword, reason, locale)))
                .stream())
        .toList();
  }

  private String text(String keyword, KeywordException.Reason reason, Locale locale) {
    return messages.getMessage(
        "problem.keyword_" + reason.name().toLowerCase(Locale.ROOT),
        new Object[] {keyword, Keywords.MAX_LENGTH},
        locale);
  }

  private TaskView.Undelivered view(DeliveryProblem problem, Locale locale) {
    return new TaskView.Undelivered(
        problem.destination(), problem.error(), texts.text(problem, locale), problem.at());
  }

  private static ChannelCheck findingOf(
      ChannelName name,
      Map<ChannelName, KnownChannel> known,
      Map<ChannelName, ChannelCheck> findings) {
    ChannelCheck finding = findings.get(name);
    KnownChannel channel = known.get(name);
    return finding != null
        ? finding
        : channel != null
            ? new ChannelCheck.Found(channel)
            : new ChannelCheck.NotChecked(ChannelCheck.NOT_YET, null);
  }

  private SourceView view(
      Task task,
      Source source,
      @Nullable KnownChannel known,
      @Nullable ChannelCheck finding,
      Locale locale) {
    if (source.status() != SourceStatus.OK) {
      String error = source.lastError();
      return failed(
          source.name(),
          source.status().text(),
          error == null ? FailureCode.UNREACHABLE : error,
          null,
          source,
          source.nextRetryAt(),
          known,
          locale);
    }
    ChannelCheck said;
    if (known != null) {
      WatchStall stall = stalls.of(task.user()).get(known.channel().id());
      if (stall != null && task.isRunning()) {
        return found(source.name(), known, stall, source, locale);
      }
      said = new ChannelCheck.Found(known);
    } else if (finding != null) {
      said = finding;
    } else {
      said = new ChannelCheck.NotChecked(ChannelCheck.NOT_YET, null);
    }
    return view(source.name(), said, source, locale);
  }

  /** What was found out about a name. */
  public SourceView view(ChannelName name, ChannelCheck finding, Locale locale) {
    return view(name, finding, null, locale);
  }

  private SourceView view(
      ChannelName name, ChannelCheck finding, @Nullable Source source, Locale locale) {
    return switch (finding) {
      case ChannelCheck.Found(KnownChannel channel) -> found(name, channel, null, source, locale);
      case ChannelCheck.Faulty(ChannelFault fault) -> {
        SourceStatus status = fault.isPermanent() ? SourceStatus.INVALID : SourceStatus.ERROR;
        yield failed(
            name, status.text(), fault.error(), null, source, fault.retryAt(), null, locale);
      }
      case ChannelCheck.NotChecked(String error, Duration wait) ->
          failed(name, NOT_CHECKED, error, wait, source, null, null, locale);
    };
  }

  private SourceView found(
      ChannelName name,
      KnownChannel channel,
      @Nullable WatchStall stall,
      @Nullable Source source,
      Locale locale) {
    return new SourceView(
        null,
        name.value(),
        name.url(),
        (stall == null ? SourceStatus.OK : SourceStatus.ERROR).text(),
        channel.title(),
        channel.broadcast() ? "channel" : "group",
        channel.members(),
        channel.joined(),
        stall == null ? null : StalledWatches.code(stall),
        stall == null ? null : stallTexts.channel(stall, locale),
        errorCount(source),
        null,
        lastMessageId(source),
        stall == null ? null : stall.since(),
        skipped(channel, locale),
        formerName(channel),
        renamings.notice(channel, locale));
  }

  private @Nullable String formerName(KnownChannel channel) {
    KnownChannel.Former former = channel.former();
    return former != null && renamings.isNews(former) ? former.name().value() : null;
  }

  /** Posts of a page that cannot be read; null when there are none. */
  SourceView.@Nullable Skipped skipped(List<SkippedPosts> posts, Locale locale) {
    int count = posts.stream().mapToInt(SkippedPosts::count).sum();
    int last = posts.stream().mapToInt(SkippedPosts::toId).max().orElse(0);
    return count == 0
        ? null
        : new SourceView.Skipped(count, last, stallTexts.skipped(count, last, locale));
  }

  private SourceView.@Nullable Skipped skipped(KnownChannel channel, Locale locale) {
    int count = channel.passedOver();
    int last = channel.passedOverLast();
    return count == 0
        ? null
        : new SourceView.Skipped(count, last, stallTexts.skipped(count, last, locale));
  }

  private SourceView failed(
      ChannelName name,
      String status,
      String error,
      @Nullable Duration wait,
      @Nullable Source source,
      @Nullable Instant nextRetryAt,
      @Nullable KnownChannel known,
      Locale locale) {
    return new SourceView(
        null,
        name.value(),
        name.url(),
        status,
        null,
        null,
        null,
        null,
        error,
        errors.text(error, wait, locale),
        errorCount(source),
        nextRetryAt,
        lastMessageId(source),
        null,
        null,
        known == null ? null : formerName(known),
        known == null ? null : renamings.notice(known, locale));
  }

  private static @Nullable Integer errorCount(@Nullable Source source) {
    return source == null || source.errorCount() == 0 ? null : source.errorCount();
  }

  private static @Nullable Integer lastMessageId(@Nullable Source source) {
    return source == null ? null : source.lastMessageId();
  }
}
