package dev.jobradar.clients;

import dev.jobradar.telegram.Me;
import dev.jobradar.telegram.session.SavedSession;
import java.util.Optional;

/**
 * Stores users' sign-ins. A session gives full access to a person's account: store it encrypted.
 *
 * <p>Implementations are thread-safe and may block: they are called on virtual threads, with no
 * lock held. What they throw counts as a temporary failure, never as "no session".
 */
public interface SessionStore {
  /**
   * Claims these users for one {@link UserClients}, before it opens anything: two instances, in one
   * process or in two, would open two connections for a user. A store in a database takes a lock
   * there; losing that lock must close the {@code UserClients}.
   *
   * @return the claim, released when everything is closed
   * @throws IllegalStateException when another owner holds it
   */
  default Claim claim() {
    return () -> {};
  }

  /** Keeps other owners from opening clients of these users. */
  @FunctionalInterface
  interface Claim {
    /** Releases the claim. */
    void release();
  }

  /** A user's sign-in. */
  StoredSession find(UserId user);

  /**
   * A user's sign-in is over. Record it only if {@code session} (its key) is still the stored one:
   * the end of an old sign-in must not end a newer one. Idempotent.
   */
  void ended(UserId user, SavedSession session, SessionEnd end);

  /**
   * Telegram has moved a user to another data centre, where the sign-in has another key. Replace it
   * only if {@code before} (its key) is still the stored one.
   */
  void moved(UserId user, SavedSession before, SavedSession now);

  /**
   * A user ended their sign-in at Telegram. Delete it only if {@code session} (its key) is still
   * the stored one.
   */
  void loggedOut(UserId user, SavedSession session);

  /**
   * Telegram's data about a user, each time their client connects and before callers get it. Phone
   * number and Telegram's user id tell whether two sign-ins are of one account, so store both; most
   * calls bring nothing new.
   */
  void seen(UserId user, Me account);

  /** The user whose Telegram account last had this phone number; digits only. */
  Optional<UserId> byPhone(String phone);

  /** The user with this Telegram account. */
  Optional<UserId> byTelegramId(long telegramId);

  /**
   * A sign-in was accepted: in one transaction, finds or creates the user with this Telegram id and
   * replaces the stored session.
   *
   * <p>Telegram's user id identifies the user, never the phone number.
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
