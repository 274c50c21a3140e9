package dev.jobradar.clients;

import dev.jobradar.clients.SlotEvent.Reservation;
import dev.jobradar.telegram.session.SavedSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The slots of all users, at most one each. A slot leaves the table only after its client was seen
 * closed, and only then are those woken who wait to open the next.
 *
 * <p>Thread-safe. Methods that wait are interruptible, and wait with no lock held.
 */
final class SlotTable {
  private final ConcurrentHashMap<UserId, Slot> slots = new ConcurrentHashMap<>();
  private final SlotContext context;
  private volatile boolean closed;

  /**
   * An empty table.
   *
   * @param factory makes the client for a sign-in, without opening it
   * @param drain the longest to wait for calls of a client that makes room for another
   */
  SlotTable(
      SessionStore store,
      BiFunction<UserId, SavedSession, ManagedClient> factory,
      ClientHook hook,
      UserClientsListener listener,
      Time time,
      Duration drain) {
    this.context =
        new SlotContext(
            store,
            factory,
            hook,
            listener,
            time,
            drain,
            new FailureBackoff(),
            slot -> slots.remove(slot.user(), slot),
            () -> closed);
  }

  /** A user's slot, null when there is none. */
  @Nullable Slot find(UserId user) {
    return slots.get(user);
  }

  /** All slots, as they are while it is looked through. */
  Collection<Slot> all() {
    return slots.values();
  }

  /**
   * A user's slot; makes one, and has it look the sign-in up, when there is none.
   *
   * @throws UserClientsClosedException when the table is closed
   */
  Slot findOrOpen(UserId user) {
    if (closed) {
      throw new UserClientsClosedException();
    }
    Slot present = slots.get(user);
    if (present != null) {
      return present;
    }
    Slot fresh = new Slot(user, context, new SlotState.Loading());
    Slot earlier = put(fresh);
    if (earlier != null) {
      return earlier;
    }
    fresh.begin();
    return fresh;
  }

  /**
   * Puts a slot into the map unless there is one: that is returned then.
   *
   * <p>{@link #close} sets {@code closed} before it looks through the map, and here it is read
   * after the map has the slot: whichever comes first, no slot is left behind.
   */
  private @Nullable Slot put(Slot fresh) {
    if (closed) {
      throw new UserClientsClosedException();
    }
    Slot earlier = slots.putIfAbsent(fresh.user(), fresh);
    if (earlier == null && closed) {
      fresh.handle(new SlotEvent.Disconnect(CloseReason.SHUTDOWN, Duration.ZERO));
      throw new UserClientsClosedException();
    }
    return earlier;
  }

  // --- one client makes room for another -----------------------------------------------------

  /**
   * Closes a user's client and keeps the slot closed, until {@link #handOver} or {@link #release}.
   *
   * @throws NoClientException when the client that is there does not close in time
   * @throws UserClientsClosedException when the table is closed
   */
  Slot reserve(UserId user, Reservation reservation, Duration within) throws InterruptedException {
    long deadline = System.nanoTime() + within.toNanos();
    while (true) {
      Slot fresh = new Slot(user, context, new SlotState.Reserved(reservation));
      Slot slot = put(fresh);
      if (slot == null) {
        return fresh;
      }
      if (awaitReserved(slot, reservation, deadline)) {
        return slot;
      }
    }
  }

  /** Whether it is reserved; else it is gone. */
  private boolean awaitReserved(Slot slot, Reservation reservation, long deadline)
      throws InterruptedException {
    boolean reserved = false;
    try {
      while (true) {
        SlotState state = slot.handle(new SlotEvent.Reserve(reservation));
        if (state instanceof SlotState.Gone) {
          return false;
        }
        reserved = state instanceof SlotState.Reserved(Reservation mine) && mine == reservation;
        if (reserved) {
          return true;
        }
        if (slot.awaitChange(state, deadline).equals(state)) {
          throw new NoClientException(
              new ClientResult.Unreachable(
                  new NotConnectedException("the previous client does not close in time"),
                  context.time().now()));
        }
      }
    } finally {
      if (!reserved) {
        slot.handle(new SlotEvent.Release(reservation));
      }
    }
  }

  /**
   * Gives a reserved slot a client that is open already.
   *
   * @return false when the slot was closed meanwhile: the client is still the caller's to close
   */
  boolean handOver(Slot slot, Reservation reservation, ManagedClient client) {
    client.attach(slot);
    boolean given =
        client.equals(slot.handle(new SlotEvent.HandOver(reservation, client)).client());
    client.reportState();
    return given;
  }

  void release(Slot slot, Reservation reservation) {
    slot.handle(new SlotEvent.Release(reservation));
  }

  // --- closing -------------------------------------------------------------------------------

  /**
   * Closes a user's client and forgets it.
   *
   * @return whether nothing of the user's is open any more
   */
  boolean disconnect(UserId user, CloseReason why, Duration drain, long deadline)
      throws InterruptedException {
    Slot slot = slots.get(user);
    if (slot == null) {
      return true;
    }
    slot.handle(new SlotEvent.Disconnect(why, drain));
    return awaitNoClient(slot, deadline);
  }

  /**
   * Closes all clients at once and forgets them.
   *
   * @return the users of those that are not closed by then
   */
  Set<UserId> disconnectAll(CloseReason why, Duration drain, long deadline)
      throws InterruptedException {
    List<Slot> all = new ArrayList<>(slots.values());
    for (Slot slot : all) {
      slot.handle(new SlotEvent.Disconnect(why, drain));
    }
    Set<UserId> left = new HashSet<>();
    for (Slot slot : all) {
      if (!awaitNoClient(slot, deadline)) {
        left.add(slot.user());
      }
    }
    return left;
  }

  private static boolean awaitNoClient(Slot slot, long deadline) throws InterruptedException {
    SlotState state = slot.state();
    while (state instanceof SlotState.Closing) {
      SlotState next = slot.awaitChange(state, deadline);
      if (next.equals(state)) {
        return false;
      }
      state = next;
    }
    return true;
  }

  /** From now on no slot is added. */
  void close() {
    closed = true;
  }

  boolean isClosed() {
    return closed;
  }

  /** Waits until no slot is left: slots without a client may still report an end to the store. */
  void awaitEmpty(long deadline) throws InterruptedException {
    while (!slots.isEmpty() && deadline - System.nanoTime() > 0) {
      for (Slot slot : slots.values()) {
        SlotState seen = slot.state();
        SlotState next = slot.awaitChange(seen, deadline);
        assert next != null;
      }
    }
  }
}
