package dev.jobradar.server.signin;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a person calls their browser, from the {@code User-Agent} that it sends. Only names that
 * stand here come out: anybody can send anything, and it is shown to somebody else.
 */
public final class BrowserName {
  private record Sign(String text, String name) {}

  /** In this order: most pretend to be one that stands further down. */
  private static final List<Sign> BROWSERS =
      List.of(
          new Sign("YaBrowser/", "Yandex Browser"),
          new Sign("Edg", "Edge"),
          new Sign("OPR/", "Opera"),
          new Sign("Vivaldi/", "Vivaldi"),
          new Sign("SamsungBrowser/", "Samsung Internet"),
          new Sign("FxiOS/", "Firefox"),
          new Sign("Firefox/", "Firefox"),
          new Sign("CriOS/", "Chrome"),
          new Sign("Chrome/", "Chrome"),
          new Sign("Safari/", "Safari"),
          new Sign("curl/", "curl"),
          new Sign("python", "Python"),
          new Sign("Python", "Python"),
          new Sign("Java-http-client/", "Java"));

  private static final List<Sign> SYSTEMS =
      List.of(
          new Sign("Android", "Android"),
          new Sign("iPhone", "iPhone"),
          new Sign("iPad", "iPad"),
          new Sign("Windows", "Windows"),
          new Sign("Mac OS X", "macOS"),
          new Sign("CrOS", "ChromeOS"),
          new Sign("Linux", "Linux"));

  private static final int LONGEST = 1_000;

  private BrowserName() {}

  /**
   * Such as {@code Firefox, Linux}.
   *
   * @param userAgent the header, null when there is none
   * @return empty for what is not known
   */
  public static String of(@Nullable String userAgent) {
    if (userAgent == null || userAgent.length() > LONGEST) {
      return "";
    }
    Optional<String> browser = find(BROWSERS, userAgent);
    Optional<String> system = find(SYSTEMS, userAgent);
    if (browser.isPresent() && system.isPresent()) {
      return browser.get() + ", " + system.get();
    }
    return browser.or(() -> system).orElse("");
  }

  private static Optional<String> find(List<Sign> signs, String text) {
    return signs.stream().filter(sign -> text.contains(sign.text())).map(Sign::name).findFirst();
  }
}
