package dev.jobradar.clients;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.telegram.Me;
import dev.jobradar.telegram.TelegramClient;
import dev.jobradar.telegram.session.SavedSession;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One client with its ears: what a {@link Slot} holds. It tells its slot what happens to it by
 * {@link SlotEvent}s that carry it. Thread-safe. None of its methods may be called with a lock
 * held, but for {@link #prioritize} and what only looks.
 */
interface ManagedClient {
  /** The client. */
  TelegramClient telegram();

  /** Has this slot hear of it from now on. */
  void attach(Slot slot);

  /** Begins to connect, and returns at once; does nothing once it was closed. */
  void open();

  /** Tells its slot anew how it stands: it may have missed that before it had the client. */
  void reportState();

  /** Somebody waits for it: it goes before others when it is to dial. */
  void prioritize();

  /**
   * Ends the sign-in at Telegram ({@code auth.logOut}). It is still to be closed.
   *
   * @return whether it is over at Telegram
   */
  boolean logOut(Duration within);

  /**
   * Closes: waits for calls that are under way, fails the rest, and waits until the connection is
   * gone.
   *
   * @param drain the longest to wait for calls
   * @return whether it was seen closed; if not it may still be alive
   */
  boolean close(Duration drain);

  /** The sign-in that it was made from, or the one that it made. */
  @Nullable SavedSession session();

  /** The sign-in that Telegram has moved it to since {@link #session}, null when it has not. */
  @Nullable SavedSession movedTo();

  /** From now on {@link #session} is this one. */
  void stored(SavedSession session);

  /** Who is signed in; known once it was connected. */
  Me account() throws InterruptedException;

  /** Where it is. */
  DcId dc();
}
