package dev.jobradar.clients;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Closes clients that have not been used for a while, unless something keeps them open. */
final class IdleTimeout {
  private final ConcurrentHashMap<UserId, Integer> keptOpen = new ConcurrentHashMap<>();
  private final SlotTable slots;
  private final Time time;
  private final Duration drain;

  /**
   * A time-out that looks at the clients from now on.
   *
   * @param idleAfter after how long an unused client is closed, null for never
   * @param drain the longest to wait for calls that are under way
   */
  IdleTimeout(SlotTable slots, Time time, @Nullable Duration idleAfter, Duration drain) {
    this.slots = slots;
    this.time = time;
    this.drain = drain;
    if (idleAfter != null) {
      scheduleCheck(idleAfter);
    }
  }

  private void scheduleCheck(Duration idleAfter) {
    Duration interval = Duration.ofMillis(Math.max(10, idleAfter.toMillis() / 4));
    time.after(
        interval,
        () -> {
          closeUnusedSince(time.now().minus(idleAfter));
          if (!slots.isClosed()) {
            scheduleCheck(idleAfter);
          }
        });
  }

  private void closeUnusedSince(Instant limit) {
    for (Slot slot : slots.all()) {
      boolean idle = !slot.idleSince().isAfter(limit);
      if (idle && !keptOpen.containsKey(slot.user())) {
        slot.handle(new SlotEvent.Disconnect(CloseReason.IDLE, drain));
      }
    }
  }

  /** Keeps a user's client open until the result is run. */
  Runnable keepOpen(UserId user) {
    keptOpen.merge(user, 1, Integer::sum);
    return () -> keptOpen.computeIfPresent(user, (_, n) -> n == 1 ? null : n - 1);
  }
}
