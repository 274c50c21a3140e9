package dev.jobradar.server.web.tasks;

import dev.jobradar.server.channels.ChannelCheck;
import dev.jobradar.server.channels.ChannelChecks;
import dev.jobradar.server.channels.ChannelName;
import dev.jobradar.server.channels.ChannelName.BadChannelName;
import dev.jobradar.server.tasks.SourceStatus;
import dev.jobradar.server.tasks.Task;
import dev.jobradar.server.users.User;
import dev.jobradar.server.web.CurrentUser;
import dev.jobradar.server.web.NeedsPlan;
import dev.jobradar.server.web.ProblemException;
import dev.jobradar.server.web.ReachesTelegram;
import io.swagger.v3.oas.annotations.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.annotation.JsonDeserialize;

/** {@code /api/sources}. */
@RestController
@NeedsPlan
class SourceController {
  private final ChannelChecks checks;
  private final TaskViews views;
  private final MessageSource messages;

  SourceController(ChannelChecks checks, TaskViews views, MessageSource messages) {
    this.checks = checks;
    this.views = views;
    this.messages = messages;
  }

  /** Names to check. */
  record CheckBody(
      @JsonDeserialize(using = ListOrText.Names.class) @Nullable List<String> sources) {}

  /** What was found, in the order that was asked. */
  record Checked(List<SourceView> sources) {}

  /** Checks sources before they are saved; a malformed name is reported like a missing channel. */
  @Operation(summary = "Looks sources up without saving them")
  @ReachesTelegram
  @PostMapping("/api/sources/check")
  Checked check(@CurrentUser User user, @RequestBody CheckBody body, Locale locale)
      throws InterruptedException {
    List<String> written = body.sources();
    if (written == null) {
      throw ProblemException.field("sources", "missing");
    }
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
        checks.check(user.id(), names.values().stream().distinct().toList());
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
    return new Checked(found);
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
