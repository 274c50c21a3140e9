package dev.jobradar.clients;

import dev.jobradar.mtproto.MtprotoException;
import java.time.Duration;
import java.time.Instant;

/** What happens to a user's slot. Those that carry a client concern only a slot that holds it. */
sealed interface SlotEvent {
  /** The store has a sign-in, and this is a client for it, not opened yet. */
  record Found(ManagedClient client) implements SlotEvent {}

  /** The store has none that could be tried. */
  record NotFound(ClientResult answer) implements SlotEvent {}

  /** The store could not be asked. */
  record LookupFailed(Exception cause) implements SlotEvent {}

  /** Calls travel, for the first time or again. */
  record Ready(ManagedClient client) implements SlotEvent {}

  /** The store and the hook know of it. */
  record Prepared(ManagedClient client, int round) implements SlotEvent {}

  /** The connection failed and will be dialled again. */
  record Lost(ManagedClient client, MtprotoException cause, Instant nextTry) implements SlotEvent {}

  /** The client can never work again. */
  record Failed(ManagedClient client, MtprotoException cause) implements SlotEvent {}

  /** Somebody else closed the client. */
  record ClosedByCaller(ManagedClient client) implements SlotEvent {}

  /** It is to be closed and forgotten. */
  record Disconnect(CloseReason why, Duration drain) implements SlotEvent {}

  /** Its sign-in is to be ended at Telegram. */
  record LogOut() implements SlotEvent {}

  /**
   * The client was seen closed, and the hook knows.
   *
   * @param loggedOut whether its sign-in was ended at Telegram before
   */
  record SeenClosed(ManagedClient client, boolean loggedOut) implements SlotEvent {}

  /** The client should have been closed by now, and the hook have heard of it. */
  record NotClosedInTime(ManagedClient client) implements SlotEvent {}

  /** The store knows what it had to. */
  record Recorded() implements SlotEvent {}

  /** A failed slot has rested. */
  record BackoffOver() implements SlotEvent {}

  /** It is to be closed and kept closed for this reservation. */
  record Reserve(Reservation reservation) implements SlotEvent {}

  /**
   * The reservation gives a client, opened already; {@link ManagedClient#reportState} then says how
   * it stands.
   */
  record HandOver(Reservation reservation, ManagedClient client) implements SlotEvent {}

  /** The reservation lets go. */
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
