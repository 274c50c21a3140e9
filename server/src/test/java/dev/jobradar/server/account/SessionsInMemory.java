package dev.jobradar.server.account;

import dev.jobradar.clients.SessionEnd;
import dev.jobradar.clients.SessionStore;
import dev.jobradar.clients.StoredSession;
import dev.jobradar.clients.UserId;
import dev.jobradar.telegram.Me;
import dev.jobradar.telegram.session.SavedSession;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Sign-ins without a database. */
final class SessionsInMemory implements SessionStore {
  private final Map<UserId, StoredSession> sessions = new ConcurrentHashMap<>();

  void put(UserId user, SavedSession session) {
    sessions.put(user, new StoredSession.Valid(session));
  }

  @Override
  public StoredSession find(UserId user) {
    return sessions.getOrDefault(user, new StoredSession.None());
  }

  @Override
  public void ended(UserId user, SavedSession session, SessionEnd end) {
    sessions.put(user, new StoredSession.Ended(end));
  }

  @Override
  public void moved(UserId user, SavedSession before, SavedSession now) {
    put(user, now);
  }

  @Override
  public void loggedOut(UserId user, SavedSession session) {
    sessions.remove(user);
  }

  @Override
  public void seen(UserId user, Me account) {}

  @Override
  public Optional<UserId> byPhone(String phone) {
    return Optional.empty();
  }

  @Override
  public Optional<UserId> byTelegramId(long telegramId) {
    return Optional.empty();
  }

  @Override
  public SignedIn signedIn(Me account, String phone, SavedSession session) {
    throw new UnsupportedOperationException("nobody signs in here");
  }
}
