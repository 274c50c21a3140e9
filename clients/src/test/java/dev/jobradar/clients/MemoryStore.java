package dev.jobradar.clients;

import dev.jobradar.telegram.Me;
import dev.jobradar.telegram.session.SavedSession;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps sign-ins in memory, by the rules of {@link SessionStore}. */
public final class MemoryStore implements SessionStore {
  private final Map<UserId, StoredSession> sessions = new HashMap<>();
  private final Map<String, UserId> byPhone = new HashMap<>();
  private final Map<Long, UserId> byTelegramId = new HashMap<>();
  private long nextUser = 1_000_000;
  private volatile @Nullable RuntimeException trouble;
  private int finds;
  private boolean claimed;

  @Override
  public synchronized Claim claim() {
    if (claimed) {
      throw new IllegalStateException("the store is another's");
    }
    claimed = true;
    return this::release;
  }

  private synchronized void release() {
    claimed = false;
  }

  /** Every call throws this while it is set. */
  public void failWith(@Nullable RuntimeException e) {
    trouble = e;
  }

  private void mayFail() {
    RuntimeException now = trouble;
    if (now != null) {
      throw now;
    }
  }

  public synchronized void put(UserId user, SavedSession session) {
    sessions.put(user, new StoredSession.Valid(session));
  }

  public synchronized void remove(UserId user) {
    sessions.remove(user);
  }

  /** How often it was asked for a sign-in. */
  public synchronized int finds() {
    return finds;
  }

  @Override
  public synchronized StoredSession find(UserId user) {
    finds++;
    mayFail();
    return sessions.getOrDefault(user, new StoredSession.None());
  }

  private boolean isStored(UserId user, SavedSession session) {
    return sessions.get(user) instanceof StoredSession.Valid(SavedSession stored)
        && Objects.equals(stored.authKey(), session.authKey());
  }

  @Override
  public synchronized void ended(UserId user, SavedSession session, SessionEnd end) {
    mayFail();
    if (isStored(user, session)) {
      sessions.put(user, new StoredSession.Ended(end));
    }
  }

  @Override
  public synchronized void moved(UserId user, SavedSession before, SavedSession now) {
    mayFail();
    if (isStored(user, before)) {
      put(user, now);
    }
  }

  @Override
  public synchronized void loggedOut(UserId user, SavedSession session) {
    mayFail();
    if (isStored(user, session)) {
      sessions.remove(user);
    }
  }

  @Override
  public synchronized void seen(UserId user, Me account) {
    mayFail();
    byTelegramId.put(account.id(), user);
    byPhone.values().remove(user);
    if (account.phone() != null) {
      byPhone.put(account.phone(), user);
    }
  }

  @Override
  public synchronized Optional<UserId> byPhone(String phone) {
    mayFail();
    return Optional.ofNullable(byPhone.get(phone));
  }

  @Override
  public synchronized Optional<UserId> byTelegramId(long telegramId) {
    mayFail();
    return Optional.ofNullable(byTelegramId.get(telegramId));
  }

  @Override
  public synchronized SignedIn signedIn(Me account, String phone, SavedSession session) {
    mayFail();
    UserId known = byTelegramId.get(account.id());
    UserId user = known == null ? new UserId(nextUser++) : known;
    StoredSession before = sessions.put(user, new StoredSession.Valid(session));
    byTelegramId.put(account.id(), user);
    byPhone.put(phone, user);
    return new SignedIn(
        user,
        known == null,
        before instanceof StoredSession.Valid(SavedSession old)
            ? Optional.of(old)
            : Optional.empty());
  }
}
