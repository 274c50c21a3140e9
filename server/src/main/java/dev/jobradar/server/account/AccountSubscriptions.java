package dev.jobradar.server.account;

import dev.jobradar.clients.ClientHook;
import dev.jobradar.clients.CloseReason;
import dev.jobradar.clients.SessionEnd;
import dev.jobradar.clients.UserClientsListener;
import dev.jobradar.clients.UserId;
import dev.jobradar.telegram.TelegramClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;

/**
 * What all users watch: hears of their clients' lives, and gives each its {@link
 * UserSubscriptions}.
 */
final class AccountSubscriptions implements ClientHook, UserClientsListener {
  private static final Logger log = LoggerFactory.getLogger(AccountSubscriptions.class);

  private final ConcurrentHashMap<UserId, UserSubscriptions> watching = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<UserId, TelegramClient> open = new ConcurrentHashMap<>();
  private final Supplier<AccountEvents> events;
  private final ApplicationEventPublisher publisher;

  /**
   * @param events asked for when something has come: who hears them uses this package itself
   */
  AccountSubscriptions(Supplier<AccountEvents> events, ApplicationEventPublisher publisher) {
    this.events = events;
    this.publisher = publisher;
  }

  /**
   * Says what a user wants. Who wants nothing is remembered for as long as their client is open:
   * its updates go on telling the one that started them.
   */
  void want(UserId user, WatchList list) {
    boolean nothing = list.channels().isEmpty();
    UserSubscriptions mine =
        watching.compute(
            user,
            (id, known) -> {
              if (known == null && nothing) {
                return null;
              }
              UserSubscriptions told =
                  known == null ? new UserSubscriptions(id, events.get()) : known;
              told.want(list);
              return nothing && !open.containsKey(id) ? null : told;
            });
    TelegramClient client = open.get(user);
    if (mine != null && client != null) {
      mine.openedIfNew(client);
    }
  }

  /** Users who watch something and have no client for it. */
  List<UserId> withoutClient() {
    List<UserId> users = new ArrayList<>();
    watching.forEach((user, mine) -> {
      if (mine.needsClient()) {
        users.add(user);
      }
    });
    return users;
  }

  /** Lets channels that share their user's places take turns; called every second. */
  void tick() {
    for (UserSubscriptions each : watching.values()) {
      try {
        each.tick();
      } catch (RuntimeException e) {
        log.error("a user's channels could not take turns", e);
      }
    }
  }

  // --- clients -------------------------------------------------------------------------------

  @Override
  public void opened(UserId user, TelegramClient client) {
    open.put(user, client);
    UserSubscriptions mine = watching.get(user);
    if (mine != null) {
      mine.openedIfNew(client);
    }
  }

  @Override
  public void closed(UserId user, TelegramClient client, CloseReason why) {
    open.remove(user, client);
    watching.computeIfPresent(
        user,
        (id, mine) -> {
          mine.closed(client);
          return mine.isEmpty() ? null : mine;
        });
  }

  @Override
  public void connected(UserId user, Duration took) {
    publish(new AccountConnected(user));
  }

  @Override
  public void reconnected(UserId user, Duration took) {
    publish(new AccountConnected(user));
  }

  @Override
  public void sessionEnded(UserId user, SessionEnd end) {
    publish(new SessionEnded(user, end.reason()));
  }

  /** Beside the caller, who must not wait for those who listen. */
  private void publish(Object event) {
    Thread.ofVirtual()
        .name("account-events")
        .start(() -> {
          try {
            publisher.publishEvent(event);
          } catch (RuntimeException e) {
            log.error("an account's event could not be handled", e);
          }
        });
  }
}
