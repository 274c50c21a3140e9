package dev.jobradar.clients;

import dev.jobradar.mtproto.MtprotoException;
import java.time.Duration;
import java.time.Instant;

/** What happens to a user's slot. Those that carry a line concern only a slot that holds it. */
sealed interface SlotEvent {
  /** The store has a sign-in, and this is a client for it, not opened yet. */
  record Found(Line line) implements SlotEvent {}

  /** The store has none that could be tried. */
  record NotFound(Answer answer) implements SlotEvent {}

  /** The store could not be asked. */
  record LookupFailed(Exception cause) implements SlotEvent {}

  /** Calls travel, for the first time or again. */
  record Ready(Line line) implements SlotEvent {}

  /** The store and the hook know of it. */
  record Greeted(Line line, int round) implements SlotEvent {}

  /** The connection failed and will be dialled again. */
  record Lost(Line line, MtprotoException cause, Instant nextTry) implements SlotEvent {}

  /** The client can never work again. */
  record Doomed(Line line, MtprotoException cause) implements SlotEvent {}

  /** Somebody else closed the client. */
  record ClosedByCaller(Line line) implements SlotEvent {}

  /** It is to be closed and forgotten. */
  record Disconnect(ClosedBecause why, Duration drain) implements SlotEvent {}

  /** Its sign-in is to be ended at Telegram. */
  record LogOut() implements SlotEvent {}

  /**
   * The client was seen closed, and the hook knows.
   *
   * @param loggedOut whether its sign-in was ended at Telegram before
   */
  record SeenClosed(Line line, boolean loggedOut) implements SlotEvent {}

  /** The client should have been closed by now, and the hook have heard of it. */
  record NotClosedInTime(Line line) implements SlotEvent {}

  /** The store knows what it had to. */
  record Noted() implements SlotEvent {}

  /** A failed slot has rested. */
  record Rested() implements SlotEvent {}

  /** It is to be closed and kept closed for this holder. */
  record Hold(Holder holder) implements SlotEvent {}

  /** The holder gives a client, opened already; {@link Line#sync} then says how it stands. */
  record Give(Holder holder, Line line) implements SlotEvent {}

  /** The holder lets go. */
  record Release(Holder holder) implements SlotEvent {}

  /** Who keeps a slot closed; compared by identity. */
  final class Holder {
    private final String purpose;

    Holder(String purpose) {
      this.purpose = purpose;
    }

    @Override
    public String toString() {
      return purpose;
    }
  }
}
