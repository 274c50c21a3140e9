package dev.jobradar.server.account;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.pacing.ClockSet;
import dev.jobradar.server.pacing.ClockSettled;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
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

  /** Longer than a statement takes. */
  private static final long RECENT_NANOS = Duration.ofMinutes(1).toNanos();

  private final JdbcClient db;
  private final InstantSource clock;
  private final Queue<Noted> recent = new ConcurrentLinkedQueue<>();
  private final AtomicLong timesSet = new AtomicLong();

  /** Counts what is written here. */
  private final AtomicLong writes = new AtomicLong();

  /** Who has nothing to wait for, by the count at which that was read; nearly everybody. */
  private final ConcurrentHashMap<UserId, Long> free = new ConcurrentHashMap<>();

  /** A wait as it was stored, and when, by a clock that is never set. */
  private record Noted(UserId user, String scope, Duration length, long until, long nanos) {}

  public FloodWaits(JdbcClient db, InstantSource clock) {
    this.db = db;
    this.clock = clock;
  }

  /** Notes a wait that begins now; a longer one that is known stays. */
  public void put(UserId user, String scope, Duration wait) {
    long times = timesSet.get();
    long nanos = System.nanoTime();
    recent.removeIf(each -> nanos - each.nanos() > RECENT_NANOS);
    Noted noted = new Noted(user, scope, wait, ceilingOfMillis(clock.instant().plus(wait)), nanos);
    recent.add(noted);
    store(noted);
    if (timesSet.get() != times) {
      correct(noted);
    }
  }

  private void store(Noted noted) {
    db.sql(
            """
            insert into flood_waits (user_id, scope, until)
            values (:user, :scope, :until)
            on conflict (user_id, scope) do update set until = case
              when excluded.until > flood_waits.until then excluded.until
              else flood_waits.until end
            """)
        .param("user", noted.user().value())
        .param("scope", noted.scope())
        .param("until", noted.until())
        .update();
    writes.incrementAndGet();
  }

  /** Rounded up: never a moment too early. */
  private static long ceilingOfMillis(Instant time) {
    return time.plusNanos(999_999).toEpochMilli();
  }

  /** When the wait ends; empty when there is none or it is over. */
  public Optional<Instant> until(UserId user, String scope) {
    long now = writes.get();
    Long known = free.get(user);
    if (known != null && known == now) {
      return Optional.empty();
    }
    Map<String, Instant> waits = waits(user);
    if (waits.isEmpty()) {
      free.put(user, now);
    }
    return Optional.ofNullable(waits.get(scope));
  }

  private Map<String, Instant> waits(UserId user) {
    Map<String, Instant> waits = new HashMap<>();
    db.sql("select scope, until from flood_waits where user_id = ? and until > ?")
        .params(user.value(), clock.millis())
        .query(row -> {
          waits.put(row.getString("scope"), Instant.ofEpochMilli(row.getLong("until")));
        });
    return waits;
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
    writes.incrementAndGet();
  }

  /** What was stored by the clock as it was before, after the others were moved. */
  @EventListener
  public void on(ClockSettled settled) {
    timesSet.incrementAndGet();
    recent.forEach(this::correct);
  }

  private void correct(Noted noted) {
    Duration passed = Duration.ofNanos(System.nanoTime() - noted.nanos());
    Instant end = clock.instant().plus(noted.length()).minus(passed);
    db.sql(
            """
            update flood_waits set until = :end
            where user_id = :user and scope = :scope and until = :stored
            """)
        .param("end", ceilingOfMillis(end))
        .param("user", noted.user().value())
        .param("scope", noted.scope())
        .param("stored", noted.until())
        .update();
    writes.incrementAndGet();
  }

  /** Forgets the waits that are over. */
  public void forgetOver() {
    db.sql("delete from flood_waits where until <= ?").param(clock.millis()).update();
  }
}
