package dev.jobradar.server.web.backfill;

import dev.jobradar.server.backfill.Backfill;
import dev.jobradar.server.backfill.BackfillId;
import dev.jobradar.server.backfill.BackfillService;
import dev.jobradar.server.backfill.Backfills;
import dev.jobradar.server.tasks.Task;
import dev.jobradar.server.tasks.TaskId;
import dev.jobradar.server.tasks.Tasks;
import dev.jobradar.server.users.User;
import dev.jobradar.server.web.CurrentUser;
import dev.jobradar.server.web.NeedsPlan;
import dev.jobradar.server.web.ProblemException;
import dev.jobradar.server.web.ReachesTelegram;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
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
  private final BackfillRequests requests;
  private final BackfillViews views;

  BackfillController(
      Tasks tasks,
      Backfills backfills,
      BackfillService service,
      BackfillRequests requests,
      BackfillViews views) {
    this.tasks = tasks;
    this.backfills = backfills;
    this.service = service;
    this.requests = requests;
    this.views = views;
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
    List<Backfill> begun =
        requests.begin(task, body.source(), body.wanted(), Boolean.TRUE.equals(body.deliver()));
    return new BackfillList(begun.stream().map(backfill -> views.view(backfill, locale)).toList());
  }

  @Operation(summary = "All backfills, those that go on first")
  @GetMapping("/api/backfills")
  BackfillList list(@CurrentUser User user, Locale locale) {
    return new BackfillList(
        backfills.of(user.id()).stream().map(backfill -> views.view(backfill, locale)).toList());
  }

  @Operation(summary = "One backfill")
  @GetMapping("/api/backfills/{id}")
  BackfillView one(@CurrentUser User user, @PathVariable long id, Locale locale) {
    return backfills
        .find(user.id(), new BackfillId(id))
        .map(backfill -> views.view(backfill, locale))
        .orElseThrow(ProblemException::notFound);
  }

  @Operation(summary = "Calls a backfill off")
  @ReachesTelegram
  @PostMapping("/api/backfills/{id}/cancel")
  BackfillView cancel(@CurrentUser User user, @PathVariable long id, Locale locale) {
    return service
        .cancel(user.id(), new BackfillId(id))
        .map(backfill -> views.view(backfill, locale))
        .orElseThrow(ProblemException::notFound);
  }
}
