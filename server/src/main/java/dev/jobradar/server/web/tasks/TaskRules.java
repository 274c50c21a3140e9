package dev.jobradar.server.web.tasks;

import dev.jobradar.server.channels.ChannelName;
import dev.jobradar.server.channels.ChannelName.BadChannelName;
import dev.jobradar.server.filter.KeywordException;
import dev.jobradar.server.filter.Keywords;
import dev.jobradar.server.tasks.Task;
import dev.jobradar.server.tasks.TaskStatus;
import dev.jobradar.server.web.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Checks a {@link TaskBody} and makes a {@link TaskEdit} of it. Everything that is wrong with it is
 * told at once. Not thread-safe; good for one request.
 */
public final class TaskRules {
  private static final int MAX_NAME = 100;

  private @Nullable ProblemException problem;

  private TaskRules() {}

  /**
   * What a person wants of a task.
   *
   * @param complete whether it is a whole new task, so that name and sources have to be there
   * @throws ProblemException 400 with the fields that are not right
   */
  public static TaskEdit check(TaskBody body, boolean complete) {
    TaskRules rules = new TaskRules();
    TaskEdit edit =
        new TaskEdit(
            rules.name(body.name(), complete),
            rules.status(body.status()),
            rules.sources("sources", body.sources(), complete),
            rules.keywords("include_keywords", body.includeKeywords(), true),
            rules.keywords("exclude_keywords", body.excludeKeywords(), false),
            body.alertsPersonal(),
            rules.alertsChannel(body),
            body.mergeReposts());
    rules.throwIfAny();
    return edit;
  }

  /**
   * Sources and keywords alone, as for a preview.
   *
   * @throws ProblemException 400 with the fields that are not right
   */
  public static TaskEdit checkSearch(
      @Nullable List<String> sources,
      @Nullable List<String> include,
      @Nullable List<String> exclude) {
    return check(new TaskBody("-", null, sources, include, exclude, null, null, null, null), true);
  }

  private void wrong(String field, String code, Object... arguments) {
    problem =
        problem == null
            ? ProblemException.field(field, code, arguments)
            : problem.and(field, code, arguments);
  }

  private void throwIfAny() {
    if (problem != null) {
      throw problem;
    }
  }

  private @Nullable String name(@Nullable String written, boolean needed) {
    if (written == null) {
      if (needed) {
        wrong("name", "missing");
      }
      return null;
    }
    String name = written.strip();
    if (name.isEmpty() || name.codePointCount(0, name.length()) > MAX_NAME) {
      wrong("name", "task_name_length", MAX_NAME);
    } else if (name.codePoints().anyMatch(Character::isISOControl)) {
      wrong("name", "task_name_characters");
    }
    return name;
  }

  private @Nullable TaskStatus status(@Nullable String written) {
    if (written == null) {
      return null;
    }
    try {
      return TaskStatus.of(written.strip());
    } catch (IllegalArgumentException unknown) {
      wrong("status", "task_status");
      return null;
    }
  }

  private @Nullable List<ChannelName> sources(
      String field, @Nullable List<String> written, boolean needed) {
    if (written == null) {
      if (needed) {
        wrong(field, "missing");
      }
      return null;
    }
    if (written.isEmpty()) {
      wrong(field, "sources_none");
    }
    if (written.size() > Task.MAX_SOURCES) {
      wrong(field, "sources_too_many", Task.MAX_SOURCES);
      return null;
    }
    LinkedHashSet<ChannelName> names = new LinkedHashSet<>();
    for (String text : written) {
      ChannelName name = source(field, text);
      if (name != null && !names.add(name)) {
        wrong(field, "source_twice", name);
      }
    }
    return new ArrayList<>(names);
  }

  private @Nullable ChannelName source(String field, String written) {
    try {
      return ChannelName.parse(written);
    } catch (BadChannelName bad) {
      wrong(field, codeOf(bad), bad.text());
      return null;
    }
  }

  /** The code that says what is wrong with a source as it was written. */
  static String codeOf(BadChannelName bad) {
    return "source_" + bad.problem().name().toLowerCase(Locale.ROOT);
  }

  private @Nullable List<String> keywords(
      String field, @Nullable List<String> written, boolean include) {
    if (written == null) {
      return null;
    }
    List<String> keywords = written.stream().distinct().toList();
    try {
      Keywords.compile(include ? keywords : List.of(), include ? List.of() : keywords);
    } catch (KeywordException bad) {
      wrong(
          field,
          "keyword_" + bad.reason().name().toLowerCase(Locale.ROOT),
          shortened(bad.keyword()),
          bad.reason() == KeywordException.Reason.TOO_MANY
              ? Keywords.MAX_GROUPS
              : Keywords.MAX_LENGTH);
    }
    return keywords;
  }

  private static String shortened(String keyword) {
    int limit = 60;
    return keyword.codePointCount(0, keyword.length()) <= limit
        ? keyword
        : keyword.substring(0, keyword.offsetByCodePoints(0, limit)) + "…";
  }

  private TaskEdit.@Nullable Alerts alertsChannel(TaskBody body) {
    AlertsChannel channel = body.alertsChannel();
    AlertsChannel forward = body.forwardChannel();
    String written = channel == null ? null : channel.written();
    String forwarded = forward == null ? null : forward.written();
    if (written != null) {
      ChannelName name = source("alerts_channel", written);
      ChannelName other = forwarded == null ? null : source("forward_channel", forwarded);
      if (name != null && other != null && !name.equals(other)) {
        wrong("forward_channel", "alerts_channels_differ");
      }
      return name == null ? null : new TaskEdit.Alerts(name);
    }
    Boolean on = channel == null ? null : channel.on();
    if (Boolean.FALSE.equals(on)) {
      return TaskEdit.Alerts.NONE;
    }
    if (forwarded != null) {
      ChannelName name = source("forward_channel", forwarded);
      return name == null ? null : new TaskEdit.Alerts(name);
    }
    // "Yes" without a name keeps the channel that there is.
    return on == null && (channel != null || forward != null) ? TaskEdit.Alerts.NONE : null;
  }
}
