package dev.jobradar.clients;

import dev.jobradar.telegram.session.SavedSession;
import java.time.Duration;
import java.time.Instant;

/** What to do after a slot's state has changed. */
sealed interface SlotEffect {
  /** Open the client. */
  record Open(ManagedClient client) implements SlotEffect {}

  /** Call the store and, the first time, the hook; then {@link SlotEvent.Prepared}. */
  record Prepare(ManagedClient client, int round) implements SlotEffect {}

  /** Close the client and call the hook; then {@link SlotEvent.SeenClosed}. */
  record Close(ManagedClient client, Duration drain) implements SlotEffect {}

  /** Log out at Telegram; then as {@link Close}. */
  record LogOut(ManagedClient client) implements SlotEffect {}

  /** Notify the listener that the client is closed. */
  record ReportClosed(CloseReason why) implements SlotEffect {}

  /** Record the end of a sign-in in the store; then {@link SlotEvent.Recorded}. */
  record RecordEnd(SavedSession session, SessionEnd end) implements SlotEffect {}

  /** Delete a sign-in from the store; then {@link SlotEvent.Recorded}. */
  record RecordLogOut(SavedSession session) implements SlotEffect {}

  /** {@link SlotEvent.BackoffOver} at that time. */
  record Wake(Instant at) implements SlotEffect {}
}
