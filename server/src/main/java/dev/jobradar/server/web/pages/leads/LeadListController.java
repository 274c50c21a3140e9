package dev.jobradar.server.web.pages.leads;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.leads.Lead;
import dev.jobradar.server.leads.LeadCursor;
import dev.jobradar.server.leads.LeadFilter;
import dev.jobradar.server.leads.LeadId;
import dev.jobradar.server.leads.LeadInbox;
import dev.jobradar.server.leads.LeadTriage;
import dev.jobradar.server.leads.Leads;
import dev.jobradar.server.tasks.Task;
import dev.jobradar.server.tasks.Tasks;
import dev.jobradar.server.users.User;
import dev.jobradar.server.web.CurrentUser;
import dev.jobradar.server.web.NeedsPlan;
import dev.jobradar.server.web.ProblemException;
import dev.jobradar.server.web.pages.PageFrame;
import dev.jobradar.server.web.pages.SeeOther;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** {@code /leads}: the list, its parts, and one lead. */
@Controller
@NeedsPlan
class LeadListController {
  static final int PAGE = 30;

  /** More that came at once are shown by reading the list again. */
  private static final int MOST_FRESH = 20;

  private final LeadInbox inbox;
  private final Leads leads;
  private final LeadTriage triage;
  private final LeadCards cards;
  private final Tasks tasks;

  LeadListController(
      LeadInbox inbox, Leads leads, LeadTriage triage, LeadCards cards, Tasks tasks) {
    this.inbox = inbox;
    this.leads = leads;
    this.triage = triage;
    this.cards = cards;
    this.tasks = tasks;
  }

  @GetMapping("/leads")
  Object list(
      @CurrentUser User user,
      @RequestParam Map<String, String> parameters,
      @ModelAttribute("page") PageFrame page,
      Model model,
      Locale locale) {
    LeadQuery query = LeadQuery.of(parameters);
    if (parameters.containsValue("")) {
      // A form sends its empty fields along.
      return SeeOther.to(query.at("/leads"));
    }
    LeadCursor after = cursor(parameters.get("after"));
    show(user, query, after, page, model, locale);
    List<Task> all = tasks.of(user.id());
    model
        .addAttribute("tasks", all)
        .addAttribute("sources", sources(all, query))
        .addAttribute("keywords", keywords(all, query))
        .addAttribute("first", after == null)
        .addAttribute("newest", leads.newest(user.id()));
    return "pages/leads/leads";
  }

  /** What follows, for the end of the list. */
  @GetMapping("/leads/more")
  String more(
      @CurrentUser User user,
      @RequestParam Map<String, String> parameters,
      @ModelAttribute("page") PageFrame page,
      Model model,
      Locale locale) {
    show(user, LeadQuery.of(parameters), cursor(parameters.get("after")), page, model, locale);
    return "pages/leads/parts :: more";
  }

  private void show(
      User user,
      LeadQuery query,
      @Nullable LeadCursor after,
      PageFrame page,
      Model model,
      Locale locale) {
    LeadFilter filter = query.filter(page.when().zone());
    LeadInbox.Page found = inbox.page(user.id(), filter, after, PAGE);
    LeadCursor next = found.next();
    model
        .addAttribute("query", query)
        .addAttribute("cards", cards.list(user.id(), found.leads(), query.trashed(), locale))
        .addAttribute("next", next == null ? null : next.text())
        .addAttribute("tabs", LeadTabs.of(query, found))
        .addAttribute(
            "top",
            found.leads().isEmpty() ? "" : LeadCursor.behind(found.leads().getFirst()).text());
  }

  @GetMapping("/leads/tabs")
  String tabs(
      @CurrentUser User user,
      @RequestParam Map<String, String> parameters,
      @ModelAttribute("page") PageFrame page,
      Model model) {
    LeadQuery query = LeadQuery.of(parameters);
    LeadInbox.Page found = inbox.page(user.id(), query.filter(page.when().zone()), null, 1);
    model.addAttribute("query", query).addAttribute("tabs", LeadTabs.of(query, found));
    return "pages/leads/parts :: tabs";
  }

