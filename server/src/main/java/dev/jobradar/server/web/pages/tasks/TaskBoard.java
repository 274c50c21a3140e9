package dev.jobradar.server.web.pages.tasks;

import dev.jobradar.server.account.AccountState;
import dev.jobradar.server.account.Accounts;
import dev.jobradar.server.channels.ChannelDirectory;
import dev.jobradar.server.channels.ChannelName;
import dev.jobradar.server.channels.KnownChannel;
import dev.jobradar.server.stats.LeadFigures;
import dev.jobradar.server.stats.LeadFigures.SourceYield;
import dev.jobradar.server.tasks.SourceStatus;
import dev.jobradar.server.tasks.Task;
import dev.jobradar.server.tasks.TaskId;
import dev.jobradar.server.tasks.Tasks;
import dev.jobradar.server.users.User;
import dev.jobradar.server.web.tasks.SourceView;
import dev.jobradar.server.web.tasks.TaskView;
import dev.jobradar.server.web.tasks.TaskViews;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts together how tasks and their sources stand. Thread-safe. */
@Component
class TaskBoard {
  /** The time that "recent" leads are from. */
  private static final Duration RECENT = Duration.ofDays(7);

  private final Tasks tasks;
  private final TaskViews views;
  private final Accounts accounts;
  private final LeadFigures figures;
  private final ChannelDirectory channels;
  private final InstantSource clock;

  TaskBoard(
      Tasks tasks,
      TaskViews views,
      Accounts accounts,
      LeadFigures figures,
      ChannelDirectory channels,
      InstantSource clock) {
    this.tasks = tasks;
    this.views = views;
    this.accounts = accounts;
    this.figures = figures;
    this.channels = channels;
    this.clock = clock;
  }

  /** All of a user's, oldest first. */
  List<TaskCard> cards(User user, Locale locale) {
    AccountState account = accounts.state(user.id());
    List<SourceYield> yields = yields(user);
    return views.views(user.id(), tasks.of(user.id()), locale).stream()
        .map(view -> card(view, account, yields))
        .toList();
  }

  /** One of that user. */
  Optional<TaskCard> card(User user, long id, Locale locale) {
    return tasks.find(user.id(), new TaskId(id)).map(task -> card(user, task, locale));
  }

  TaskCard card(User user, Task task, Locale locale) {
    return card(views.view(task, Map.of(), locale), accounts.state(user.id()), yields(user));
  }

  private List<SourceYield> yields(User user) {
    return figures.yields(user.id(), clock.instant().minus(RECENT));
  }

  private static TaskCard card(TaskView view, AccountState account, List<SourceYield> yields) {
    List<SourceYield> own =
        yields.stream().filter(each -> each.task().value() == view.id()).toList();
    TaskState state = TaskState.of(view, account);
    return new TaskCard(
        view,
        state,
        state == TaskState.PAUSED_BY_US ? view.pauseDetail() : null,
        state == TaskState.UNREACHABLE && account instanceof AccountState.Connecting connecting
            ? connecting.nextTry()
            : null,
        (int) view.sourceStates().stream().filter(TaskBoard::isFaulty).count(),
        own.stream().mapToLong(SourceYield::leads).sum(),
        own.stream().mapToLong(SourceYield::recent).sum());
  }

  private static boolean isFaulty(SourceView source) {
    return source.status().equals(SourceStatus.INVALID.text())
        || source.status().equals(SourceStatus.ERROR.text());
  }

  /** The sources of a task, in their order. */
  List<SourceLine> sources(User user, TaskCard card) {
    Map<ChannelName, KnownChannel> known =
        channels.known(user.id()).stream()
            .collect(Collectors.toMap(KnownChannel::name, Function.identity()));
    Map<String, SourceYield> yields =
        yields(user).stream()
            .filter(each -> each.task().value() == card.id())
            .collect(Collectors.toMap(each -> each.source().value(), Function.identity()));
    return card.task().sourceStates().stream()
        .map(source -> {
          String name = source.source();
          SourceYield yield = yields.get(name);
          return new SourceLine(
              source,
              how(card, source, name == null ? null : known.get(new ChannelName(name))),
              yield == null ? 0 : yield.leads(),
              yield == null ? 0 : yield.recent(),
              yield == null ? null : yield.last());
        })
        .toList();
  }

  private static @Nullable String how(
      TaskCard card, SourceView source, @Nullable KnownChannel channel) {
    if (!source.status().equals(SourceStatus.OK.text())) {
      return null;
    }
    if (card.state() != TaskState.RUNNING) {
      return "stopped";
    }
    return channel == null || channel.feed() == null
        ? "begins"
        : channel.feed().name().toLowerCase(Locale.ROOT);
  }
}
