package dev.jobradar.server.account;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.pacing.ClockSet;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Stored waits: which user has to wait with what, and until when. Kept over restarts. Thread-safe.
 *
 * <p>A scope is what has to wait: the TL name of a method, or something narrower that the caller
 * names.
 */
@Repository
public class FloodWaits {
  /** The scope of all that an account sends, to whomever: its TL method. */
  public static final String SENDING = "messages.sendMessage";

  /** Beyond this a stored wait is a mistake: Telegram asks for a day or so at most. */
  public static final Duration LONGEST = Duration.ofDays(7);

  private final JdbcClient db;
  private final InstantSource clock;

  public FloodWaits(JdbcClient db, InstantSource clock) {
    this.db = db;
    this.clock = clock;
  }

  /** Notes a wait; a longer one that is known stays. */
  public void put(UserId user, String scope, Instant until) {
    db.sql(
            """
            insert into flood_waits (user_id, scope, until)
            values (:user, :scope, :until)
            on conflict (user_id, scope) do update set until = case
              when excluded.until > flood_waits.until then excluded.until
              else flood_waits.until end
            """)
        .param("user", user.value())
        .param("scope", scope)
        .param("until", ceilingOfMillis(until))
        .update();
  }

  /** Rounded up: never a moment too early. */
  private static long ceilingOfMillis(Instant time) {
    return time.plusNanos(999_999).toEpochMilli();
  }

  /** When the wait ends; empty when there is none or it is over. */
  public Optional<Instant> until(UserId user, String scope) {
    return db.sql("select until from flood_waits where user_id = ? and scope = ? and until > ?")
        .params(user.value(), scope, clock.millis())
        .query(Long.class)
        .optional()
        .map(Instant::ofEpochMilli);
  }

  /** Each wait stays as long as it is, and none is longer than Telegram ever asked for. */
  @EventListener
  public void on(ClockSet set) {
    db.sql("update flood_waits set until = until + :by where until > :pending")
        .param("by", set.byMillis())
        .param("pending", set.pendingMillis())
        .update();
    db.sql("update flood_waits set until = :longest where until > :longest")
        .param("longest", set.after().plus(LONGEST).toEpochMilli())
        .update();
  }

  /** Forgets the waits that are over. */
  public void forgetOver() {
    db.sql("delete from flood_waits where until <= ?").param(clock.millis()).update();
  }
}
