package dev.jobradar.server.web.tasks;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Says in a person's language what is wrong with a source. Thread-safe. */
@Component
public class SourceErrorTexts {
  private final MessageSource messages;

  SourceErrorTexts(MessageSource messages) {
    this.messages = messages;
  }

  /**
   * The text for a failure.
   *
   * @param code of the failure
   * @param wait for how long, where the error knows that
   */
  public String text(String code, @Nullable Duration wait, Locale locale) {
    if (wait != null) {
      return messages.getMessage(
          "source." + code, new Object[] {Math.max(1, wait.toSeconds())}, locale);
    }
    String known = messages.getMessage("source." + code, null, null, locale);
    return known != null ? known : messages.getMessage("source.other", new Object[] {code}, locale);
  }
}
