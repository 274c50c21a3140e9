package dev.jobradar.clients;

import dev.jobradar.clients.SlotEvent.Reservation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Users' slots that one sign-in keeps closed, so that no client of theirs is open beside the new
 * one. Thread-safe; slots are released with no lock held.
 */
final class ReservedSlots {
  private final SlotTable slots;
  private final Reservation reservation;

  /** Guarded by {@code this}. */
  private final Map<UserId, Slot> reserved = new HashMap<>(2);

  ReservedSlots(SlotTable slots, String purpose) {
    this.slots = slots;
    this.reservation = new Reservation(purpose);
  }

  /**
   * Closes a user's client and keeps the slot closed; does nothing when it is kept already. For one
   * thread at a time.
   *
   * @throws NoClientException when the client that is there does not close in time
   */
  void reserve(UserId user, Duration within) throws InterruptedException {
    synchronized (this) {
      if (reserved.containsKey(user)) {
        return;
      }
    }
    Slot slot = slots.reserve(user, reservation, within);
    synchronized (this) {
      reserved.put(user, slot);
    }
  }

  /**
   * Hands a user's reserved slot a client that is open already.
   *
   * @return false when that slot is not reserved, or all was closed meanwhile: the client is still
   *     the caller's to close
   */
  boolean handOver(UserId user, ManagedClient client) {
    @Nullable Slot slot;
    synchronized (this) {
      slot = reserved.remove(user);
    }
    return slot != null && slots.handOver(slot, reservation, client);
  }

  void releaseAll() {
    List<Slot> all;
    synchronized (this) {
      all = new ArrayList<>(reserved.values());
      reserved.clear();
    }
    all.forEach(slot -> slots.release(slot, reservation));
  }
}
