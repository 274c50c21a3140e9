package dev.jobradar.server.signin;

import dev.jobradar.server.account.AccountException;
import dev.jobradar.server.account.Accounts;
import dev.jobradar.server.account.FloodWaits;
import dev.jobradar.server.account.Profile;
import dev.jobradar.server.users.User;
import dev.jobradar.server.users.Users;
import dev.jobradar.telegram.content.MessageContent;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
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
class OneTimeCodeSender {
  private static final Logger log = LoggerFactory.getLogger(OneTimeCodeSender.class);

  /** After this time Telegram's own code serves a waiting person better. */
  private static final Duration PATIENCE = Duration.ofSeconds(12);

  private final SecureRandom random = new SecureRandom();
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("sign-in-", 0).factory());
  private final Accounts accounts;
  private final Users users;
  private final OneTimeCodes codes;
  private final FloodWaits floodWaits;

  OneTimeCodeSender(Accounts accounts, Users users, OneTimeCodes codes, FloodWaits floodWaits) {
    this.accounts = accounts;
    this.users = users;
    this.codes = codes;
    this.floodWaits = floodWaits;
  }

  /**
   * Sends a code to the Saved Messages of this user, if their account has this phone number still
   * and need not wait before it sends.
   *
   * <p>The code is good from when it is known to be sent, in the browser that asked. Until then one
   * that it was sent before stays good. A message that arrives although its sending failed holds a
   * code that never was good.
   *
   * @return whether it was sent; if not, there is no new code
   */
  boolean send(User user, String phone, Requester who) throws InterruptedException {
    Future<Optional<String>> sending = threads.submit(() -> sendNow(user, phone, who));
    Optional<String> sent = Optional.empty();
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
      sending.cancel(true);
    }
    sent.ifPresent(code -> codes.begin(user.id(), code, who.freshSecret(), who.secret()));
    return sent.isPresent();
  }

  private Optional<String> sendNow(User user, String phone, Requester who)
      throws InterruptedException {
    Optional<Instant> wait = floodWaits.until(user.id(), FloodWaits.SENDING);
    if (wait.isPresent()) {
      log.info("{}: no code is sent to Saved Messages before {}", user.id(), wait.get());
      return Optional.empty();
    }
    Profile profile = accounts.profile(user.id());
    users.seen(
        user.id(), profile.telegramUserId(), profile.phone(), profile.name(), profile.username());
    if (profile.phone() != null && !profile.phone().equals(phone)) {
      log.info("{} has another phone number by now", user.id());
      return Optional.empty();
    }
    String code = codes.make();
    accounts.sendToSelf(
        user.id(), MessageContent.of(SignInMessages.code(user, code, who)), random.nextLong());
    return Optional.of(code);
  }
}
