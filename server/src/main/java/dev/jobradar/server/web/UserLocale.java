package dev.jobradar.server.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.LocaleResolver;

/**
 * The language in which a person is answered: what they have chosen, as users or before they signed
 * in, else what their browser asks for. One that asks for other languages gets English; who asks
 * for none, Russian.
 */
final class UserLocale implements LocaleResolver {
  private static final Locale RUSSIAN = Locale.of("ru");
  private static final List<Locale> SPOKEN = List.of(RUSSIAN, Locale.ENGLISH);

  @Override
  public Locale resolveLocale(HttpServletRequest request) {
    return Visitor.of(request)
        .map(user -> Locale.of(user.language()))
        .or(() -> Cookies.LANGUAGE.read(request).flatMap(UserLocale::spoken))
        .orElseGet(() -> asked(request.getHeader("Accept-Language")));
  }

  private static Optional<Locale> spoken(String language) {
    return SPOKEN.stream().filter(each -> each.getLanguage().equals(language)).findFirst();
  }

  private static Locale asked(@Nullable String header) {
    if (header == null) {
      return RUSSIAN;
    }
    try {
      List<Locale.LanguageRange> wanted = Locale.LanguageRange.parse(header);
      Locale best = Locale.lookup(wanted, SPOKEN);
      if (best != null) {
        return best;
      }
      return wanted.stream().allMatch(each -> each.getRange().equals("*"))
          ? RUSSIAN
          : Locale.ENGLISH;
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
