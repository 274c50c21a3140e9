package dev.jobradar.server.web.tasks;

import dev.jobradar.server.tasks.TaskId;
import dev.jobradar.server.tasks.Tasks;
import dev.jobradar.server.users.User;
import dev.jobradar.server.web.CurrentUser;
import dev.jobradar.server.web.NeedsPlan;
import dev.jobradar.server.web.ProblemException;
import dev.jobradar.server.web.ReachesTelegram;
import dev.jobradar.server.web.TelegramBudget;
import io.swagger.v3.oas.annotations.Operation;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/tasks}. */
@RestController
@RequestMapping("/api/tasks")
@NeedsPlan
class TaskController {
  private final Tasks tasks;
  private final TaskEditor editor;
  private final TaskViews views;
  private final TelegramBudget telegram;
  private final InstantSource clock;

  TaskController(
      Tasks tasks,
      TaskEditor editor,
      TaskViews views,
      TelegramBudget telegram,
      InstantSource clock) {
    this.tasks = tasks;
    this.editor = editor;
    this.views = views;
    this.telegram = telegram;
    this.clock = clock;
  }

  /**
   * All tasks of a user.
   *
   * @param limit how many the plan allows
   */
  record TaskList(List<TaskView> tasks, int limit) {}

  @Operation(summary = "All tasks, and how many the plan allows")
  @GetMapping
  TaskList list(@CurrentUser User user, Locale locale) {
    return new TaskList(
        views.views(user.id(), tasks.of(user.id()), locale), user.planAt(clock.instant()).tasks());
  }

  @Operation(summary = "Creates a task, and tells what its sources are")
  @ReachesTelegram
  @PostMapping
  TaskView create(@CurrentUser User user, @RequestBody TaskBody body, Locale locale)
      throws InterruptedException {
    return view(editor.create(user, TaskRules.check(body, true)), locale);
  }

  @Operation(summary = "One task")
  @GetMapping("/{id}")
  TaskView one(@CurrentUser User user, @PathVariable long id, Locale locale) {
    return tasks
        .find(user.id(), new TaskId(id))
        .map(task -> views.view(task, Map.of(), locale))
        .orElseThrow(ProblemException::notFound);
  }

  /** What the body leaves out stays as it is. */
  @Operation(summary = "Changes a task; what is left out stays as it is")
  @PutMapping("/{id}")
  TaskView update(
      @CurrentUser User user, @PathVariable long id, @RequestBody TaskBody body, Locale locale)
      throws InterruptedException {
    TaskEdit edit = TaskRules.check(body, false);
    if (edit.reachesTelegram()) {
      telegram.take(user.id());
    }
    return view(editor.update(user, new TaskId(id), edit), locale);
  }

  @Operation(summary = "Deletes a task with its leads")
  @ReachesTelegram
  @DeleteMapping("/{id}")
  Map<String, Boolean> delete(@CurrentUser User user, @PathVariable long id) {
    if (!tasks.delete(user.id(), new TaskId(id))) {
      throw ProblemException.notFound();
    }
    return Map.of("ok", true);
  }

  private TaskView view(TaskEditor.Stored stored, Locale locale) {
    return views.view(stored.task(), stored.findings(), locale);
  }
}
