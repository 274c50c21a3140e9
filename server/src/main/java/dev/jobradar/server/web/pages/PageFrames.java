package dev.jobradar.server.web.pages;

import dev.jobradar.server.web.Cookies;
import dev.jobradar.server.web.Visitor;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Set;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Component;

/** Makes the {@link PageFrame} of a request. Thread-safe. */
@Component
public class PageFrames {
  /** Of who has no script, or a browser that does not say. */
  private static final ZoneId SOMEWHERE = ZoneId.of("Europe/Moscow");

  private static final Set<String> ZONES = ZoneId.getAvailableZoneIds();

  private final PageTexts texts;
  private final Assets assets;
  private final InstantSource clock;

  PageFrames(PageTexts texts, Assets assets, InstantSource clock) {
    this.texts = texts;
    this.assets = assets;
    this.clock = clock;
  }

  /** For an answer in that language. */
  public PageFrame of(HttpServletRequest request, Locale locale) {
    beginForms(request);
    return new PageFrame(
        path(request).value(),
        locale.getLanguage(),
        Cookies.THEME.read(request).flatMap(Theme::of).orElse(Theme.SYSTEM),
        new Moments(locale, zone(request), clock.instant(), texts),
        Visitor.of(request).orElse(null),
        assets);
  }

  /** Where the person is: for a fragment the page that it is part of. */
  static LocalPath path(HttpServletRequest request) {
    String shown =
        Htmx.isFragment(request) || !request.getMethod().equals("GET")
            ? Htmx.shownPage(request)
            : null;
    Object failed = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    String path = failed instanceof String uri ? uri : request.getRequestURI();
    String query = request.getQueryString();
    return LocalPath.ofAddress(shown)
        .or(() -> LocalPath.of(query == null ? path : path + "?" + query))
        .orElse(new LocalPath("/"));
  }

  /** As the cookie says, which anybody may have written. */
  static ZoneId zone(HttpServletRequest request) {
    return Cookies.ZONE.read(request).filter(ZONES::contains).map(ZoneId::of).orElse(SOMEWHERE);
  }

  /** The token's cookie has to be there before the answer has begun to be sent. */
  private static void beginForms(HttpServletRequest request) {
    if (request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token) {
      token.getToken();
    }
  }
}
