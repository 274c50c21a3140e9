package dev.jobradar.server.web;

import dev.jobradar.server.signin.BrowserName;
import dev.jobradar.server.signin.Devices;
import dev.jobradar.server.signin.Requester;
import dev.jobradar.server.signin.TelegramDisconnected;
import dev.jobradar.server.users.User;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * The browsers of people: what they are known by before anybody has signed in, and in which of them
 * somebody is signed in. Thread-safe.
 */
@Component
public class Browsers {
  /** Longer than any sign-in takes. */
  private static final Duration SIGN_IN = Duration.ofMinutes(15);

  private final WebSessions sessions;
  private final Devices devices;
  private final ApplicationEventPublisher events;

  /** With these stores. */
  public Browsers(WebSessions sessions, Devices devices, ApplicationEventPublisher events) {
    this.sessions = sessions;
    this.devices = devices;
    this.events = events;
  }

  /** Who asks to sign in. */
  public Requester requester(HttpServletRequest request) {
    return Requester.of(
        ClientAddress.of(request),
        BrowserName.of(request.getHeader(HttpHeaders.USER_AGENT)),
        Cookies.SIGN_IN.read(request).orElse(null),
        Cookies.DEVICE.read(request).flatMap(devices::find).orElse(null));
  }

  /**
   * A sign-in has begun.
   *
   * @param codeSent whether a code of ours was sent, which works for the fresh secret only
   * @return what the browser is known by from now on
   */
  public String asked(
      Requester who, boolean codeSent, HttpServletRequest request, HttpServletResponse response) {
    String known = who.secret();
    String secret = codeSent || known == null ? who.freshSecret() : known;
    Cookies.SIGN_IN.write(request, response, secret, SIGN_IN);
    return secret;
  }

  /** What a browser that asked to sign in is known by. */
  public Optional<String> asking(HttpServletRequest request) {
    return Cookies.SIGN_IN.read(request);
  }

  /** Somebody has signed in in this browser; its earlier session is over. */
  public void signedIn(User user, HttpServletRequest request, HttpServletResponse response) {
    Cookies.SESSION.read(request).ifPresent(sessions::end);
    Devices.Issued device =
        devices.signedIn(
            user.id(), Cookies.DEVICE.read(request).flatMap(devices::find).orElse(null));
    WebSessions.Browser browser =
        new WebSessions.Browser(
            BrowserName.of(request.getHeader(HttpHeaders.USER_AGENT)),
            ClientAddress.of(request).widest(),
            device.device().id());
    String token = sessions.begin(user.id(), browser);
    Cookies.SESSION.write(request, response, token, WebSession.LIFETIME);
    Cookies.DEVICE.write(request, response, device.token(), Devices.LIFETIME);
  }

  /** Nobody is signed in in this browser any more. It stays one that has signed in before. */
  public void signedOut(HttpServletRequest request, HttpServletResponse response) {
    Cookies.SESSION.read(request).ifPresent(sessions::end);
    Cookies.SESSION.write(request, response, "", Duration.ZERO);
  }

  /** As {@link #signedOut}, and the browser has nothing left that it was known by. */
  public void forgotten(HttpServletRequest request, HttpServletResponse response) {
    signedOut(request, response);
    Cookies.DEVICE.write(request, response, "", Duration.ZERO);
    Cookies.SIGN_IN.write(request, response, "", Duration.ZERO);
  }

  /** The browsers in which this user is signed in, the one seen last first. */
  public List<WebSessions.SignedIn> of(User user) {
    return sessions.list(user.id());
  }

  /** The number of the session that a request comes with. */
  public Optional<Long> current(HttpServletRequest request) {
    return Visitor.session(request);
  }

  /**
   * Signs a user's browser out: it is a stranger's from now on.
   *
   * @return whether it was one of theirs
   */
  public boolean end(User user, long session) {
    Optional<WebSessions.Browser> browser = sessions.browser(user.id(), session);
    if (browser.isEmpty() || !sessions.end(user.id(), session)) {
      return false;
    }
    Long device = browser.get().device();
    if (device != null) {
      devices.revoke(user.id(), device);
    }
    events.publishEvent(new BrowserSessionsEnded(user.id()));
    return true;
  }

  /** Signs all browsers of a user out but the one of this session. */
  public void endOthers(User user, long session) {
    Long device =
        sessions.browser(user.id(), session).map(WebSessions.Browser::device).orElse(null);
    sessions.endOthers(user.id(), session);
    devices.revokeOthers(user.id(), device);
    events.publishEvent(new BrowserSessionsEnded(user.id()));
  }

  /** Who has no Telegram session, by their own will or an admin's, is signed in nowhere. */
  @EventListener
  void on(TelegramDisconnected disconnected) {
    sessions.endAll(disconnected.user());
    events.publishEvent(new BrowserSessionsEnded(disconnected.user()));
  }
}
