package dev.jobradar.clients;

import dev.jobradar.mtproto.MtprotoException;
import java.time.Duration;
import java.time.Instant;

/** What happens to a user's slot. Events with a client only concern a slot that holds it. */
sealed interface SlotEvent {
  /** The store has a sign-in, and this is a client for it, not opened yet. */
  record Found(ManagedClient client) implements SlotEvent {}

  /** The store has no usable sign-in. */
  record NotFound(ClientResult answer) implements SlotEvent {}

  /** The store failed. */
  record LookupFailed(Exception cause) implements SlotEvent {}

  /** The client is connected, for the first time or again. */
  record Ready(ManagedClient client) implements SlotEvent {}

  /** Store and hook have been called. */
  record Prepared(ManagedClient client, int round) implements SlotEvent {}

  /** The connection failed and will be dialled again. */
  record Lost(ManagedClient client, MtprotoException cause, Instant nextTry) implements SlotEvent {}

  /** The client can never work again. */
  record Failed(ManagedClient client, MtprotoException cause) implements SlotEvent {}

  /** Somebody else closed the client. */
  record ClosedByCaller(ManagedClient client) implements SlotEvent {}

  /** Close the client and forget it. */
  record Disconnect(CloseReason why, Duration drain) implements SlotEvent {}

  /** Log the sign-in out at Telegram. */
  record LogOut() implements SlotEvent {}

  /**
   * The client was seen closed, and the hook was called.
   *
   * @param loggedOut whether its sign-in was logged out at Telegram before
   */
  record SeenClosed(ManagedClient client, boolean loggedOut) implements SlotEvent {}

  /** The client should be closed by now, and the hook should have returned. */
  record NotClosedInTime(ManagedClient client) implements SlotEvent {}

  /** The store has recorded it. */
  record Recorded() implements SlotEvent {}

  /** The backoff of a failed slot is over. */
  record BackoffOver() implements SlotEvent {}

  /** Close the client and keep the slot closed for this reservation. */
  record Reserve(Reservation reservation) implements SlotEvent {}

  /**
   * The reservation hands over a client that is open already; {@link ManagedClient#reportState}
   * then reports its state.
   */
  record HandOver(Reservation reservation, ManagedClient client) implements SlotEvent {}

  /** The reservation is released. */
  record Release(Reservation reservation) implements SlotEvent {}

  /** Who keeps a slot closed; compared by identity. */
  final class Reservation {
    private final String purpose;

    Reservation(String purpose) {
      this.purpose = purpose;
    }

    @Override
    public String toString() {
      return purpose;
    }
  }
}
