package dev.jobradar.server.web;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;

/** A cookie that no script can read and no other site's form brings along, {@link #ZONE} apart. */
public enum Cookies {
  /** The token of {@link WebSessions}. */
  SESSION("auth_token", "/"),
  /** The token of a browser that has signed in before: {@code Devices}. */
  DEVICE("device", "/"),
  /** What a browser that asked for a code is known by. */
  SIGN_IN("sign_in", "/"),
  /** The language of who has not signed in. */
  LANGUAGE("language", "/"),
  /** How pages look in this browser. */
  THEME("theme", "/"),
  /** The browser's time zone; a script of the pages writes it. */
  ZONE("zone", "/");

  private final String name;
  private final String path;

  Cookies(String name, String path) {
    this.name = name;
    this.path = path;
  }

  /** Its name. */
  public String cookieName() {
    return name;
  }

  /** What a request comes with. */
  public Optional<String> read(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    if (cookies == null) {
      return Optional.empty();
    }
    // The last: an earlier version gave some of them a longer path, and those come first.
    return Arrays.stream(cookies)
        .filter(cookie -> cookie.getName().equals(name))
        .reduce((_, later) -> later)
        .map(Cookie::getValue);
  }

  /**
   * Gives it to the browser.
   *
   * @param age for how long; zero takes it away
   */
  public void write(
      HttpServletRequest request, HttpServletResponse response, String value, Duration age) {
    ResponseCookie cookie =
        ResponseCookie.from(name, value)
            .path(path)
            .httpOnly(true)
            .sameSite("Lax")
            .secure(request.isSecure())
            .maxAge(age)
            .build();
    response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
  }
}
