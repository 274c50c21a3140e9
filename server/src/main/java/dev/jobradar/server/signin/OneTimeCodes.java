package dev.jobradar.server.signin;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.storage.Vault;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Our own sign-in codes: eight characters, good for five minutes, once, for five tries, and only in
 * the browser that asked. A browser has one at a time, stored as a keyed hash that is bound to its
 * user. Two browsers that ask for codes for one user do not disturb each other.
 */
@Repository
class OneTimeCodes {
  static final Duration VALID_FOR = Duration.ofMinutes(5);
  static final int LENGTH = 8;
  static final int TRIES = 5;

  /** Crockford's base 32: no letters that are taken for figures, or for each other. */
  private static final String LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  /** What people type for them, and the Cyrillic letters that look like them. */
  private static final Map<Character, Character> MISTAKEN =
      Map.ofEntries(
          Map.entry('O', '0'),
          Map.entry('I', '1'),
          Map.entry('L', '1'),
          Map.entry('\u0410', 'A'),
          Map.entry('\u0412', 'B'),
          Map.entry('\u0415', 'E'),
          Map.entry('\u041d', 'H'),
          Map.entry('\u041a', 'K'),
          Map.entry('\u041c', 'M'),
          Map.entry('\u041e', '0'),
          Map.entry('\u0420', 'P'),
          Map.entry('\u0421', 'C'),
          Map.entry('\u0422', 'T'),
          Map.entry('\u0423', 'Y'),
          Map.entry('\u0425', 'X'));

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
    StringBuilder code = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      code.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return code.toString();
  }

  /** A code as people read it best: in two halves. */
  static String shown(String code) {
    return code.substring(0, LENGTH / 2) + "-" + code.substring(LENGTH / 2);
  }

  /** What somebody meant who typed this. */
  static String read(String entered) {
    StringBuilder code = new StringBuilder(LENGTH);
    for (char letter : entered.toUpperCase(Locale.ROOT).toCharArray()) {
      if (Character.isLetterOrDigit(letter)) {
        code.append(MISTAKEN.getOrDefault(letter, letter).charValue());
      }
    }
    return code.toString();
  }

  /**
   * This user was sent this code: it is good from now on.
   *
   * @param browser the secret of the browser that asked
   * @param before its earlier secret, whose code is void now; null for none
   */
  void begin(UserId user, String code, String browser, @Nullable String before) {
    db.sql("delete from login_codes where expires_at <= ? or browser_hash = ?")
        .params(clock.millis(), before == null ? "" : browserHash(before))
        .update();
    db.sql(
            """
            insert into login_codes (browser_hash, user_id, code_hash, expires_at, tries_left)
            values (:browser, :user, :hash, :expires, :tries)
            """)
        .param("browser", browserHash(browser))
        .param("user", user.value())
        .param("hash", hash(user, code))
        .param("expires", clock.instant().plus(VALID_FOR).toEpochMilli())
        .param("tries", TRIES)
        .update();
  }

  /**
   * Takes a try, before anything is compared, and the code when it is right.
   *
   * @param browser the secret of the browser in which it was entered
   */
  Verdict check(UserId user, String entered, String browser) {
    Optional<String> stored =
        db.sql(
                """
                update login_codes
                set tries_left = tries_left - 1
                where browser_hash = ? and user_id = ? and tries_left > 0
                  and expires_at > ?
                returning code_hash
                """)
            .params(browserHash(browser), user.value(), clock.millis())
            .query(String.class)
            .optional();
    if (stored.isEmpty()) {
      return Verdict.NONE;
    }
    String hash = hash(user, read(entered));
    if (!MessageDigest.isEqual(bytes(stored.get()), bytes(hash))) {
      return Verdict.WRONG;
    }
    int taken =
        db.sql("delete from login_codes where browser_hash = ? and code_hash = ?")
            .params(browserHash(browser), hash)
            .update();
    return taken == 1 ? Verdict.RIGHT : Verdict.NONE;
  }

  /** Voids all codes of a user. */
  @EventListener
  void on(TelegramDisconnected disconnected) {
    db.sql("delete from login_codes where user_id = ?").param(disconnected.user().value()).update();
  }

  private String hash(UserId user, String code) {
    return vault.hash("login " + user.value() + " " + code);
  }

  private String browserHash(String secret) {
    return vault.hash("browser " + secret);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
