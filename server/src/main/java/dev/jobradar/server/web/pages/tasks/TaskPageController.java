package dev.jobradar.server.web.pages.tasks;

import dev.jobradar.server.tasks.Task;
import dev.jobradar.server.tasks.TaskId;
import dev.jobradar.server.tasks.Tasks;
import dev.jobradar.server.users.User;
import dev.jobradar.server.web.CurrentUser;
import dev.jobradar.server.web.NeedsPlan;
import dev.jobradar.server.web.ProblemException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The page of a task. */
@Controller
@NeedsPlan
class TaskPageController {
  private final Tasks tasks;
  private final TaskBoard board;
  private final BackfillBoard backfills;

  TaskPageController(Tasks tasks, TaskBoard board, BackfillBoard backfills) {
    this.tasks = tasks;
    this.board = board;
    this.backfills = backfills;
  }

  @GetMapping("/tasks/{id:[0-9]+}")
  String page(@CurrentUser User user, @PathVariable long id, Model model, Locale locale) {
    Task task = tasks.find(user.id(), new TaskId(id)).orElseThrow(ProblemException::notFound);
    TaskCard card = board.card(user, task, locale);
    addSources(user, card, model);
    model
        .addAttribute("card", card)
        .addAttribute("choices", BackfillBoard.CHOICES)
        .addAttribute("user", user);
    backfills.addAll(user, task.id(), model, locale);
    return "pages/tasks/task";
  }

  /** How the sources stand; nothing when that is what the page shows already. */
  @GetMapping("/tasks/{id}/sources")
  Object sources(
      @CurrentUser User user,
      @PathVariable long id,
      @RequestParam(defaultValue = "") String seen,
      Model model,
      Locale locale) {
    Optional<TaskCard> card = board.card(user, id, locale);
    if (card.isEmpty() || addSources(user, card.get(), model).equals(seen)) {
      return ResponseEntity.noContent().build();
    }
    model.addAttribute("card", card.get());
    return "pages/tasks/task :: sources";
  }

  private String addSources(User user, TaskCard card, Model model) {
    List<SourceLine> sources = board.sources(user, card);
    String seen = Digest.of(sources);
    model.addAttribute("sources", sources).addAttribute("seen", seen);
    return seen;
  }
}
