package dev.jobradar.server.web.pages.leads;

import dev.jobradar.server.leads.LeadFilter;
import dev.jobradar.server.leads.LeadId;
import dev.jobradar.server.leads.LeadInbox;
import dev.jobradar.server.leads.LeadStatus;
import dev.jobradar.server.leads.LeadTriage;
import dev.jobradar.server.leads.Leads;
import dev.jobradar.server.users.User;
import dev.jobradar.server.web.CurrentUser;
import dev.jobradar.server.web.NeedsPlan;
import dev.jobradar.server.web.ProblemException;
import dev.jobradar.server.web.pages.Htmx;
import dev.jobradar.server.web.pages.LocalPath;
import dev.jobradar.server.web.pages.PageFrame;
import dev.jobradar.server.web.pages.SeeOther;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * What people do with leads on pages. With script the answer is what has changed of the page,
 * without it the page. Somebody else's lead is not there.
 */
@Controller
@NeedsPlan
class LeadActController {
  /** An event of the page: the list is to be read again. */
  static final String LIST_CHANGED = "list-changed";

  /** Deletes, among what is done with many. */
  private static final String TRASH = "trash";

  private static final int MOST = 500;

  /** A status and the numbers of leads that had it. */
  private static final Pattern WAS = Pattern.compile("([a-z]{1,12}):(\\d{1,18}(?:,\\d{1,18})*)");

  private final LeadInbox inbox;
  private final Leads leads;
  private final LeadTriage triage;
  private final LeadCards cards;

  LeadActController(LeadInbox inbox, Leads leads, LeadTriage triage, LeadCards cards) {
    this.inbox = inbox;
    this.leads = leads;
    this.triage = triage;
    this.cards = cards;
  }

  /**
   * Done with many leads, to be told and taken back. In templates it is {@code done}.
   *
   * @param act a status, {@code trash}, or {@code undo}
   * @param was what takes it back; empty for nothing
   */
  record Done(String act, int count, List<String> was) {
    /** Its text in the bundle. */
    public String key() {
      return "pages.leads.done." + act;
    }
  }

  // --- one lead ----------------------------------------------------------------------------------

  @PostMapping("/leads/{id:\\d{1,18}}/status")
  Object status(
      @CurrentUser User user,
      @PathVariable long id,
      @RequestParam String status,
      HttpServletRequest request,
      Model model,
      Locale locale) {
    LeadId lead = mine(user, id);
    triage.mark(user.id(), List.of(lead), status(status));
    return card(user, lead, request, model, locale);
  }

  @PostMapping("/leads/{id:\\d{1,18}}/note")
  Object note(
      @CurrentUser User user,
      @PathVariable long id,
      @RequestParam(defaultValue = "") String note,
      HttpServletRequest request,
      Model model,
      Locale locale) {
    LeadId lead = mine(user, id);
    // Browsers count a line's end as one sign and send two.
    String text = note.replace("\r\n", "\n");
    if (text.length() > LeadTriage.LONGEST_NOTE) {
      throw ProblemException.field("note", "note_too_long", LeadTriage.LONGEST_NOTE);
    }
    triage.note(user.id(), lead, text);
    return card(user, lead, request, model, locale);
  }

  @PostMapping("/leads/{id:\\d{1,18}}/trash")
  Object trash(
      @CurrentUser User user,
      @PathVariable long id,
      HttpServletRequest request,
      Model model,
      Locale locale) {
    LeadId lead = mine(user, id);
    triage.trash(user.id(), List.of(lead));
    return card(user, lead, request, model, locale);
  }

  @PostMapping("/leads/{id:\\d{1,18}}/restore")
  Object restore(
      @CurrentUser User user,
      @PathVariable long id,
      HttpServletRequest request,
      Model model,
      Locale locale) {
    LeadId lead = new LeadId(id);
    triage.restore(user.id(), List.of(lead));
    return card(user, mine(user, id), request, model, locale);
  }

  private LeadId mine(User user, long id) {
    return leads.find(user.id(), new LeadId(id)).orElseThrow(ProblemException::notFound).id();
  }

  private Object card(
      User user, LeadId id, HttpServletRequest request, Model model, Locale locale) {
    if (!Htmx.isFragment(request)) {
      return SeeOther.to(back(request));
    }
    model.addAttribute("card", cards(user, List.of(id), locale).getFirst());
    return "pages/leads/parts :: maybe-card";
  }

  private List<LeadCard> cards(User user, List<LeadId> ids, Locale locale) {
    LeadFilter trashed = LeadQuery.ALL.withStatus(LeadQuery.DELETED).filter(ZoneOffset.UTC);
    List<LeadCard> all = new ArrayList<>();
    all.addAll(cards.list(user.id(), inbox.among(user.id(), LeadFilter.ALL, ids), false, locale));
    all.addAll(cards.list(user.id(), inbox.among(user.id(), trashed, ids), true, locale));
    return all;
  }

