package dev.jobradar.server.signin;

import dev.jobradar.clients.SessionEnd;
import dev.jobradar.clients.SessionStore;
import dev.jobradar.clients.StoredSession;
import dev.jobradar.clients.UserId;
import dev.jobradar.server.storage.KeyRotation;
import dev.jobradar.server.storage.StorageException;
import dev.jobradar.server.storage.Vault;
import dev.jobradar.server.users.User;
import dev.jobradar.server.users.Users;
import dev.jobradar.telegram.Me;
import dev.jobradar.telegram.session.SavedSession;
import dev.jobradar.telegram.session.SessionFormat;
import dev.jobradar.telegram.session.SessionString;
import dev.jobradar.telegram.session.SessionStringException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Users' Telegram sessions in the database, encrypted, each for its user alone. Of one that
 * Telegram ended only the reason is kept.
 */
@Repository
class TelegramSessions implements SessionStore {
  private static final Logger log = LoggerFactory.getLogger(TelegramSessions.class);

  /** Why a session is over that is stored, but was changed or sealed with other keys. */
  static final String UNREADABLE = "SESSION_UNREADABLE";

  /** The format requires an address; it is never dialled. */
  private static final InetSocketAddress NOWHERE =
      new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 443);

  /** The users for whom that was logged. */
  private final Set<UserId> unreadable = ConcurrentHashMap.newKeySet();

  private final JdbcClient db;
  private final TransactionOperations transactions;
  private final Vault vault;
  private final Users users;
  private final InstantSource clock;

  TelegramSessions(
      JdbcClient db,
      TransactionOperations transactions,
      Vault vault,
      Users users,
      InstantSource clock) {
    this.db = db;
    this.transactions = transactions;
    this.vault = vault;
    this.users = users;
    this.clock = clock;
  }

  private record Row(@Nullable String sealed, @Nullable String ended, long updatedAt) {}

  private Optional<Row> row(UserId user) {
    return db.sql("select sealed, ended, updated_at from telegram_sessions where user_id = ?")
        .param(user.value())
        .query((row, _) ->
            new Row(row.getString("sealed"), row.getString("ended"), row.getLong("updated_at")))
        .optional();
  }

  @Override
  public StoredSession find(UserId user) {
    Row row = row(user).orElse(null);
    if (row == null) {
      return new StoredSession.None();
    }
    if (row.ended() != null) {
      return new StoredSession.Ended(
          new SessionEnd(row.ended(), Instant.ofEpochMilli(row.updatedAt())));
    }
    if (row.sealed() == null) {
      return new StoredSession.None();
    }
    try {
      return new StoredSession.Valid(open(user, row.sealed()));
    } catch (StorageException | SessionStringException e) {
      if (unreadable.add(user)) {
        log.error("{}: the stored session cannot be read; the user must sign in again", user);
      }
      return new StoredSession.Ended(
          new SessionEnd(UNREADABLE, Instant.ofEpochMilli(row.updatedAt())));
    }
  }

  private SavedSession open(UserId user, String sealed) {
    return SessionString.parse(vault.open(sealed, KeyRotation.sessionContext(user.value())))
        .session();
  }

  private String seal(UserId user, SavedSession session) {
    return vault.seal(
        SessionString.write(session, SessionFormat.MTCUTE, NOWHERE),
        KeyRotation.sessionContext(user.value()));
  }

  private boolean isStored(UserId user, SavedSession session) {
    return find(user) instanceof StoredSession.Valid(SavedSession stored)
        && Objects.equals(stored.authKey(), session.authKey());
  }

  @Override
  public void ended(UserId user, SavedSession session, SessionEnd end) {
    transactions.executeWithoutResult(_ -> {
      if (isStored(user, session)) {
        db.sql(
                """
                update telegram_sessions
                set sealed = null, ended = ?, updated_at = ?
                where user_id = ?
                """)
            .params(end.reason(), end.at().toEpochMilli(), user.value())
            .update();
        log.info("{}: Telegram ended the session: {}", user, end.reason());
      }
    });
  }

  @Override
  public void moved(UserId user, SavedSession before, SavedSession now) {
    transactions.executeWithoutResult(_ -> {
      if (isStored(user, before)) {
        put(user, now);
      }
    });
  }

  @Override
  public void loggedOut(UserId user, SavedSession session) {
    transactions.executeWithoutResult(_ -> {
      if (isStored(user, session)) {
        db.sql("delete from telegram_sessions where user_id = ?").param(user.value()).update();
      }
    });
  }

  @Override
  public void seen(UserId user, Me account) {
    users.seen(user, account.id(), account.phone(), nameOf(account), account.username());
  }

  @Override
  public Optional<UserId> byPhone(String phone) {
    return users.findByPhone(phone).map(User::id);
  }

  @Override
  public Optional<UserId> byTelegramId(long telegramId) {
    return users.findByTelegramId(telegramId).map(User::id);
  }

  @Override
  public SignedIn signedIn(Me account, String phone, SavedSession session) {
    String told = account.phone();
    String current = told == null || told.isBlank() ? phone : told;
    return Objects.requireNonNull(
        transactions.execute(_ -> {
          boolean created = users.findKnown(account.id(), current).isEmpty();
          UserId user =
              users.signedIn(account.id(), current, nameOf(account), account.username()).id();
          Optional<SavedSession> replaced = readable(user);
          put(user, session);
          return new SignedIn(user, created, replaced);
        }));
  }

  /** What was there before; lost keys must not keep anyone from signing in again. */
  private Optional<SavedSession> readable(UserId user) {
    return find(user) instanceof StoredSession.Valid(SavedSession stored)
        ? Optional.of(stored)
        : Optional.empty();
  }

  private void put(UserId user, SavedSession session) {
    db.sql(
            """
            insert into telegram_sessions (user_id, sealed, ended, updated_at)
            values (:user, :sealed, null, :now)
            on conflict (user_id) do update set sealed = excluded.sealed, ended = null,
              updated_at = excluded.updated_at
            """)
        .param("user", user.value())
        .param("sealed", seal(user, session))
        .param("now", clock.millis())
        .update();
  }

  private static String nameOf(Me account) {
    String last = account.lastName();
    return last == null ? account.firstName() : (account.firstName() + " " + last).strip();
  }
}
