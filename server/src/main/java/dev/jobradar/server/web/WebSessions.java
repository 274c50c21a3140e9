package dev.jobradar.server.web;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.storage.Vault;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Who is signed in to the web site: each browser has a random token, of which only a keyed hash is
 * stored. It is good for 30 days after it was last used, to the day. Thread-safe.
 */
@Repository
public class WebSessions {
  static final Duration LIFETIME = Duration.ofDays(30);

  /** A session in use is prolonged this often, not with every request. */
  private static final Duration RHYTHM = Duration.ofDays(1);

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

  /** Begins a session of this user, and returns its token: a secret of their browser. */
  public String begin(UserId user) {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    long now = clock.millis();
    db.sql("delete from web_sessions where expires_at <= ?").param(now).update();
    db.sql(
            """
            insert into web_sessions (token_hash, user_id, created_at, expires_at)
            values (?, ?, ?, ?)
            """)
        .params(hash(token), user.value(), now, now + LIFETIME.toMillis())
        .update();
    return token;
  }

  /**
   * A session that goes on.
   *
   * @param prolonged whether it was prolonged just now, so that the cookie has to be too
   */
  record Found(UserId user, boolean prolonged) {}

  /** The session of this token, if it is one. */
  Optional<Found> find(String token) {
    if (!TOKEN.matcher(token).matches()) {
      return Optional.empty();
    }
    String hash = hash(token);
    long now = clock.millis();
    record Row(long userId, long expiresAt) {}
    Optional<Row> row =
        db.sql("select user_id, expires_at from web_sessions where token_hash = ?")
            .param(hash)
            .query((r, _) -> new Row(r.getLong("user_id"), r.getLong("expires_at")))
            .optional()
            .filter(found -> found.expiresAt() > now);
    if (row.isEmpty()) {
      return Optional.empty();
    }
    long fresh = now + LIFETIME.toMillis();
    boolean prolong = fresh - row.get().expiresAt() >= RHYTHM.toMillis();
    if (prolong) {
      db.sql("update web_sessions set expires_at = ? where token_hash = ?")
          .params(fresh, hash)
          .update();
    }
    return Optional.of(new Found(new UserId(row.get().userId()), prolong));
  }

  /** Ends one session; nothing happens when it is none. */
  public void end(String token) {
    db.sql("delete from web_sessions where token_hash = ?").param(hash(token)).update();
  }

  /** Ends all sessions of a user. */
  public void endAll(UserId user) {
    db.sql("delete from web_sessions where user_id = ?").param(user.value()).update();
  }

  private String hash(String token) {
    return vault.hash("web " + token);
  }
}
