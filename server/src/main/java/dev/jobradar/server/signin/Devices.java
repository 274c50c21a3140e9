package dev.jobradar.server.signin;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.storage.Vault;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The browsers that have proved themselves: each holds a token that is signed with our key and
 * bound to its user. It opens nothing. It only keeps a person's own browsers apart from strangers,
 * who have limits of their own to spend.
 *
 * <p>Each sign-in gives a new token. The one before stays good, because the answer with the new one
 * may be lost. Thread-safe.
 */
@Repository
public class Devices {
  /** As long as browsers keep a cookie, since it was last given. */
  public static final Duration LIFETIME = Duration.ofDays(400);

  static final int PER_USER = 20;

  private static final Pattern TOKEN =
      Pattern.compile("(\\d{1,18})\\.(\\d{1,18})\\.(\\d{1,9})\\.([0-9a-f]{64,100})");

  private final JdbcClient db;
  private final Vault vault;
  private final InstantSource clock;

  /** On this database; tokens are signed with that vault. */
  public Devices(JdbcClient db, Vault vault, InstantSource clock) {
    this.db = db;
    this.vault = vault;
    this.clock = clock;
  }

  /** The device of this token, unless it was forged, revoked, replaced twice, or is too old. */
  public Optional<Device> find(String token) {
    Matcher parts = TOKEN.matcher(token);
    if (!parts.matches()) {
      return Optional.empty();
    }
    Device device =
        new Device(Long.parseLong(parts.group(1)), new UserId(Long.parseLong(parts.group(2))));
    int generation = Integer.parseInt(parts.group(3));
    // Before the database is asked: strangers cannot make it work.
    if (!MessageDigest.isEqual(bytes(parts.group(4)), bytes(signature(device, generation)))) {
      return Optional.empty();
    }
    return db.sql(
            """
            select 1 from devices
            where id = ? and user_id = ? and generation in (?, ?) and seen_at > ?
            """)
        .params(
            device.id(),
            device.user().value(),
            generation,
            generation + 1,
            clock.instant().minus(LIFETIME).toEpochMilli())
        .query(Integer.class)
        .optional()
        .map(_ -> device);
  }

  /**
   * A device that has just proved itself, and its new token.
   *
   * @param token a secret of the browser
   */
  public record Issued(Device device, String token) {
    /** Does not show the token. */
    @Override
    public String toString() {
      return "Issued[" + device + "]";
    }
  }

  /**
   * Notes that this user has signed in in a browser.
   *
   * @param known what the browser came with, null for nothing
   */
  public Issued signedIn(UserId user, @Nullable Device known) {
    if (known != null && known.user().equals(user)) {
      Optional<Integer> generation =
          db.sql(
                  """
                  update devices set generation = generation + 1, seen_at = ?
                  where id = ? and user_id = ?
                  returning generation
                  """)
              .params(clock.millis(), known.id(), user.value())
              .query(Integer.class)
              .optional();
      if (generation.isPresent()) {
        return issued(known, generation.get());
      }
    }
    long id =
        db.sql(
                """
                insert into devices (user_id, generation, seen_at)
                values (?, 1, ?)
                returning id
                """)
            .params(user.value(), clock.millis())
            .query(Long.class)
            .single();
    // The oldest go: nobody has that many browsers.
    db.sql(
            """
            delete from devices
            where user_id = ? and id not in (
              select id from devices where user_id = ? order by seen_at desc, id desc limit ?)
            """)
        .params(user.value(), user.value(), PER_USER)
        .update();
    return issued(new Device(id, user), 1);
  }

  private Issued issued(Device device, int generation) {
    String token =
        "%d.%d.%d.%s"
            .formatted(
                device.id(), device.user().value(), generation, signature(device, generation));
    return new Issued(device, token);
  }

  /** This browser is a stranger's from now on. */
  public void revoke(UserId user, long device) {
    db.sql("delete from devices where id = ? and user_id = ?")
        .params(device, user.value())
        .update();
  }

  /** All of a user's browsers are strangers' from now on. */
  public void revokeAll(UserId user) {
    db.sql("delete from devices where user_id = ?").param(user.value()).update();
  }

  /** All of a user's browsers but one are strangers' from now on. */
  public void revokeOthers(UserId user, @Nullable Long device) {
    if (device == null) {
      revokeAll(user);
      return;
    }
    db.sql("delete from devices where user_id = ? and id <> ?")
        .params(user.value(), device)
        .update();
  }

  @EventListener
  void on(TelegramDisconnected disconnected) {
    revokeAll(disconnected.user());
  }

  private String signature(Device device, int generation) {
    return vault.hash(
        "device " + device.id() + " of " + device.user().value() + " no " + generation);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
