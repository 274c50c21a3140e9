package dev.jobradar.server.web.pages.leads;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.channels.ChannelName;
import dev.jobradar.server.stats.LeadFigures;
import dev.jobradar.server.stats.LeadFigures.Delays;
import dev.jobradar.server.stats.LeadFigures.Share;
import dev.jobradar.server.tasks.Task;
import dev.jobradar.server.tasks.Tasks;
import dev.jobradar.server.users.User;
import dev.jobradar.server.web.CurrentUser;
import dev.jobradar.server.web.pages.PageFrame;
import dev.jobradar.server.web.pages.PageTexts;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/** {@code /overview}: what needs attention, and how leads come, in charts and tables. */
@Controller
class OverviewController {
  private static final List<Integer> PERIODS = List.of(7, 30, 90);
  private static final int USUAL = 30;
  private static final int ROWS = 10;

  private final LeadFigures figures;
  private final Attention attention;
  private final Tasks tasks;
  private final PageTexts texts;

  OverviewController(LeadFigures figures, Attention attention, Tasks tasks, PageTexts texts) {
    this.figures = figures;
    this.attention = attention;
    this.tasks = tasks;
    this.texts = texts;
  }

  /** A day's leads, as a table says them. */
  record Day(String date, long leads) {}

  /** How long messages took, in words. */
  record Took(int messages, String median, String ninety, String longest) {}

  @GetMapping("/overview")
  String overview(
      @CurrentUser User user,
      @RequestParam(defaultValue = "30") String days,
      @ModelAttribute("page") PageFrame page,
      Model model,
      Locale locale) {
    int period =
        PERIODS.stream().filter(each -> each.toString().equals(days)).findFirst().orElse(USUAL);
    ZoneId zone = page.when().zone();
    LocalDate today = page.when().now().atZone(zone).toLocalDate();
    LocalDate first = today.minusDays(period - 1L);
    Instant since = first.atStartOfDay(zone).toInstant();
    UserId id = user.id();
    Map<LocalDate, Long> perDay = figures.perDay(id, first, today, zone);
    model
        .addAttribute("period", period)
        .addAttribute("periods", PERIODS)
        .addAttribute("attention", attention.of(user, page.when(), locale))
        .addAttribute("total", perDay.values().stream().mapToLong(Long::longValue).sum())
        .addAttribute("today", perDay.getOrDefault(today, 0L))
        .addAttribute("days", days(perDay, locale))
        .addAttribute("chart", chart(perDay, locale))
        .addAttribute("byTask", byTask(id, since))
        .addAttribute("bySource", bySource(id, since))
        .addAttribute("byKeyword", byKeyword(id, since, locale))
        .addAttribute(
            "delays", figures.delays(id, since).map(each -> took(each, locale)).orElse(null));
    return "pages/overview";
  }

  private static List<Day> days(Map<LocalDate, Long> perDay, Locale locale) {
    DateTimeFormatter format =
        DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM).withLocale(locale);
    return perDay.entrySet().stream()
        .map(day -> new Day(format.format(day.getKey()), day.getValue()))
        .toList()
        .reversed();
  }

  private static BarChart chart(Map<LocalDate, Long> perDay, Locale locale) {
    DateTimeFormatter format = DateTimeFormatter.ofPattern("d MMM", locale);
    return BarChart.of(
        perDay.entrySet().stream()
            .map(day -> new BarChart.Value(format.format(day.getKey()), day.getValue()))
            .toList());
  }

  private ShareChart byTask(UserId user, Instant since) {
    Map<Long, String> names =
        tasks.of(user).stream().collect(Collectors.toMap(each -> each.id().value(), Task::name));
    return ShareChart.of(
        figures.byTask(user, since).stream()
            .map(share ->
                new ShareChart.Share(
                    names.getOrDefault(share.task().value(), "—"),
                    LeadQuery.ofTask(share.task().value()).at("/leads"),
                    share.leads()))
            .toList());
  }

  private ShareChart bySource(UserId user, Instant since) {
    return ShareChart.of(
        figures.bySource(user, since, ROWS).stream()
            .map(share ->
                new ShareChart.Share(
                    new ChannelName(share.name()).toString(),
                    LeadQuery.ofSource(share.name()).at("/leads"),
                    share.leads()))
            .toList());
  }

  private ShareChart byKeyword(UserId user, Instant since, Locale locale) {
    return ShareChart.of(
        figures.byKeyword(user, since, ROWS).stream()
            .map(share -> keyword(share, locale))
            .toList());
  }

  private ShareChart.Share keyword(Share share, Locale locale) {
    return share.name().isEmpty()
        ? new ShareChart.Share(texts.text(locale, "pages.overview.every_post"), null, share.leads())
        : new ShareChart.Share(
            share.name(), LeadQuery.ofKeyword(share.name()).at("/leads"), share.leads());
  }

  private Took took(Delays delays, Locale locale) {
    return new Took(
        delays.messages(),
        duration(delays.median(), locale),
        duration(delays.ninety(), locale),
        duration(delays.longest(), locale));
  }

  private String duration(Duration duration, Locale locale) {
    if (duration.toSeconds() < 1) {
      return texts.text(locale, "pages.overview.took.less");
    }
    if (duration.toMinutes() < 1) {
      return texts.text(locale, "pages.overview.took.seconds", duration.toSeconds());
    }
    if (duration.toHours() < 2) {
      return texts.text(locale, "pages.overview.took.minutes", duration.toMinutes());
    }
    return duration.toDays() < 2
        ? texts.text(locale, "pages.overview.took.hours", duration.toHours())
        : texts.text(locale, "pages.overview.took.days", duration.toDays());
  }
}
