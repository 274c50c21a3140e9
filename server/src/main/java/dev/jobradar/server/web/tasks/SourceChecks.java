package dev.jobradar.server.web.tasks;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.channels.ChannelCheck;
import dev.jobradar.server.channels.ChannelChecks;
import dev.jobradar.server.channels.ChannelName;
import dev.jobradar.server.channels.ChannelName.BadChannelName;
import dev.jobradar.server.tasks.SourceStatus;
import dev.jobradar.server.tasks.Task;
import dev.jobradar.server.web.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Service;

/** Says what names mean that somebody has written, before they are saved. Thread-safe. */
@Service
public class SourceChecks {
  private final ChannelChecks checks;
  private final TaskViews views;
  private final MessageSource messages;

  SourceChecks(ChannelChecks checks, TaskViews views, MessageSource messages) {
    this.checks = checks;
    this.views = views;
    this.messages = messages;
  }

  /**
   * What was found, in the order asked; a malformed name is reported like a missing channel.
   *
   * @throws ProblemException 400 when there are more than a task may have
   */
  public List<SourceView> check(UserId user, List<String> written, Locale locale)
      throws InterruptedException {
    if (written.size() > Task.MAX_SOURCES) {
      throw ProblemException.field("sources", "sources_too_many", Task.MAX_SOURCES);
    }
    Map<String, ChannelName> names = new LinkedHashMap<>();
    Map<String, BadChannelName> bad = new LinkedHashMap<>();
    for (String text : written) {
      try {
        names.put(text, ChannelName.parse(text));
      } catch (BadChannelName problem) {
        bad.put(text, problem);
      }
    }
    Map<ChannelName, ChannelCheck> findings =
        checks.check(user, names.values().stream().distinct().toList());
    List<SourceView> found = new ArrayList<>();
    for (String text : written) {
      BadChannelName problem = bad.get(text);
      ChannelName name = names.get(text);
      if (problem != null) {
        found.add(noSource(problem, locale));
      } else if (name != null) {
        ChannelCheck finding = findings.get(name);
        if (finding != null) {
          found.add(views.view(name, finding, locale));
        }
      }
    }
    return found;
  }

  private SourceView noSource(BadChannelName problem, Locale locale) {
    String code = TaskRules.codeOf(problem);
    return new SourceView(
        problem.text(),
        null,
        null,
        SourceStatus.INVALID.text(),
        null,
        null,
        null,
        null,
        problem.problem().name(),
        messages.getMessage("problem." + code, new Object[] {problem.text()}, locale),
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }
}
