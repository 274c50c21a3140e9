package dev.jobradar.clients;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.telegram.Me;
import dev.jobradar.telegram.TelegramClient;
import dev.jobradar.telegram.session.SavedSession;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One client as a {@link Slot} holds it. It reports to its slot by {@link SlotEvent}s that carry
 * it. Thread-safe. With a lock held, only {@link #prioritize} and the accessors may be called.
 */
interface ManagedClient {
  /** The client. */
  TelegramClient telegram();

  /** Reports to this slot from now on. */
  void attach(Slot slot);

  /** Begins to connect and returns at once; does nothing after it was closed. */
  void open();

  /** Reports its state again: the slot may have missed it before it had the client. */
  void reportState();

  /** A caller waits for it: it dials before others. */
  void prioritize();

  /**
   * Ends the sign-in at Telegram ({@code auth.logOut}). It does not close the client.
   *
   * @return whether the sign-in is over at Telegram
   */
  boolean logOut(Duration within);

  /**
   * Closes: waits for calls that are under way, fails the rest, and waits until the connection is
   * gone.
   *
   * @param drain the longest to wait for calls
   * @return whether it was seen closed; if not, it may still be connected
   */
  boolean close(Duration drain);

  /** The sign-in that it was made from, or the one that it made. */
  @Nullable SavedSession session();

  /** The sign-in that Telegram has moved it to since {@link #session}, null when it has not. */
  @Nullable SavedSession movedTo();

  /** Replaces {@link #session}. */
  void stored(SavedSession session);

  /** Who is signed in; known once it was connected. */
  Me account() throws InterruptedException;

  /** Its data centre. */
  DcId dc();
}
