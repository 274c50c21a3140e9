package dev.jobradar.clients;

import dev.jobradar.telegram.Me;
import dev.jobradar.telegram.session.SavedSession;
import java.util.Optional;

/**
 * Where users' sign-ins are kept. A session is a key to a person's account: it is to be stored
 * encrypted.
 *
 * <p>Implementations are thread-safe and may block: they are called on virtual threads, with no
 * lock held. What they throw counts as a passing failure, never as "no session".
 */
public interface SessionStore {
  /**
   * Makes these users' clients the business of one {@link UserClients}, before it opens anything:
   * two of them, in one process or in two, would open two connections for a user. A store that is a
   * database takes a lock in it; losing that lock must close the {@code UserClients}.
   *
   * @return given back when everything is closed
   * @throws IllegalStateException when somebody else has it
   */
  default Claim claim() {
    return () -> {};
  }

  /** Makes sure that nobody else opens clients of these users. */
  @FunctionalInterface
  interface Claim {
    /** Lets somebody else have it. */
    void release();
  }

  /** A user's sign-in. */
  StoredSession find(UserId user);

  /**
   * A user's sign-in is over. To be recorded only if {@code session} (its key) is still the one
   * that is stored: a newer sign-in is not to suffer for an older one. Recording it twice does
   * nothing.
   */
  void ended(UserId user, SavedSession session, SessionEnd end);

  /**
   * Telegram has moved a user to another data centre, where the sign-in has another key. To be
   * replaced only if {@code before} (its key) is still the one that is stored.
   */
  void moved(UserId user, SavedSession before, SavedSession now);

  /**
   * A user's sign-in was ended at Telegram because they asked for it. To be deleted only if {@code
   * session} (its key) is still the one that is stored.
   */
  void loggedOut(UserId user, SavedSession session);

  /**
   * What Telegram says of a user each time that their client connects, before it is handed out. Two
   * sign-ins of one account are kept apart by phone number and Telegram's user id, so both should
   * be kept; called often with what is known already.
   */
  void seen(UserId user, Me account);

  /** The user whose Telegram account had this phone number when it was seen last; digits only. */
  Optional<UserId> byPhone(String phone);

  /** The user with this Telegram account. */
  Optional<UserId> byTelegramId(long telegramId);

  /**
   * Somebody signed in: in one transaction finds the user with this Telegram id or creates one, and
   * stores the session in place of the one that was there.
   *
   * <p>Who it is is decided by Telegram's user id, never by the phone number.
   *
   * @param phone digits only, as it was entered
   */
  SignedIn signedIn(Me account, String phone, SavedSession session);

  /**
   * Who signed in.
   *
   * @param user the user
   * @param created whether that is a new one
   * @param replaced what was stored before and is valid as far as is known
   */
  record SignedIn(UserId user, boolean created, Optional<SavedSession> replaced) {}
}