  /** Where the person was, if that was among the leads. */
  private static LocalPath back(HttpServletRequest request) {
    return LocalPath.ofAddress(request.getHeader("Referer"))
        .filter(path -> path.value().startsWith("/leads"))
        .orElse(new LocalPath("/leads"));
  }

  private static LeadStatus status(String text) {
    for (LeadStatus status : LeadStatus.values()) {
      if (status.text().equals(text)) {
        return status;
      }
    }
    throw new ProblemException(HttpStatus.BAD_REQUEST, "bad_request");
  }

  // --- many leads --------------------------------------------------------------------------------

  @PostMapping("/leads/bulk")
  Object bulk(
      @CurrentUser User user,
      @RequestParam(required = false) @Nullable List<Long> ids,
      @RequestParam String act,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model,
      Locale locale) {
    List<LeadId> chosen = ids(ids == null ? List.of() : ids);
    Done done;
    if (act.equals(TRASH)) {
      List<LeadId> trashed = triage.trash(user.id(), chosen);
      done = new Done(TRASH, trashed.size(), List.of(was(LeadQuery.DELETED, trashed)));
    } else {
      done = marked(act, triage.mark(user.id(), chosen, status(act)));
    }
    return done(user, done, chosen, request, response, model, locale);
  }

  private static List<LeadId> ids(List<Long> ids) {
    if (ids.size() > MOST || ids.stream().anyMatch(id -> id == null)) {
      throw new ProblemException(HttpStatus.BAD_REQUEST, "bad_request");
    }
    return ids.stream().map(LeadId::new).toList();
  }

  /** Everything that the page's filter finds and that is new. */
  @PostMapping("/leads/seen")
  Object seen(
      @CurrentUser User user,
      @RequestParam Map<String, String> parameters,
      @ModelAttribute("page") PageFrame page,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model,
      Locale locale) {
    LeadFilter filter = LeadQuery.of(parameters).withStatus("").filter(page.when().zone());
    List<LeadId> fresh = inbox.ids(user.id(), filter.with(Set.of(LeadStatus.NEW)));
    Map<LeadStatus, List<LeadId>> before = triage.mark(user.id(), fresh, LeadStatus.SEEN);
    Done done = marked(LeadStatus.SEEN.text(), before);
    response.setHeader("HX-Trigger", LIST_CHANGED);
    return done(
        user,
        fresh.size() > MOST ? new Done(done.act(), done.count(), List.of()) : done,
        List.of(),
        request,
        response,
        model,
        locale);
  }

  private static Done marked(String act, Map<LeadStatus, List<LeadId>> before) {
    List<String> was =
        before.entrySet().stream().map(each -> was(each.getKey().text(), each.getValue())).toList();
    return new Done(act, before.values().stream().mapToInt(List::size).sum(), was);
  }

  private static String was(String status, List<LeadId> ids) {
    return status
        + ":"
        + String.join(",", ids.stream().map(id -> Long.toString(id.value())).toList());
  }

  /** Takes back what was done with many leads. */
  @PostMapping("/leads/undo")
  Object undo(
      @CurrentUser User user,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model,
      Locale locale) {
    List<LeadId> all = new ArrayList<>();
    String[] written = request.getParameterValues("was");
    for (String each : written == null ? new String[0] : written) {
      var parts = WAS.matcher(each);
      if (!parts.matches()) {
        throw new ProblemException(HttpStatus.BAD_REQUEST, "bad_request");
      }
      List<LeadId> ids =
          ids(Pattern.compile(",").splitAsStream(parts.group(2)).map(Long::valueOf).toList());
      if (parts.group(1).equals(LeadQuery.DELETED)) {
        triage.restore(user.id(), ids);
      } else {
        triage.mark(user.id(), ids, status(parts.group(1)));
      }
      all.addAll(ids);
    }
    return done(
        user, new Done("undo", all.size(), List.of()), all, request, response, model, locale);
  }

  private Object done(
      User user,
      Done done,
      List<LeadId> changed,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model,
      Locale locale) {
    if (!Htmx.isFragment(request)) {
      return SeeOther.to(back(request));
    }
    if (changed.size() > LeadListController.PAGE) {
      response.setHeader("HX-Trigger", LIST_CHANGED);
    }
    model
        .addAttribute("done", done)
        .addAttribute(
            "cards",
            changed.size() > LeadListController.PAGE ? List.of() : cards(user, changed, locale));
    return "pages/leads/parts :: done";
  }
}
