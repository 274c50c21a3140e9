package dev.jobradar.clients;

import dev.jobradar.telegram.session.SavedSession;
import java.time.Duration;
import java.time.Instant;

/** What is to be done after a slot's state has changed. */
sealed interface SlotEffect {
  /** Open the client. */
  record Open(Line line) implements SlotEffect {}

  /** Tell the store and, the first time, the hook; then {@link SlotEvent.Greeted}. */
  record Greet(Line line, int round) implements SlotEffect {}

  /** Close the client, and tell the hook; then {@link SlotEvent.SeenClosed}. */
  record Close(Line line, Duration drain) implements SlotEffect {}

  /** End the sign-in at Telegram; then as {@link Close}. */
  record LogOut(Line line) implements SlotEffect {}

  /** Tell the listener that the client is gone. */
  record TellClosed(ClosedBecause why) implements SlotEffect {}

  /** Have the store note that a sign-in is over; then {@link SlotEvent.Noted}. */
  record NoteEnd(SavedSession session, SessionEnd end) implements SlotEffect {}

  /** Have the store forget a sign-in; then {@link SlotEvent.Noted}. */
  record NoteLogOut(SavedSession session) implements SlotEffect {}

  /** {@link SlotEvent.Rested} at that time. */
  record Wake(Instant at) implements SlotEffect {}
}
