package dev.jobradar.server.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.LocaleResolver;

/**
 * The language in which a person is answered: what they have chosen, else what their browser asks
 * for, else Russian.
 */
final class UserLocale implements LocaleResolver {
  private static final Locale RUSSIAN = Locale.of("ru");
  private static final List<Locale> SPOKEN = List.of(RUSSIAN, Locale.ENGLISH);

  @Override
  public Locale resolveLocale(HttpServletRequest request) {
    return Visitor.of(request)
        .map(user -> Locale.of(user.language()))
        .orElseGet(() -> asked(request.getHeader("Accept-Language")));
  }

  private static Locale asked(@Nullable String header) {
    if (header == null) {
      return RUSSIAN;
    }
    try {
      Locale best = Locale.lookup(Locale.LanguageRange.parse(header), SPOKEN);
      return best == null ? RUSSIAN : best;
    } catch (IllegalArgumentException unreadable) {
      return RUSSIAN;
    }
  }

  @Override
  public void setLocale(
      HttpServletRequest request, @Nullable HttpServletResponse response, @Nullable Locale locale) {
    throw new UnsupportedOperationException("the language is a setting of the user");
  }
}
