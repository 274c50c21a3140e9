package dev.jobradar.server.leads;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.storage.Vault;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The secret by which a person's feed reader reads their leads, one for each person. Only a keyed
 * hash of it is stored, so it is shown once, when it is made. Thread-safe.
 */
@Repository
public class LeadFeeds {
  private static final int BYTES = 32;
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}");

  private final JdbcClient db;
  private final Vault vault;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  public LeadFeeds(JdbcClient db, Vault vault, InstantSource clock) {
    this.db = db;
    this.vault = vault;
    this.clock = clock;
  }

  /** Makes a new secret; the one before is good no longer. */
  public String make(UserId user) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    db.sql(
            """
            insert into lead_feeds (user_id, token_hash, created_at)
            values (:user, :hash, :now)
            on conflict (user_id) do update set token_hash = excluded.token_hash,
              created_at = excluded.created_at
            """)
        .param("user", user.value())
        .param("hash", hash(token))
        .param("now", clock.millis())
        .update();
    return token;
  }

  /** When the person's secret was made; empty when they have none. */
  public Optional<Instant> since(UserId user) {
    return db.sql("select created_at from lead_feeds where user_id = ?")
        .param(user.value())
        .query(Long.class)
        .optional()
        .map(Instant::ofEpochMilli);
  }

  /** Whose secret it is. */
  public Optional<UserId> owner(String token) {
    if (!TOKEN.matcher(token).matches()) {
      return Optional.empty();
    }
    return db.sql("select user_id from lead_feeds where token_hash = ?")
        .param(hash(token))
        .query(Long.class)
        .optional()
        .map(UserId::new);
  }

  /** Ends the person's feed. */
  public void revoke(UserId user) {
    db.sql("delete from lead_feeds where user_id = ?").param(user.value()).update();
  }

  private String hash(String token) {
    return vault.hash("lead feed " + token);
  }
}
