package dev.jobradar.clients;

import dev.jobradar.telegram.session.SavedSession;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the client of a completed sign-in its user's client, and logs the key out that it replaces.
 *
 * <p>There is one connection of the account at a time: the new client closes, the old key connects,
 * logs out and closes, the new key connects.
 *
 * <p>{@link #place} is for one thread, once; {@link #shutDown} may come at any moment.
 */
final class ClientHandover {
  private static final Logger log = LoggerFactory.getLogger(ClientHandover.class);

  private final UserClients clients;
  private final PacedClient client;
  private final ReservedSlots reserved;
  private volatile boolean shuttingDown;

  /** The client of the key that is replaced, while it logs out. */
  private volatile @Nullable ManagedClient oldClient;

  ClientHandover(UserClients clients, PacedClient client, ReservedSlots reserved) {
    this.clients = clients;
    this.client = client;
    this.reserved = reserved;
  }

  /**
   * Puts the client into its user's slot. Whatever fails, the sign-in is stored and the client is
   * not left open without an owner.
   *
   * @param replaced the sign-in whose key is to be logged out, null when there is none
   */
  void place(UserId user, @Nullable SavedSession replaced, Duration within)
      throws InterruptedException {
    boolean free = false;
    try {
      reserved.reserve(user, within);
      free = true;
    } catch (NoClientException | UserClientsClosedException e) {
      log.warn("{}: signed in, but not connected: {}", user, e.getMessage());
    } finally {
      if (!free) {
        if (replaced != null) {
          oldSessionRemains(user);
        }
        clients.unowned().closeThen(client, reserved::releaseAll);
      }
    }
    if (!free) {
      return;
    }
    if (replaced != null) {
      replace(user, replaced);
    } else if (reserved.handOver(user, client)) {
      reserved.releaseAll();
    } else {
      clients.unowned().closeThen(client, reserved::releaseAll);
    }
  }

  private void replace(UserId user, SavedSession replaced) {
    Runnable reconnect =
        () -> {
          reserved.releaseAll();
          try {
            clients.connectAll(List.of(user));
          } catch (UserClientsClosedException e) {
            log.debug("{}: the pool was closed meanwhile", user);
          }
        };
    if (!clients.unowned().tryClose(client)) {
      oldSessionRemains(user);
      clients.unowned().closeThen(client, reconnect);
      return;
    }
    PacedClient old = clients.newClient(user, replaced);
    if (!logOutClient(old)) {
      oldSessionRemains(user);
    }
    clients.unowned().closeThen(old, reconnect);
  }

  private boolean logOutClient(ManagedClient old) {
    oldClient = old;
    // Set first and read after; shutDown does it the other way round, so one of the two sees it.
    if (shuttingDown) {
      return false;
    }
    old.prioritize();
    old.open();
    return old.logOut(Slot.LOG_OUT_TIMEOUT);
  }

  private void oldSessionRemains(UserId user) {
    log.warn("{}: the previous sign-in could not be logged out at Telegram", user);
    clients.notifyListener(listener -> listener.oldSessionRemains(user));
  }

  /** Opens nothing from now on, and cuts a log-out short that is under way. */
  void shutDown() {
    shuttingDown = true;
    ManagedClient old = oldClient;
    if (old != null) {
      boolean closed = clients.unowned().tryClose(old);
      log.debug("the log-out of a replaced key was cut short: {}", closed);
    }
  }
}
