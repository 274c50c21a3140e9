package dev.jobradar.server.web.users;

import dev.jobradar.server.account.Accounts;
import dev.jobradar.server.signin.TelegramDisconnected;
import dev.jobradar.server.users.User;
import dev.jobradar.server.web.Browsers;
import dev.jobradar.server.web.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Ends what JobRadar may do in a person's Telegram account. Thread-safe. */
@Component
public class Disconnection {
  private final Accounts accounts;
  private final Browsers browsers;
  private final ApplicationEventPublisher events;

  Disconnection(Accounts accounts, Browsers browsers, ApplicationEventPublisher events) {
    this.accounts = accounts;
    this.browsers = browsers;
    this.events = events;
  }

  /**
   * Ends the session at Telegram, deletes it, and signs all browsers out.
   *
   * @throws ProblemException 503 when Telegram could not be told: then nothing has changed
   */
  public void disconnect(User user) throws InterruptedException {
    if (!accounts.logOut(user.id())) {
      throw new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, "telegram_not_told");
    }
    events.publishEvent(new TelegramDisconnected(user.id()));
  }

  /**
   * As {@link #disconnect}, but the person stays signed in in this browser, by a new session: a
   * copy of its cookie is worth nothing.
   */
  public void disconnectAndStay(User user, HttpServletRequest request, HttpServletResponse response)
      throws InterruptedException {
    disconnect(user);
    browsers.signedIn(user, request, response);
  }
}
