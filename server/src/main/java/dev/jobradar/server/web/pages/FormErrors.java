package dev.jobradar.server.web.pages;

import dev.jobradar.server.web.ProblemException;
import dev.jobradar.server.web.ProblemTexts;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a form, in the person's language: in templates it is {@code errors}, and the
 * fragments of {@code pages/forms} show it. A form with errors is shown again with status 422.
 *
 * @param summary what is wrong with the form as a whole; null when its fields say all
 * @param fields by the name of the field, in the order of the form
 */
public record FormErrors(@Nullable String summary, Map<String, String> fields) {
  /** Nothing is wrong. */
  public static final FormErrors NONE = new FormErrors(null, Map.of());

  /** Keeps the order. */
  public FormErrors {
    fields = new LinkedHashMap<>(fields);
  }

  /** What the rules of the API refuse. */
  public static FormErrors of(ProblemException problem, ProblemTexts texts, Locale locale) {
    Map<String, String> fields = texts.fields(problem, locale);
    return new FormErrors(fields.isEmpty() ? texts.detail(problem, locale) : null, fields);
  }

  /** Whether anything is wrong. */
  public boolean any() {
    return summary != null || !fields.isEmpty();
  }

  /** What is wrong with that field, null for nothing. */
  public @Nullable String of(String field) {
    return fields.get(field);
  }
}
