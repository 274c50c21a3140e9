package dev.jobradar.server.web.backfill;

import dev.jobradar.server.account.FailureCode;
import dev.jobradar.server.backfill.Backfill;
import dev.jobradar.server.backfill.BackfillId;
import dev.jobradar.server.backfill.BackfillService;
import dev.jobradar.server.backfill.Backfills;
import dev.jobradar.server.channels.ChannelName;
import dev.jobradar.server.channels.ChannelName.BadChannelName;
import dev.jobradar.server.tasks.Source;
import dev.jobradar.server.tasks.Task;
import dev.jobradar.server.tasks.TaskId;
import dev.jobradar.server.tasks.Tasks;
import dev.jobradar.server.users.User;
import dev.jobradar.server.web.CurrentUser;
import dev.jobradar.server.web.NeedsPlan;
import dev.jobradar.server.web.ProblemException;
import dev.jobradar.server.web.ReachesTelegram;
import dev.jobradar.server.web.StallTexts;
import dev.jobradar.server.web.tasks.SourceErrorTexts;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/backfills}, and {@code /api/tasks/{id}/backfill} that begins them. */
@RestController
@NeedsPlan
class BackfillController {
  private final Tasks tasks;
  private final Backfills backfills;
  private final BackfillService service;
  private final SourceErrorTexts errors;
  private final StallTexts stallTexts;
  private final InstantSource clock;

  BackfillController(
      Tasks tasks,
      Backfills backfills,
      BackfillService service,
      SourceErrorTexts errors,
      StallTexts stallTexts,
      InstantSource clock) {
    this.tasks = tasks;
    this.backfills = backfills;
    this.service = service;
    this.errors = errors;
    this.stallTexts = stallTexts;
    this.clock = clock;
  }

  /**
   * What is asked for.
   *
   * @param source one of the task's; all of them when it is left out
   * @param wanted how many matching posts of each, 1 to 1,000
   * @param deliver whether the new leads are to be sent; no when it is left out
   */
  record Body(@Nullable String source, @Nullable Integer wanted, @Nullable Boolean deliver) {}

  /** Some backfills. */
  record BackfillList(List<BackfillView> backfills) {}

  @Operation(summary = "Brings the last matching posts of sources into the leads")
  @ReachesTelegram
  @PostMapping("/api/tasks/{id}/backfill")
  BackfillList begin(
      @CurrentUser User user, @PathVariable long id, @RequestBody Body body, Locale locale) {
    Task task = tasks.find(user.id(), new TaskId(id)).orElseThrow(ProblemException::notFound);
    Integer wanted = body.wanted();
    if (wanted == null) {
      throw ProblemException.field("wanted", "missing");
    }
    if (wanted < 1 || wanted > Backfill.MAX_WANTED) {
      throw ProblemException.field("wanted", "out_of_range", 1, Backfill.MAX_WANTED);
    }
    List<Backfill> begun =
        service.begin(
            task, sources(task, body.source()), wanted, Boolean.TRUE.equals(body.deliver()));
    if (begun.isEmpty()) {
      throw new ProblemException(HttpStatus.CONFLICT, "backfill_running");
    }
    return new BackfillList(begun.stream().map(backfill -> view(backfill, locale)).toList());
  }

  private static List<ChannelName> sources(Task task, @Nullable String written) {
    List<ChannelName> names = task.sources().stream().map(Source::name).toList();
    if (written == null || written.isBlank()) {
      return names;
    }
    ChannelName name;
    try {
      name = ChannelName.parse(written);
    } catch (BadChannelName bad) {
      throw ProblemException.field("source", "backfill_source", bad.text());
    }
    if (!names.contains(name)) {
      throw ProblemException.field("source", "backfill_source", name);
    }
    return List.of(name);
  }

  @Operation(summary = "All backfills, those that go on first")
  @GetMapping("/api/backfills")
  BackfillList list(@CurrentUser User user, Locale locale) {
    return new BackfillList(
        backfills.of(user.id()).stream().map(backfill -> view(backfill, locale)).toList());
  }

  @Operation(summary = "One backfill")
  @GetMapping("/api/backfills/{id}")
  BackfillView one(@CurrentUser User user, @PathVariable long id, Locale locale) {
    return backfills
        .find(user.id(), new BackfillId(id))
        .map(backfill -> view(backfill, locale))
        .orElseThrow(ProblemException::notFound);
  }

  @Operation(summary = "Calls a backfill off")
  @ReachesTelegram
  @PostMapping("/api/backfills/{id}/cancel")
  BackfillView cancel(@CurrentUser User user, @PathVariable long id, Locale locale) {
    return service
        .cancel(user.id(), new BackfillId(id))
        .map(backfill -> view(backfill, locale))
        .orElseThrow(ProblemException::notFound);
  }

  private BackfillView view(Backfill backfill, Locale locale) {
    String error = backfill.error();
    return new BackfillView(
        backfill.id().value(),
        backfill.task().value(),
        backfill.source().value(),
        backfill.statusText(),
        backfill.wanted(),
        backfill.found(),
        backfill.added(),
        backfill.read(),
        backfill.total(),
        backfill.deliver(),
        skipped(backfill, locale),
        error,
        error == null ? null : errors.text(error, left(backfill), locale),
        backfill.nextTryAt(),
        backfill.createdAt(),
        backfill.updatedAt());
  }

  private BackfillView.@Nullable Skipped skipped(Backfill backfill, Locale locale) {
    int count = backfill.passedOver();
    int last = backfill.passedOverLast();
    return count == 0
        ? null
        : new BackfillView.Skipped(count, last, stallTexts.skipped(count, last, locale));
  }

  private @Nullable Duration left(Backfill backfill) {
    boolean floods = FailureCode.FLOOD_WAIT.equals(backfill.error());
    return floods && backfill.nextTryAt() != null
        ? Duration.between(clock.instant(), backfill.nextTryAt())
        : null;
  }
}
