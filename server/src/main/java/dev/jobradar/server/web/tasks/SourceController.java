package dev.jobradar.server.web.tasks;

import dev.jobradar.server.users.User;
import dev.jobradar.server.web.CurrentUser;
import dev.jobradar.server.web.NeedsPlan;
import dev.jobradar.server.web.ProblemException;
import dev.jobradar.server.web.ReachesTelegram;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.annotation.JsonDeserialize;

/** {@code /api/sources}. */
@RestController
@NeedsPlan
class SourceController {
  private final SourceChecks checks;

  SourceController(SourceChecks checks) {
    this.checks = checks;
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
    return new Checked(checks.check(user.id(), written, locale));
  }
}