  /**
   * What came since the page was made: leads of new posts go on top of the list, others are told
   * of.
   *
   * @param newest the highest number of a lead then
   * @param top where the list began; empty for an empty one
   */
  @GetMapping("/leads/fresh")
  String fresh(
      @CurrentUser User user,
      @RequestParam Map<String, String> parameters,
      @RequestParam(defaultValue = "0") long newest,
      @RequestParam(defaultValue = "") String top,
      @RequestParam(defaultValue = "0") int older,
      @ModelAttribute("page") PageFrame page,
      Model model,
      Locale locale,
      HttpServletResponse response) {
    LeadQuery query = LeadQuery.of(parameters);
    UserId id = user.id();
    long now = leads.newest(id);
    List<Lead> found =
        inbox.among(id, query.filter(page.when().zone()), leads.after(id, newest, MOST_FRESH + 1));
    LeadCursor before = cursor(top);
    if (!found.isEmpty() && (before == null || found.size() > MOST_FRESH)) {
      response.setHeader("HX-Trigger", LeadActController.LIST_CHANGED);
    }
    List<Lead> onTop =
        found.stream()
            .filter(lead -> before != null && !lead.postedAt().isBefore(before.postedAt()))
            .toList();
    model
        .addAttribute("query", query)
        .addAttribute("cards", cards.list(id, onTop, false, locale))
        .addAttribute("newest", now)
        .addAttribute("older", Math.clamp((long) older + found.size() - onTop.size(), 0, 9_999))
        .addAttribute("top", onTop.isEmpty() ? top : LeadCursor.behind(onTop.getFirst()).text());
    return "pages/leads/parts :: fresh-leads";
  }

  /** One lead; with that it is seen. */
  @GetMapping("/leads/{id:\\d{1,18}}")
  String one(@CurrentUser User user, @PathVariable long id, Model model, Locale locale) {
    LeadId lead = new LeadId(id);
    triage.opened(user.id(), lead);
    Lead found = leads.find(user.id(), lead).orElseThrow(ProblemException::notFound);
    model.addAttribute("card", cards.whole(user.id(), found, locale));
    return "pages/leads/lead";
  }

  /** The card alone, as it is now; of a lead that is gone, nothing. */
  @GetMapping("/leads/{id:\\d{1,18}}/card")
  String card(@CurrentUser User user, @PathVariable long id, Model model, Locale locale) {
    model.addAttribute("card", cardOf(user, new LeadId(id), locale));
    return "pages/leads/parts :: maybe-card";
  }

  private @Nullable LeadCard cardOf(User user, LeadId id, Locale locale) {
    return leads
        .find(user.id(), id)
        .map(lead -> cards.one(user.id(), lead, false, locale))
        .or(() ->
            leads.findTrashed(user.id(), id).map(lead -> cards.one(user.id(), lead, true, locale)))
        .orElse(null);
  }

  private static @Nullable LeadCursor cursor(@Nullable String text) {
    return text == null ? null : LeadCursor.parse(text).orElse(null);
  }

  private static Set<String> sources(List<Task> tasks, LeadQuery query) {
    Set<String> sources = new TreeSet<>();
    tasks.forEach(task -> task.sources().forEach(source -> sources.add(source.name().value())));
    if (!query.source().isEmpty()) {
      sources.add(query.source());
    }
    return sources;
  }

  private static Set<String> keywords(List<Task> tasks, LeadQuery query) {
    Set<String> keywords = new TreeSet<>();
    tasks.forEach(task -> keywords.addAll(task.include()));
    if (!query.keyword().isEmpty()) {
      keywords.add(query.keyword());
    }
    return keywords;
  }
}
