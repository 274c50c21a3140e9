package dev.jobradar.server.web.pages.leads;

import dev.jobradar.server.channels.ChannelName;
import dev.jobradar.server.leads.LeadFilter;
import dev.jobradar.server.leads.LeadStatus;
import dev.jobradar.server.tasks.TaskId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which leads a page shows, as it stands in the page's address. What cannot be read there is left
 * out. In templates it is {@code query}.
 *
 * @param task a task's number, 0 for all
 * @param source a channel's name, empty for all
 * @param keyword empty for all
 * @param status a status, {@code deleted}, or empty for all
 * @param from the first day of the posts, null for any
 * @param to the last day, null for any
 * @param q what is searched for, empty for nothing
 */
record LeadQuery(
    long task,
    String source,
    String keyword,
    String status,
    @Nullable LocalDate from,
    @Nullable LocalDate to,
    String q) {
  static final LeadQuery ALL = new LeadQuery(0, "", "", "", null, null, "");

  /** Those that a person deleted. */
  static final String DELETED = "deleted";

  private static final int LONGEST = 400;

  /** Reads what a request says. */
  static LeadQuery of(Map<String, String> parameters) {
    return new LeadQuery(
        number(text(parameters, "task")),
        source(text(parameters, "source")),
        text(parameters, "keyword"),
        status(text(parameters, "status")),
        day(text(parameters, "from")),
        day(text(parameters, "to")),
        text(parameters, "q").strip());
  }

  private static String text(Map<String, String> parameters, String name) {
    String text = parameters.getOrDefault(name, "");
    return text.length() > LONGEST ? text.substring(0, LONGEST) : text.replace("\0", "");
  }

  private static long number(String text) {
    return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
  }

  private static String source(String text) {
    try {
      return text.isBlank() ? "" : ChannelName.parse(text).value();
    } catch (ChannelName.BadChannelName unknown) {
      return "";
    }
  }

  private static String status(String text) {
    if (text.equals(DELETED)) {
      return text;
    }
    for (LeadStatus status : LeadStatus.values()) {
      if (status.text().equals(text)) {
        return text;
      }
    }
    return "";
  }

  private static @Nullable LocalDate day(String text) {
    try {
      return text.isBlank() ? null : LocalDate.parse(text);
    } catch (DateTimeParseException unknown) {
      return null;
    }
  }

  /** The filter, for somebody in that time zone. */
  LeadFilter filter(ZoneId zone) {
    LocalDate last = to;
    return new LeadFilter(
        task == 0 ? null : new TaskId(task),
        source.isEmpty() ? null : new ChannelName(source),
        keyword.isEmpty() ? null : keyword,
        status.isEmpty() || trashed() ? Set.of() : Set.of(LeadStatus.of(status)),
        from == null ? null : start(from, zone),
        last == null ? null : start(last.plusDays(1), zone),
        q,
        trashed());
  }

  /** Years that no database knows are as good as none. */
  private static @Nullable Instant start(LocalDate day, ZoneId zone) {
    return day.getYear() < 1970 || day.getYear() > 9999 ? null : day.atStartOfDay(zone).toInstant();
  }

  /** Whether it is the deleted ones. */
  public boolean trashed() {
    return status.equals(DELETED);
  }

  /** Whether it leaves any out, the status aside. */
  public boolean isNarrow() {
    return !withStatus("").equals(ALL);
  }

  /** Whether one of the fields beside the search leaves any out. */
  public boolean isFiltered() {
    return !new LeadQuery(task, source, keyword, "", from, to, "").equals(ALL);
  }

  /** The same with another status. */
  LeadQuery withStatus(String other) {
    return new LeadQuery(task, source, keyword, other, from, to, q);
  }

  /** The leads of a task. */
  static LeadQuery ofTask(long task) {
    return new LeadQuery(task, "", "", "", null, null, "");
  }

  /** The leads of a channel. */
  static LeadQuery ofSource(String source) {
    return new LeadQuery(0, source, "", "", null, null, "");
  }

  /** The leads that a keyword found. */
  static LeadQuery ofKeyword(String keyword) {
    return new LeadQuery(0, "", keyword, "", null, null, "");
  }

  /** Its fields, those that say nothing left out. */
  public Map<String, String> fields() {
    Map<String, String> fields = new LinkedHashMap<>();
    put(fields, "q", q);
    put(fields, "status", status);
    put(fields, "task", task == 0 ? "" : Long.toString(task));
    put(fields, "source", source);
    put(fields, "keyword", keyword);
    put(fields, "from", from == null ? "" : from.toString());
    put(fields, "to", to == null ? "" : to.toString());
    return fields;
  }

  private static void put(Map<String, String> fields, String name, String value) {
    if (!value.isEmpty()) {
      fields.put(name, value);
    }
  }

  /** That path with the query, and perhaps more behind it: names and values in turn. */
  public String at(String path, String... more) {
    List<String> parts = new ArrayList<>();
    fields().forEach((name, value) -> parts.add(name + "=" + encoded(value)));
    for (int i = 0; i + 1 < more.length; i += 2) {
      parts.add(more[i] + "=" + encoded(more[i + 1]));
    }
    return parts.isEmpty() ? path : path + "?" + String.join("&", parts);
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  /** The list's address with another status. */
  String tab(String other) {
    return withStatus(other.toLowerCase(Locale.ROOT)).at("/leads");
  }
}
