package dev.jobradar.server.users;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.storage.Vault;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The users, as they are stored. Thread-safe. */
@Repository
public class Users {
  private final JdbcClient db;
  private final Vault vault;
  private final InstantSource clock;
  private final UserRevisions revisions = new UserRevisions();

  /** On this database; the phones that had a trial are hashed with that vault. */
  public Users(JdbcClient db, Vault vault, InstantSource clock) {
    this.db = db;
    this.vault = vault;
    this.clock = clock;
  }

  /** The user of that number, if there is one. */
  public Optional<User> find(UserId id) {
    return db.sql("select * from users where id = ?")
        .param(id.value())
        .query(Users::row)
        .optional();
  }

  /** For who keeps in memory what is stored of users, and for who changes that. */
  public UserRevisions revisions() {
    return revisions;
  }

  /** Whether there is that user and they are {@link User#isActiveAt active} now. */
  public boolean isActive(UserId id) {
    return find(id).filter(user -> user.isActiveAt(clock.instant())).isPresent();
  }

  /**
   * Locks a user's row until the end of the transaction under way: of two transactions at once, the
   * second waits here, and then sees what the first did.
   */
  public void lock(UserId id) {
    db.sql("update users set updated_at = updated_at where id = ?").param(id.value()).update();
  }

  /** The user whose Telegram account that is. */
  public Optional<User> findByTelegramId(long telegramUserId) {
    return db.sql("select * from users where telegram_user_id = ?")
        .param(telegramUserId)
        .query(Users::row)
        .optional();
  }

  /**
   * Who signed in with that phone last. A number is recycled: whether it is still theirs only
   * Telegram can tell.
   *
   * @param phone digits with the country code
   */
  public Optional<User> findByPhone(String phone) {
    return db.sql("select * from users where phone = ? order by updated_at desc, id desc limit 1")
        .param(phone)
        .query(Users::row)
        .optional();
  }

  /**
   * Takes somebody in who has just signed in at Telegram: a user with that Telegram id gets the new
   * phone and names; nobody with that id is a new user, with a trial if the phone had none yet. A
   * phone is one user's at a time: who had it before has none until they sign in again.
   *
   * @param phone digits with the country code
   */
  @Transactional
  public User signedIn(long telegramUserId, String phone, String name, @Nullable String username) {
    long now = clock.millis();
    Optional<User> known = findKnown(telegramUserId, phone);
    if (known.isPresent()) {
      freePhone(phone, known.get().id());
      db.sql(
              """
              update users
              set telegram_user_id = :telegram, phone = :phone, name = :name,
                username = :username, updated_at = :now
              where id = :id
              """)
          .param("telegram", telegramUserId)
          .param("phone", phone)
          .param("name", name)
          .param("username", username)
          .param("now", now)
          .param("id", known.get().id().value())
          .update();
      revisions.changed(known.get().id());
      return find(known.get().id()).orElseThrow();
    }
    Instant planUntil = trialUntil(phone, now);
    long id =
        db.sql(
                """
                insert into users (telegram_user_id, phone, name, username, plan, plan_until,
                  created_at, updated_at)
                values (:telegram, :phone, :name, :username, :plan, :until, :now, :now)
                returning id
                """)
            .param("telegram", telegramUserId)
            .param("phone", phone)
            .param("name", name)
            .param("username", username)
            .param("plan", Plan.TRIAL.text())
            .param("until", planUntil.toEpochMilli())
            .param("now", now)
            .query(Long.class)
            .single();
    freePhone(phone, new UserId(id));
    revisions.changed(new UserId(id));
    return find(new UserId(id)).orElseThrow();
  }

  /**
   * Who {@link #signedIn} would take this for: the user with that Telegram id, or one of the old
   * service with that phone.
   */
  public Optional<User> findKnown(long telegramUserId, String phone) {
    return findByTelegramId(telegramUserId).or(() -> takenOver(phone));
  }

