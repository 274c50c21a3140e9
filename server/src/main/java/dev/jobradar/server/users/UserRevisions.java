package dev.jobradar.server.users;

import dev.jobradar.clients.UserId;
import java.util.concurrent.atomic.AtomicLongArray;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Tells whether what is kept in memory of a user is still what is stored. A user's revision grows
 * after each stored change of their plan, tasks, sources or channels, before whoever made the
 * change hears that it is stored. It may also grow for no reason: users share numbers.
 *
 * <p>To keep a value, take the revision, then read the database: the value holds for as long as the
 * revision does. Thread-safe; of constant size.
 */
public final class UserRevisions {
  private static final int NUMBERS = 1 << 14;

  private final AtomicLongArray numbers = new AtomicLongArray(NUMBERS);

  UserRevisions() {}

  /** The revision of what is stored now. */
  public long of(UserId user) {
    return numbers.get(index(user));
  }

  /** Something was stored; within a transaction it counts from the end of that. */
  public void changed(UserId user) {
    if (TransactionSynchronizationManager.isSynchronizationActive()) {
      TransactionSynchronizationManager.registerSynchronization(
          new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
              numbers.incrementAndGet(index(user));
            }
          });
    } else {
      numbers.incrementAndGet(index(user));
    }
  }

  private static int index(UserId user) {
    return Long.hashCode(user.value()) & (NUMBERS - 1);
  }
}
