package dev.jobradar.server.web.leads;

import dev.jobradar.server.leads.LeadId;
import dev.jobradar.server.leads.LeadStatus;
import dev.jobradar.server.leads.Leads;
import dev.jobradar.server.leads.Leads.Query;
import dev.jobradar.server.leads.PostProcessor;
import dev.jobradar.server.tasks.TaskId;
import dev.jobradar.server.tasks.Tasks;
import dev.jobradar.server.users.User;
import dev.jobradar.server.web.CurrentUser;
import dev.jobradar.server.web.NeedsPlan;
import dev.jobradar.server.web.ProblemException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/leads}. Somebody else's lead or task is answered like one that is not there. */
@RestController
@RequestMapping("/api/leads")
@NeedsPlan
class LeadsController {
  private static final int MOST = 100;
  private static final int LAST_PAGE = 1_000_000;

  private final Leads leads;
  private final Tasks tasks;
  private final PostProcessor posts;
  private final LeadTexts texts;

  LeadsController(Leads leads, Tasks tasks, PostProcessor posts, LeadTexts texts) {
    this.leads = leads;
    this.tasks = tasks;
    this.posts = posts;
    this.texts = texts;
  }

  /** A page, newest lead first. */
  record LeadList(List<LeadView> leads, boolean hasMore) {}

  /** How many. */
  record Count(long count) {}

  /**
   * Which leads were shown.
   *
   * @param ids null for all of them
   */
  record Shown(@Nullable List<Long> ids) {}

  @GetMapping
  LeadList list(
      @CurrentUser User user,
      @RequestParam(defaultValue = "1") int page,
      @RequestParam(defaultValue = "20") int limit,
      @RequestParam(required = false) @Nullable String status,
      Locale locale) {
    return list(user, null, page, limit, status, locale);
  }

  @GetMapping("/task/{id}")
  LeadList ofTask(
      @CurrentUser User user,
      @PathVariable long id,
      @RequestParam(defaultValue = "1") int page,
      @RequestParam(defaultValue = "20") int limit,
      @RequestParam(required = false) @Nullable String status,
      Locale locale) {
    TaskId task = new TaskId(id);
    if (tasks.find(user.id(), task).isEmpty()) {
      throw ProblemException.notFound();
    }
    return list(user, task, page, limit, status, locale);
  }

  @GetMapping("/new")
  LeadList fresh(
      @CurrentUser User user,
      @RequestParam(defaultValue = "1") int page,
      @RequestParam(defaultValue = "20") int limit,
      Locale locale) {
    return list(user, null, page, limit, LeadView.NEW, locale);
  }

  private LeadList list(
      User user,
      @Nullable TaskId task,
      int page,
      int limit,
      @Nullable String status,
      Locale locale) {
    if (page < 1 || page > LAST_PAGE) {
      throw ProblemException.field("page", "out_of_range", 1, LAST_PAGE);
    }
    if (limit < 1 || limit > MOST) {
      throw ProblemException.field("limit", "out_of_range", 1, MOST);
    }
    Leads.Page found =
        leads.list(user.id(), new Query(task, statuses(status)), (page - 1L) * limit, limit);
    return new LeadList(
        found.leads().stream().map(lead -> texts.view(lead, locale)).toList(), found.hasMore());
  }

  /** Scripts of the old service send an empty one for all. */
  private static Set<LeadStatus> statuses(@Nullable String text) {
    if (text == null || text.isBlank() || text.equals("all")) {
      return Set.of();
    }
    return switch (text) {
      case LeadView.NEW -> Set.of(LeadStatus.NEW);
      case LeadView.VIEWED -> LeadStatus.OPENED;
      default -> throw ProblemException.field("status", "lead_status");
    };
  }

  @GetMapping("/new/count")
  Count countNew(@CurrentUser User user) {
    return new Count(leads.countNew(user.id()));
  }

  @GetMapping("/unread-count")
  Count countUnread(@CurrentUser User user) {
    return new Count(leads.countUnread(user.id()));
  }

  /** Answers how many leads were unread before. */
  @PostMapping("/mark-read")
  Count markRead(@CurrentUser User user, @RequestBody(required = false) @Nullable Shown shown) {
    List<Long> ids = shown == null ? null : shown.ids();
    if (ids == null) {
      return new Count(leads.markAllRead(user.id()));
    }
    if (ids.size() > MOST || ids.stream().anyMatch(id -> id == null)) {
      throw ProblemException.field("ids", "lead_ids", MOST);
    }
    return new Count(leads.markRead(user.id(), ids.stream().map(LeadId::new).toList()));
  }

  @GetMapping("/{id}")
  LeadView one(@CurrentUser User user, @PathVariable long id, Locale locale) {
    return leads
        .find(user.id(), new LeadId(id))
        .map(lead -> texts.view(lead, locale))
        .orElseThrow(ProblemException::notFound);
  }

  @PutMapping("/{id}/viewed")
  LeadView viewed(@CurrentUser User user, @PathVariable long id, Locale locale) {
    leads.viewed(user.id(), new LeadId(id));
    return one(user, id, locale);
  }

  @DeleteMapping("/{id}")
  Map<String, Boolean> delete(@CurrentUser User user, @PathVariable long id) {
    // Or a crash at this moment would have its post read once more, and found again.
    posts.storePositions();
    if (!leads.delete(user.id(), new LeadId(id))) {
      throw ProblemException.notFound();
    }
    return Map.of("ok", true);
  }
}
