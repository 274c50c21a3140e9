package dev.jobradar.server.web.pages;

import com.ibm.icu.text.MessageFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.stereotype.Component;

/**
 * The texts of pages. They are patterns of ICU, which knows each language's plurals: {@code {0,
 * plural, one {# lead} other {# leads}}}. Templates get them by {@code #{...}}. Thread-safe.
 */
@Component
public class PageTexts {
  private final MessageSource messages;

  /** From these texts. */
  public PageTexts(MessageSource messages) {
    this.messages = messages;
  }

  /** The text of that key. */
  public String text(Locale locale, String key, Object... arguments) {
    return formatted(messages.getMessage(key, null, locale), arguments, locale);
  }

  private static String formatted(String pattern, Object @Nullable [] arguments, Locale locale) {
    return arguments == null || arguments.length == 0
        ? pattern
        : new MessageFormat(pattern, locale).format(arguments);
  }

  /** The same for the template engine. Not a bean: all others go on with Java's patterns. */
  MessageSource source() {
    return new MessageSource() {
      @Override
      public @Nullable String getMessage(
          String code,
          Object @Nullable [] arguments,
          @Nullable String otherwise,
          @Nullable Locale locale) {
        Locale spoken = locale == null ? Locale.ROOT : locale;
        String pattern = messages.getMessage(code, null, otherwise, spoken);
        return pattern == null ? null : formatted(pattern, arguments, spoken);
      }

      @Override
      public String getMessage(
          String code, Object @Nullable [] arguments, @Nullable Locale locale) {
        Locale spoken = locale == null ? Locale.ROOT : locale;
        return formatted(messages.getMessage(code, null, spoken), arguments, spoken);
      }

      @Override
      public String getMessage(MessageSourceResolvable resolvable, @Nullable Locale locale) {
        return messages.getMessage(resolvable, locale == null ? Locale.ROOT : locale);
      }
    };
  }
}
