package dev.jobradar.clients;

import dev.jobradar.telegram.session.SavedSession;
import java.time.Duration;
import java.time.Instant;

/** What is to be done after a slot's state has changed. */
sealed interface SlotEffect {
  /** Open the client. */
  record Open(ManagedClient client) implements SlotEffect {}

  /** Tell the store and, the first time, the hook; then {@link SlotEvent.Prepared}. */
  record Prepare(ManagedClient client, int round) implements SlotEffect {}

  /** Close the client, and tell the hook; then {@link SlotEvent.SeenClosed}. */
  record Close(ManagedClient client, Duration drain) implements SlotEffect {}

  /** End the sign-in at Telegram; then as {@link Close}. */
  record LogOut(ManagedClient client) implements SlotEffect {}

  /** Tell the listener that the client is gone. */
  record ReportClosed(CloseReason why) implements SlotEffect {}

  /** Have the store note that a sign-in is over; then {@link SlotEvent.Recorded}. */
  record RecordEnd(SavedSession session, SessionEnd end) implements SlotEffect {}

  /** Have the store forget a sign-in; then {@link SlotEvent.Recorded}. */
  record RecordLogOut(SavedSession session) implements SlotEffect {}

  /** {@link SlotEvent.BackoffOver} at that time. */
  record Wake(Instant at) implements SlotEffect {}
}
