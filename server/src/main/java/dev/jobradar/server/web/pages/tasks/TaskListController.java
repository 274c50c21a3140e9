package dev.jobradar.server.web.pages.tasks;

import dev.jobradar.server.tasks.TaskId;
import dev.jobradar.server.tasks.TaskStatus;
import dev.jobradar.server.tasks.Tasks;
import dev.jobradar.server.users.User;
import dev.jobradar.server.web.CurrentUser;
import dev.jobradar.server.web.NeedsPlan;
import dev.jobradar.server.web.ProblemException;
import dev.jobradar.server.web.ReachesTelegram;
import dev.jobradar.server.web.pages.Htmx;
import dev.jobradar.server.web.pages.LocalPath;
import dev.jobradar.server.web.pages.SeeOther;
import dev.jobradar.server.web.tasks.TaskEdit;
import dev.jobradar.server.web.tasks.TaskEditor;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The list of tasks, and what can be done with each: pause, run, delete. */
@Controller
@NeedsPlan
class TaskListController {
  private static final ResponseEntity<Void> AS_BEFORE = ResponseEntity.noContent().build();

  private final Tasks tasks;
  private final TaskEditor editor;
  private final TaskBoard board;
  private final InstantSource clock;

  TaskListController(Tasks tasks, TaskEditor editor, TaskBoard board, InstantSource clock) {
    this.tasks = tasks;
    this.editor = editor;
    this.board = board;
    this.clock = clock;
  }

  @GetMapping("/tasks")
  String list(@CurrentUser User user, Model model, Locale locale) {
    List<TaskCard> cards = board.cards(user, locale);
    model
        .addAttribute("cards", cards)
        .addAttribute("newest", newest(cards))
        .addAttribute("limit", user.planAt(clock.instant()).tasks());
    return "pages/tasks/list";
  }

  private static long newest(List<TaskCard> cards) {
    return cards.stream().mapToLong(TaskCard::id).max().orElse(0);
  }

  /** Tasks that were made since, elsewhere. */
  @GetMapping("/tasks/newer")
  Object newer(@CurrentUser User user, @RequestParam long after, Model model, Locale locale) {
    List<TaskCard> cards =
        board.cards(user, locale).stream().filter(card -> card.id() > after).toList();
    if (cards.isEmpty()) {
      return AS_BEFORE;
    }
    model.addAttribute("cards", cards).addAttribute("newest", newest(cards));
    return "pages/tasks/card :: newer";
  }

  /** How a task stands; nothing when that is what the page shows already. */
  @GetMapping("/tasks/{id}/state")
  Object state(
      @CurrentUser User user,
      @PathVariable long id,
      @RequestParam(defaultValue = "") String seen,
      Model model,
      HttpServletResponse response,
      Locale locale) {
    Optional<TaskCard> card = board.card(user, id, locale);
    if (card.isEmpty()) {
      // Deleted elsewhere.
      response.setHeader("HX-Retarget", "#task-" + id);
      response.setHeader("HX-Reswap", "delete");
      return ResponseEntity.ok("");
    }
    if (card.get().seen().equals(seen)) {
      return AS_BEFORE;
    }
    model.addAttribute("card", card.get());
    return "pages/tasks/card :: state";
  }

  /** The button that pauses or runs; nothing when the page shows it already. */
  @GetMapping("/tasks/{id}/switch")
  Object button(
      @CurrentUser User user,
      @PathVariable long id,
      @RequestParam boolean running,
      Model model,
      Locale locale) {
    Optional<TaskCard> card = board.card(user, id, locale);
    if (card.isEmpty() || card.get().running() == running) {
      return AS_BEFORE;
    }
    model.addAttribute("card", card.get());
    return "pages/tasks/card :: switch";
  }

  @ReachesTelegram
  @PostMapping("/tasks/{id}/status")
  Object status(
      @CurrentUser User user,
      @PathVariable long id,
      @RequestParam String status,
      @RequestParam(required = false) @Nullable String back,
      HttpServletRequest request,
      Model model,
      Locale locale)
      throws InterruptedException {
    TaskStatus wanted = status(status);
    TaskEditor.Stored stored = editor.update(user, new TaskId(id), TaskEdit.of(wanted));
    if (!Htmx.isFragment(request)) {
      return SeeOther.to(LocalPath.of(back).orElse(new LocalPath("/tasks")));
    }
    model.addAttribute("card", board.card(user, stored.task(), locale));
    return "pages/tasks/card :: changed";
  }

  private static TaskStatus status(String text) {
    try {
      return TaskStatus.of(text);
    } catch (IllegalArgumentException unknown) {
      throw new ProblemException(HttpStatus.BAD_REQUEST, "bad_request");
    }
  }

  /** What is lost with a task, before it is. */
  @GetMapping("/tasks/{id}/delete")
  String question(@CurrentUser User user, @PathVariable long id, Model model, Locale locale) {
    model.addAttribute(
        "card", board.card(user, id, locale).orElseThrow(ProblemException::notFound));
    return "pages/tasks/delete";
  }

  @ReachesTelegram
  @PostMapping("/tasks/{id}/delete")
  ResponseEntity<Void> delete(@CurrentUser User user, @PathVariable long id) {
    if (!tasks.delete(user.id(), new TaskId(id))) {
      throw ProblemException.notFound();
    }
    return SeeOther.to("/tasks");
  }
}
