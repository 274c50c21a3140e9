package dev.jobradar.server.web;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Says in a person's language what a {@link ProblemException} means. Thread-safe. */
@Component
public class ProblemTexts {
  private final MessageSource messages;

  /** From these texts. */
  public ProblemTexts(MessageSource messages) {
    this.messages = messages;
  }

  /** The problem as a whole. */
  public String detail(ProblemException problem, Locale locale) {
    return text(problem.code(), problem.arguments(), locale);
  }

  /** What is wrong with each field, by its name in JSON; of two problems of a field the first. */
  public Map<String, String> fields(ProblemException problem, Locale locale) {
    Map<String, String> texts = new LinkedHashMap<>();
    problem.fields().forEach(field -> texts.putIfAbsent(field.name(), detail(field, locale)));
    return texts;
  }

  String detail(ProblemException.FieldProblem field, Locale locale) {
    return text(field.code(), field.arguments().toArray(), locale);
  }

  private String text(String code, Object[] arguments, Locale locale) {
    Object[] words = new Object[arguments.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = arguments[i] instanceof Duration wait ? inWords(wait, locale) : arguments[i];
    }
    return messages.getMessage("problem." + code, words, locale);
  }

  /** Rounded up: to seconds, from a minute on to minutes. */
  private String inWords(Duration wait, Locale locale) {
    long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
    if (seconds < 60) {
      return messages.getMessage("wait.seconds", new Object[] {seconds}, locale);
    }
    long minutes = (seconds + 59) / 60;
    return minutes < 60
        ? messages.getMessage("wait.minutes", new Object[] {minutes}, locale)
        : messages.getMessage("wait.hours", new Object[] {minutes / 60, minutes % 60}, locale);
  }
}
