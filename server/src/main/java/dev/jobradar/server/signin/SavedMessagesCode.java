package dev.jobradar.server.signin;

import dev.jobradar.server.account.AccountException;
import dev.jobradar.server.account.Accounts;
import dev.jobradar.server.account.Profile;
import dev.jobradar.server.users.User;
import dev.jobradar.server.users.Users;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Sends a code of ours to where only the owner of a Telegram account can read it. */
@Component
class SavedMessagesCode {
  private static final Logger log = LoggerFactory.getLogger(SavedMessagesCode.class);

  /** Whoever waits at a sign-in page is better served by Telegram's own code after that. */
  private static final Duration PATIENCE = Duration.ofSeconds(12);

  private final SecureRandom random = new SecureRandom();
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("sign-in-", 0).factory());
  private final Accounts accounts;
  private final Users users;
  private final LoginCodes codes;

  SavedMessagesCode(Accounts accounts, Users users, LoginCodes codes) {
    this.accounts = accounts;
    this.users = users;
    this.codes = codes;
  }

  /**
   * Sends a code to the Saved Messages of this user, if their account has this phone number still.
   *
   * @return whether it was sent; if not, there is no code
   */
  boolean send(User user, String phone) throws InterruptedException {
    Future<Boolean> sending = threads.submit(() -> sendNow(user, phone));
    boolean sent = false;
    try {
      sent = sending.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      log.info("{}: no code could be sent to Saved Messages in time", user.id());
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof AccountException failure)) {
        throw new IllegalStateException("a code could not be sent", e.getCause());
      }
      log.info("{}: no code can be sent to Saved Messages: {}", user.id(), failure.getMessage());
    } finally {
      if (!sent) {
        // A message that arrives all the same holds a code that is void.
        sending.cancel(true);
        codes.withdraw(user.id());
      }
    }
    return sent;
  }

  private boolean sendNow(User user, String phone) throws InterruptedException {
    Profile profile = accounts.profile(user.id());
    users.seen(
        user.id(), profile.telegramUserId(), profile.phone(), profile.name(), profile.username());
    if (profile.phone() != null && !profile.phone().equals(phone)) {
      log.info("{} has another phone number by now", user.id());
      return false;
    }
    String code = codes.issue(user.id());
    accounts.sendToSelf(user.id(), text(code), random.nextLong());
    return true;
  }

  static String text(String code) {
    return "Ваш код входа в JobRadar: " + code + "\n\nКод действителен 5 минут.";
  }
}
