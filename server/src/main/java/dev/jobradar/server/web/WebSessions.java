package dev.jobradar.server.web;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.storage.Vault;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Who is signed in to the web site: each browser has a random token, of which only a keyed hash is
 * stored. {@link WebSession} says how long it is good and when it is replaced. Thread-safe.
 */
@Repository
public class WebSessions {
  private static final int TOKEN_BYTES = 32;
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}");

  private final SecureRandom random = new SecureRandom();
  private final JdbcClient db;
  private final Vault vault;
  private final InstantSource clock;

  /** On this database; tokens are hashed with that vault. */
  public WebSessions(JdbcClient db, Vault vault, InstantSource clock) {
    this.db = db;
    this.vault = vault;
    this.clock = clock;
  }

  /**
   * The browser of a session.
   *
   * @param name what its owner calls it, empty when that is not known
   * @param place the network it is in
   * @param device its number among those that have signed in before, null for none
   */
  public record Browser(String name, String place, @Nullable Long device) {
    /** Nothing is known of it. */
    public static final Browser UNKNOWN = new Browser("", "", null);
  }

  /** Begins a session of this user, and returns its token: a secret of their browser. */
  public String begin(UserId user, Browser browser) {
    String token = newToken();
    Instant now = clock.instant();
    db.sql("delete from web_sessions where expires_at <= ?").param(now.toEpochMilli()).update();
    db.sql(
            """
            insert into web_sessions (user_id, token_hash, rotated_at, device_id, browser, place,
              created_at, seen_at, expires_at)
            values (:user, :hash, :now, :device, :browser, :place, :now, :now, :expires)
            """)
        .param("user", user.value())
        .param("hash", hash(token))
        .param("now", now.toEpochMilli())
        .param("device", browser.device())
        .param("browser", browser.name())
        .param("place", browser.place())
        .param("expires", WebSession.prolonged(now, now).toEpochMilli())
        .update();
    return token;
  }

  private String newToken() {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** What a token is. */
  sealed interface Found {
    /**
     * A session that goes on.
     *
     * @param renewed the token that the browser has to use from now on; null for the same
     * @param remaining how long it is good if it is not used again
     */
    record Session(long id, UserId user, @Nullable String renewed, Duration remaining)
        implements Found {
      /** Does not show the token. */
      @Override
      public String toString() {
        return "Session[" + id + " of " + user + (renewed == null ? "]" : ", renewed]");
      }
    }

    /** A copy of a token that was replaced; its session is ended. */
    record Copied(UserId user, String browser) implements Found {}

    /** Nothing. */
    record None() implements Found {}
  }

  /**
   * The session of this token, if it is one.
   *
   * @param place where it is used
   */
  Found find(String token, Supplier<String> place) {
    if (!TOKEN.matcher(token).matches()) {
      return new Found.None();
    }
    String hash = hash(token);
    Optional<WebSession> stored =
        db.sql("select * from web_sessions where token_hash = ? or previous_hash = ?")
            .params(hash, hash)
            .query(WebSessions::row)
            .optional();
    return stored.isEmpty() ? new Found.None() : use(stored.get(), hash, place);
  }

  private Found use(WebSession session, String hash, Supplier<String> place) {
    Instant now = clock.instant();
    return switch (session.onUse(session.tokenHash().equals(hash), now)) {
      case ACCEPT -> goesOn(session, null, now);
      case CONFIRM -> {
        db.sql("update web_sessions set confirmed_at = ? where id = ? and token_hash = ?")
            .params(now.toEpochMilli(), session.id(), hash)
            .update();
        yield goesOn(session, null, now);
      }
      case SEEN -> {
        db.sql("update web_sessions set seen_at = ?, place = ? where id = ?")
            .params(now.toEpochMilli(), place.get(), session.id())
            .update();
        yield goesOn(session, null, now);
      }
      case ROTATE -> rotate(session, hash, place.get(), now);
      case ROTATE_AGAIN -> rotate(session, hash, place.get(), now);
      case EXPIRED -> new Found.None();
      case COPIED -> {
        end(session.user(), session.id());
        yield new Found.Copied(session.user(), session.browser());
      }
    };
  }

  private static Found goesOn(WebSession session, @Nullable String renewed, Instant now) {
    Instant end = renewed == null ? session.expiresAt() : session.prolonged(now);
    return new Found.Session(session.id(), session.user(), renewed, Duration.between(now, end));
  }

  /** Of requests at once one gets the new token; the others go on with the one before. */
  private Found rotate(WebSession session, String presented, String place, Instant now) {
    String token = newToken();
    int rotated =
        db.sql(
                """
                update web_sessions
                set token_hash = :fresh, previous_hash = :presented, rotated_at = :now,
                  confirmed_at = null, place = :place, seen_at = :now, expires_at = :expires
                where id = :id and token_hash = :present
                """)
            .param("fresh", hash(token))
            .param("presented", presented)
            .param("now", now.toEpochMilli())
            .param("place", place)
            .param("expires", session.prolonged(now).toEpochMilli())
            .param("id", session.id())
            .param("present", session.tokenHash())
            .update();
    return goesOn(session, rotated == 1 ? token : null, now);
  }

  /** Ends one session, by its present token or the one before; nothing happens when it is none. */
  public void end(String token) {
    String hash = hash(token);
    db.sql("delete from web_sessions where token_hash = ? or previous_hash = ?")
        .params(hash, hash)
        .update();
  }

  /**
   * A browser in which somebody is signed in.
   *
   * @param name what they call it, empty when that is not known
   * @param place the network it was last seen in, empty when that is not known
   * @param lastSeen to ten minutes
   */
  public record SignedIn(long id, String name, String place, Instant since, Instant lastSeen) {}

  /** All sessions of a user, the one seen last first. */
  public List<SignedIn> list(UserId user) {
    Instant now = clock.instant();
    return db
        .sql("select * from web_sessions where user_id = ? order by seen_at desc, id desc")
        .param(user.value())
        .query(WebSessions::row)
        .list()
        .stream()
        .filter(session -> session.onUse(true, now) != WebSession.Use.EXPIRED)
        .map(session ->
            new SignedIn(
                session.id(),
                session.browser(),
                session.place(),
                session.createdAt(),
                session.seenAt()))
        .toList();
  }

  /** The device of one of a user's sessions; empty when they have no such session. */
  Optional<Browser> browser(UserId user, long session) {
    return db.sql("select * from web_sessions where id = ? and user_id = ?")
        .params(session, user.value())
        .query(WebSessions::row)
        .optional()
        .map(found -> new Browser(found.browser(), found.place(), found.device()));
  }

  /** Ends one of a user's sessions, and says whether there was it. */
  boolean end(UserId user, long session) {
    return db.sql("delete from web_sessions where id = ? and user_id = ?")
            .params(session, user.value())
            .update()
        == 1;
  }

  /** Ends all sessions of a user but one. */
  void endOthers(UserId user, long session) {
    db.sql("delete from web_sessions where user_id = ? and id <> ?")
        .params(user.value(), session)
        .update();
  }

  /** Ends all sessions of a user. */
  public void endAll(UserId user) {
    db.sql("delete from web_sessions where user_id = ?").param(user.value()).update();
  }

  private static WebSession row(ResultSet row, int number) throws SQLException {
    long confirmedAt = row.getLong("confirmed_at");
    Instant confirmed = row.wasNull() ? null : Instant.ofEpochMilli(confirmedAt);
    long device = row.getLong("device_id");
    Long deviceId = row.wasNull() ? null : device;
    return new WebSession(
        row.getLong("id"),
        new UserId(row.getLong("user_id")),
        row.getString("token_hash"),
        row.getString("previous_hash"),
        Instant.ofEpochMilli(row.getLong("rotated_at")),
        confirmed,
        deviceId,
        row.getString("browser"),
        row.getString("place"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        Instant.ofEpochMilli(row.getLong("seen_at")),
        Instant.ofEpochMilli(row.getLong("expires_at")));
  }

  private String hash(String token) {
    return vault.hash("web " + token);
  }
}
