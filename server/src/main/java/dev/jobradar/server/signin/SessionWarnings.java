package dev.jobradar.server.signin;

import dev.jobradar.server.account.AccountException;
import dev.jobradar.server.account.Accounts;
import dev.jobradar.server.users.User;
import dev.jobradar.server.users.Users;
import dev.jobradar.telegram.content.MessageContent;
import java.security.SecureRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells people where only they can read it that somebody has a copy of their cookie. */
@Component
class SessionWarnings {
  private static final Logger log = LoggerFactory.getLogger(SessionWarnings.class);

  private final SecureRandom random = new SecureRandom();
  private final Users users;
  private final Accounts accounts;

  SessionWarnings(Users users, Accounts accounts) {
    this.users = users;
    this.accounts = accounts;
  }

  /** The request that showed it does not wait for Telegram. */
  @EventListener
  void on(SessionCopied copied) {
    log.warn(
        "{}: a browser's session is ended: its token was used after it was replaced",
        copied.user());
    users
        .find(copied.user())
        .filter(user -> !user.disabled())
        .ifPresent(
            user -> Thread.ofVirtual().name("session-warning").start(() -> send(user, copied)));
  }

  private void send(User user, SessionCopied copied) {
    String text = SignInMessages.copied(user, copied.browser(), copied.place());
    try {
      accounts.sendToSelf(user.id(), MessageContent.of(text), random.nextLong());
    } catch (AccountException e) {
      log.info("{}: the warning about it could not be sent: {}", user.id(), e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
