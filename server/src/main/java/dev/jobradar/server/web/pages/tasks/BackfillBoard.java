package dev.jobradar.server.web.pages.tasks;

import dev.jobradar.server.backfill.Backfills;
import dev.jobradar.server.tasks.TaskId;
import dev.jobradar.server.users.User;
import dev.jobradar.server.web.backfill.BackfillView;
import dev.jobradar.server.web.backfill.BackfillViews;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** The searches of a task's history, newest first. Thread-safe. */
@Component
class BackfillBoard {
  /** How many matching posts of each source people choose from. */
  static final List<Integer> CHOICES = List.of(20, 50, 100, 300, 1_000);

  private final Backfills backfills;
  private final BackfillViews views;

  BackfillBoard(Backfills backfills, BackfillViews views) {
    this.backfills = backfills;
    this.views = views;
  }

  void addAll(User user, TaskId task, Model model, Locale locale) {
    addNewer(user, task, 0, model, locale);
  }

  /** Those that were begun after that one; says whether there are any. */
  boolean addNewer(User user, TaskId task, long after, Model model, Locale locale) {
    List<BackfillView> newer =
        backfills.of(user.id()).stream()
            .filter(each -> each.task().equals(task) && each.id().value() > after)
            .map(each -> views.view(each, locale))
            .sorted(Comparator.comparingLong(BackfillView::id).reversed())
            .toList();
    model
        .addAttribute("taskId", task.value())
        .addAttribute("backfills", newer)
        .addAttribute("newest", newer.isEmpty() ? after : newer.getFirst().id());
    return !newer.isEmpty();
  }
}
