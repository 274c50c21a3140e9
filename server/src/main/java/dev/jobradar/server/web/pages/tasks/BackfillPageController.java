package dev.jobradar.server.web.pages.tasks;

import dev.jobradar.server.backfill.Backfill;
import dev.jobradar.server.backfill.BackfillId;
import dev.jobradar.server.backfill.BackfillService;
import dev.jobradar.server.backfill.BackfillStatus;
import dev.jobradar.server.backfill.Backfills;
import dev.jobradar.server.tasks.Task;
import dev.jobradar.server.tasks.TaskId;
import dev.jobradar.server.tasks.Tasks;
import dev.jobradar.server.users.User;
import dev.jobradar.server.web.CurrentUser;
import dev.jobradar.server.web.NeedsPlan;
import dev.jobradar.server.web.ProblemException;
import dev.jobradar.server.web.ReachesTelegram;
import dev.jobradar.server.web.backfill.BackfillRequests;
import dev.jobradar.server.web.backfill.BackfillViews;
import dev.jobradar.server.web.live.OpenPages;
import dev.jobradar.server.web.pages.Htmx;
import dev.jobradar.server.web.pages.SeeOther;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Searches of a task's history: begin, watch, cancel, try again, dismiss. */
@Controller
@NeedsPlan
class BackfillPageController {
  private final Tasks tasks;
  private final Backfills backfills;
  private final BackfillService service;
  private final BackfillRequests requests;
  private final BackfillViews views;
  private final BackfillBoard board;
  private final OpenPages pages;

  BackfillPageController(
      Tasks tasks,
      Backfills backfills,
      BackfillService service,
      BackfillRequests requests,
      BackfillViews views,
      BackfillBoard board,
      OpenPages pages) {
    this.tasks = tasks;
    this.backfills = backfills;
    this.service = service;
    this.requests = requests;
    this.views = views;
    this.board = board;
    this.pages = pages;
  }

  private Task task(User user, TaskId id) {
    return tasks.find(user.id(), id).orElseThrow(ProblemException::notFound);
  }

  private Backfill backfill(User user, long id) {
    return backfills.find(user.id(), new BackfillId(id)).orElseThrow(ProblemException::notFound);
  }

  private static ResponseEntity<Void> back(TaskId task) {
    return SeeOther.to("/tasks/" + task.value());
  }

  /**
   * Begins them.
   *
   * @param after the newest that the page shows
   */
  @ReachesTelegram
  @PostMapping("/tasks/{id}/backfills")
  Object begin(
      @CurrentUser User user,
      @PathVariable long id,
      @RequestParam(required = false) @Nullable String source,
      @RequestParam(required = false) @Nullable Integer wanted,
      @RequestParam(required = false) @Nullable String deliver,
      @RequestParam(defaultValue = "0") long after,
      HttpServletRequest request,
      Model model,
      Locale locale) {
    Task task = task(user, new TaskId(id));
    requests.begin(task, source, wanted, deliver != null);
    if (!Htmx.isFragment(request)) {
      return back(task.id());
    }
    board.addNewer(user, task.id(), after, model, locale);
    return "pages/tasks/backfill :: newer";
  }

  /** Those that were begun elsewhere. */
  @GetMapping("/tasks/{id}/backfills")
  Object newer(
      @CurrentUser User user,
      @PathVariable long id,
      @RequestParam long after,
      Model model,
      Locale locale) {
    return board.addNewer(user, new TaskId(id), after, model, locale)
        ? "pages/tasks/backfill :: newer"
        : ResponseEntity.noContent().build();
  }

  /**
   * How far one is.
   *
   * @param running whether the page shows it as one that goes on
   */
  @GetMapping("/tasks/backfills/{id}")
  Object progress(
      @CurrentUser User user,
      @PathVariable long id,
      @RequestParam boolean running,
      Model model,
      HttpServletResponse response,
      Locale locale) {
    Optional<Backfill> backfill = backfills.find(user.id(), new BackfillId(id));
    if (backfill.isEmpty()) {
      // Dismissed elsewhere, or its task is deleted.
      response.setHeader("HX-Retarget", "#backfill-" + id);
      response.setHeader("HX-Reswap", "delete");
      return ResponseEntity.ok("");
    }
    boolean goesOn = backfill.get().status() == BackfillStatus.RUNNING;
    model.addAttribute("backfill", views.view(backfill.get(), locale));
    return goesOn == running ? "pages/tasks/backfill :: progress" : "pages/tasks/backfill :: ended";
  }

  private String item(Backfill backfill, Model model, Locale locale) {
    model.addAttribute("backfills", List.of(views.view(backfill, locale)));
    return "pages/tasks/backfill :: items";
  }

  @ReachesTelegram
  @PostMapping("/tasks/backfills/{id}/cancel")
  Object cancel(
      @CurrentUser User user,
      @PathVariable long id,
      HttpServletRequest request,
      Model model,
      Locale locale) {
    Backfill after =
        service.cancel(user.id(), new BackfillId(id)).orElseThrow(ProblemException::notFound);
    return Htmx.isFragment(request) ? item(after, model, locale) : back(after.task());
  }

  /** The same again; what is there of the first try goes. */
  @ReachesTelegram
  @PostMapping("/tasks/backfills/{id}/again")
  Object again(
      @CurrentUser User user,
      @PathVariable long id,
      @RequestParam(defaultValue = "0") long after,
      HttpServletRequest request,
      Model model,
      Locale locale) {
    Backfill before = backfill(user, id);
    Task task = task(user, before.task());
    requests.begin(task, before.source().toString(), before.wanted(), before.deliver());
    forget(user, id);
    if (!Htmx.isFragment(request)) {
      return back(task.id());
    }
    board.addNewer(user, task.id(), after, model, locale);
    model.addAttribute("gone", id);
    return "pages/tasks/backfill :: newer";
  }

  @PostMapping("/tasks/backfills/{id}/dismiss")
  Object dismiss(@CurrentUser User user, @PathVariable long id, HttpServletRequest request) {
    TaskId task = backfill(user, id).task();
    forget(user, id);
    return Htmx.isFragment(request) ? "pages/tasks/backfill :: dismissed" : back(task);
  }

  private void forget(User user, long id) {
    if (service.forget(user.id(), new BackfillId(id))) {
      pages.changed(user.id(), "backfill:" + id);
    }
  }
}
