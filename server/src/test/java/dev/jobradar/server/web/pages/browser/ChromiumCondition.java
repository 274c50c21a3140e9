package dev.jobradar.server.web.pages.browser;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Whether browser tests run here, and by which browser. */
final class ChromiumCondition implements ExecutionCondition {
  private static final String VARIABLE = "JOBRADAR_BROWSER";
  private static final Path DEBIAN = Path.of("/usr/bin/chromium");

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (asked().isPresent() || Files.isExecutable(DEBIAN)) {
      return ConditionEvaluationResult.enabled("there is a browser, or there has to be");
    }
    return ConditionEvaluationResult.disabled(
        "no Chromium here: install it as " + DEBIAN + " or name one in " + VARIABLE);
  }

  private static Optional<Path> asked() {
    return Optional.ofNullable(System.getenv(VARIABLE))
        .filter(path -> !path.isBlank())
        .map(Path::of);
  }

  /** The browser. */
  static Path chromium() {
    Path chromium = asked().orElse(DEBIAN);
    if (!Files.isExecutable(chromium)) {
      throw new IllegalStateException(
          "there is no Chromium at "
              + chromium
              + ", as "
              + VARIABLE
              + " says; install it (Debian: apt-get install chromium)");
    }
    return chromium;
  }
}
