package dev.jobradar.server.signin;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.storage.Vault;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Our own sign-in codes: five digits, good for five minutes, once, and for five tries. A user has
 * one at a time, stored as a keyed hash that is bound to them.
 */
@Repository
class OneTimeCodes {
  static final Duration VALID_FOR = Duration.ofMinutes(5);
  static final int LENGTH = 5;
  static final int TRIES = 5;

  private final SecureRandom random = new SecureRandom();
  private final JdbcClient db;
  private final Vault vault;
  private final InstantSource clock;

  OneTimeCodes(JdbcClient db, Vault vault, InstantSource clock) {
    this.db = db;
    this.vault = vault;
    this.clock = clock;
  }

  /** What a code that was entered is. */
  enum Verdict {
    RIGHT,
    WRONG,
    /** There is none to compare it with: never made, too old, used, or tried too often. */
    NONE
  }

  /** A new code; it is not valid until {@link #begin}. */
  String make() {
    return "%05d".formatted(random.nextInt(100_000));
  }

  /** This user was sent this code: it is good from now on, and one that they had is void. */
  void begin(UserId user, String code) {
    db.sql(
            """
            insert into login_codes (user_id, code_hash, expires_at, tries_left)
            values (:user, :hash, :expires, :tries)
            on conflict (user_id) do update set code_hash = excluded.code_hash,
              expires_at = excluded.expires_at, tries_left = excluded.tries_left
            """)
        .param("user", user.value())
        .param("hash", hash(user, code))
        .param("expires", clock.instant().plus(VALID_FOR).toEpochMilli())
        .param("tries", TRIES)
        .update();
  }

  /** Takes a try, before anything is compared, and the code when it is right. */
  Verdict check(UserId user, String entered) {
    Optional<String> stored =
        db.sql(
                """
                update login_codes
                set tries_left = tries_left - 1
                where user_id = ? and tries_left > 0
                  and expires_at > ?
                returning code_hash
                """)
            .params(user.value(), clock.millis())
            .query(String.class)
            .optional();
    if (stored.isEmpty()) {
      return Verdict.NONE;
    }
    String hash = hash(user, entered);
    if (!MessageDigest.isEqual(bytes(stored.get()), bytes(hash))) {
      return Verdict.WRONG;
    }
    int taken =
        db.sql("delete from login_codes where user_id = ? and code_hash = ?")
            .params(user.value(), hash)
            .update();
    return taken == 1 ? Verdict.RIGHT : Verdict.NONE;
  }

  private String hash(UserId user, String code) {
    return vault.hash("login " + user.value() + " " + code);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
