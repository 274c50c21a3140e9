package dev.jobradar.server.web.pages.leads;

import dev.jobradar.server.leads.Lead;
import dev.jobradar.server.leads.LeadInbox;
import dev.jobradar.server.tasks.Task;
import dev.jobradar.server.tasks.Tasks;
import dev.jobradar.server.users.User;
import dev.jobradar.server.web.CurrentUser;
import dev.jobradar.server.web.NeedsPlan;
import dev.jobradar.server.web.pages.PageFrame;
import dev.jobradar.server.web.pages.PageTexts;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/** What a list shows, as a file for spreadsheets; written while it is read. */
@Controller
@NeedsPlan
class LeadExportController {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  /** By which spreadsheets know UTF-8. */
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private static final List<String> COLUMNS =
      List.of(
          "posted",
          "task",
          "source",
          "status",
          "keyword",
          "text",
          "link",
          "contact",
          "note",
          "delivered");

  private final LeadInbox inbox;
  private final Tasks tasks;
  private final PageTexts texts;

  LeadExportController(LeadInbox inbox, Tasks tasks, PageTexts texts) {
    this.inbox = inbox;
    this.tasks = tasks;
    this.texts = texts;
  }

  @GetMapping("/leads/export.csv")
  void export(
      @CurrentUser User user,
      @RequestParam Map<String, String> parameters,
      @ModelAttribute("page") PageFrame page,
      HttpServletResponse response,
      Locale locale)
      throws IOException {
    ZoneId zone = page.when().zone();
    Map<Long, String> names =
        tasks.of(user.id()).stream()
            .collect(Collectors.toMap(each -> each.id().value(), Task::name));
    response.setContentType("text/csv;charset=UTF-8");
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        "attachment; filename=\"jobradar-leads-%s.csv\""
            .formatted(page.when().now().atZone(zone).toLocalDate()));
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    response.setCharacterEncoding(StandardCharsets.UTF_8);
    Writer out = response.getWriter();
    out.append(BYTE_ORDER_MARK);
    // Where figures have a comma, spreadsheets expect semicolons.
    Csv csv = new Csv(out, locale.getLanguage().equals("ru") ? ';' : ',');
    csv.row(COLUMNS.stream().map(name -> texts.text(locale, "pages.leads.csv." + name)).toList());
    try {
      inbox.each(
          user.id(),
          LeadQuery.of(parameters).filter(zone),
          lead -> write(csv, lead, names, zone, locale));
    } catch (UncheckedIOException gone) {
      throw gone.getCause();
    }
    out.flush();
  }

  private void write(Csv csv, Lead lead, Map<Long, String> names, ZoneId zone, Locale locale) {
    String keyword = lead.keyword();
    String contact =
        Contact.of(PostText.of(lead.content(), List.of()), lead.source())
            .map(Contact::text)
            .orElse("");
    try {
      csv.row(
          Stream.of(
                  time(lead.postedAt(), zone),
                  names.getOrDefault(lead.task().value(), ""),
                  lead.source().toString(),
                  texts.text(locale, "pages.leads.status." + lead.status().text()),
                  keyword == null ? "" : keyword,
                  lead.text(),
                  lead.url(),
                  contact,
                  lead.note(),
                  time(lead.deliveredAt(), zone))
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String time(@Nullable Instant at, ZoneId zone) {
    return at == null ? "" : TIME.format(at.atZone(zone));
  }
}