  private void freePhone(String phone, UserId holder) {
    db.sql("update users set phone = '' where phone = ? and id <> ?")
        .params(phone, holder.value())
        .update();
  }

  /**
   * Notes what Telegram says of a user whose account has just connected. Writes only what is new.
   *
   * @param phone digits with the country code, null when Telegram does not tell
   */
  @Transactional
  public void seen(
      UserId id,
      long telegramUserId,
      @Nullable String phone,
      String name,
      @Nullable String username) {
    Optional<User> found = find(id);
    if (found.isEmpty()) {
      return;
    }
    User user = found.get();
    Long known = user.telegramUserId();
    if (known == null && findByTelegramId(telegramUserId).isEmpty()) {
      known = telegramUserId;
    }
    if (known == null || known != telegramUserId) {
      // Somebody else's account: names and phone would be wrong here.
      return;
    }
    String current = phone == null ? user.phone() : phone;
    if (user.telegramUserId() != null
        && current.equals(user.phone())
        && name.equals(user.name())
        && Objects.equals(username, user.username())) {
      return;
    }
    freePhone(current, id);
    db.sql(
            """
            update users
            set telegram_user_id = :telegram, phone = :phone, name = :name,
              username = :username, updated_at = :now
            where id = :id
            """)
        .param("telegram", telegramUserId)
        .param("phone", current)
        .param("name", name)
        .param("username", username)
        .param("now", clock.millis())
        .param("id", id.value())
        .update();
  }

  /**
   * The language in which a user is spoken to.
   *
   * @param language {@code ru} or {@code en}
   */
  public void language(UserId id, String language) {
    db.sql("update users set language = ?, updated_at = ? where id = ?")
        .params(language, clock.millis(), id.value())
        .update();
  }

  /** A user of the old service whose Telegram id it did not know: the phone has to do, once. */
  private Optional<User> takenOver(String phone) {
    return db.sql(
            "select * from users where phone = ? and telegram_user_id is null order by id limit 1")
        .param(phone)
        .query(Users::row)
        .optional();
  }

  private Instant trialUntil(String phone, long now) {
    int given =
        db.sql("insert into trials (phone_hash, given_at) values (?, ?) on conflict do nothing")
            .params(vault.hash("trial " + phone), now)
            .update();
    Duration length = given == 1 ? Plan.TRIAL.length() : Duration.ZERO;
    return Instant.ofEpochMilli(now).plus(length);
  }

  /** Notes name and @username as Telegram has them now. */
  public void rename(UserId id, String name, @Nullable String username) {
    db.sql(
            """
            update users
            set name = :name, username = :username, updated_at = :now
            where id = :id
            """)
        .param("name", name)
        .param("username", username)
        .param("now", clock.millis())
        .param("id", id.value())
        .update();
  }

  /** Whether leads are to be sent to the user's Saved Messages. */
  public void alertsPersonal(UserId id, boolean on) {
    db.sql("update users set alerts_personal = ?, updated_at = ? where id = ?")
        .params(on, clock.millis(), id.value())
        .update();
  }

  /** Deletes a user and, by the schema's foreign keys, all that is kept about them. */
  public void delete(UserId id) {
    db.sql("delete from users where id = ?").param(id.value()).update();
    revisions.changed(id);
  }

  private static User row(ResultSet row, int number) throws SQLException {
    long telegramUserId = row.getLong("telegram_user_id");
    Long known = row.wasNull() ? null : telegramUserId;
    long until = row.getLong("plan_until");
    Instant planUntil = row.wasNull() ? null : Instant.ofEpochMilli(until);
    return new User(
        new UserId(row.getLong("id")),
        known,
        row.getString("phone"),
        row.getString("name"),
        row.getString("username"),
        row.getString("language"),
        row.getBoolean("disabled"),
        Plan.of(row.getString("plan")),
        planUntil,
        row.getBoolean("alerts_personal"),
        Instant.ofEpochMilli(row.getLong("created_at")));
  }
}
