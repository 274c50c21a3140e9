package dev.jobradar.server.signin;

import dev.jobradar.clients.AttemptLimit;
import dev.jobradar.server.storage.Vault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Counts attempts in the database, so that a restart opens no door. Phones and addresses are kept
 * as keyed hashes, and no longer than they count. Exact also when many count at once.
 */
@Repository
class AttemptCounts {
  private static final Duration PRUNE_EVERY = Duration.ofMinutes(1);

  private final AtomicLong nextPrune = new AtomicLong();
  private final JdbcClient db;
  private final TransactionOperations transactions;
  private final Vault vault;

  AttemptCounts(JdbcClient db, TransactionOperations transactions, Vault vault) {
    this.db = db;
    this.transactions = transactions;
    this.vault = vault;
  }

  /** The name under which something is counted. */
  String bucket(String what, String subject) {
    return subject.isEmpty() ? what : what + " " + vault.hash("attempt " + subject);
  }

  /**
   * Notes an attempt if the limit allows one more.
   *
   * @return empty when it was noted; else when the next one is allowed
   */
  Optional<Instant> note(String bucket, AttemptLimit limit, Instant now) {
    prune(now.toEpochMilli());
    return Objects.requireNonNull(
        transactions.execute(_ -> {
          long since = now.minus(limit.within()).toEpochMilli();
          List<Long> times = new ArrayList<>(lock(bucket));
          times.removeIf(at -> at <= since);
          if (times.size() >= limit.count()) {
            return Optional.of(
                Instant.ofEpochMilli(times.get(times.size() - limit.count())).plus(limit.within()));
          }
          times.add(now.toEpochMilli());
          write(bucket, times, now.plus(limit.within()).toEpochMilli());
          return Optional.<Instant>empty();
        }));
  }

  /** As {@link #note}, with a delay that grows. */
  Optional<Instant> noteSpaced(String bucket, GrowingDelay delay, Instant now) {
    prune(now.toEpochMilli());
    return Objects.requireNonNull(
        transactions.execute(_ -> {
          long since = now.minus(delay.within()).toEpochMilli();
          List<Long> times = new ArrayList<>(lock(bucket));
          times.removeIf(at -> at <= since);
          Instant allowed = delay.next(times.stream().map(Instant::ofEpochMilli).toList());
          if (now.isBefore(allowed)) {
            return Optional.of(allowed);
          }
          times.add(now.toEpochMilli());
          write(bucket, times, now.plus(delay.within()).toEpochMilli());
          return Optional.<Instant>empty();
        }));
  }

  /** How many were noted by {@link #note} within that time. */
  long count(String bucket, Duration within, Instant now) {
    long since = now.minus(within).toEpochMilli();
    return db
        .sql("select times from attempts where bucket = ?")
        .param(bucket)
        .query(String.class)
        .optional()
        .map(AttemptCounts::times)
        .orElse(List.of())
        .stream()
        .filter(at -> at > since)
        .count();
  }

  /** Now and then, by one at a time, and not while it holds a row: others would wait in a ring. */
  private void prune(long now) {
    long due = nextPrune.get();
    if (now >= due && nextPrune.compareAndSet(due, now + PRUNE_EVERY.toMillis())) {
      db.sql("delete from attempts where expires_at <= ?").param(now).update();
    }
  }

  /** Takes back what was noted at that time. */
  void forget(String bucket, Instant notedAt) {
    transactions.executeWithoutResult(_ -> {
      List<Long> times = new ArrayList<>(lock(bucket));
      int last = times.lastIndexOf(notedAt.toEpochMilli());
      if (last >= 0) {
        times.remove(last);
        db.sql("update attempts set times = ? where bucket = ?")
            .params(text(times), bucket)
            .update();
      }
    });
  }

  /**
   * Notes an attempt in the stretch of the limit's length, such as the full hour, that the present
   * is in. Only their number is kept, so that the limit may be as high as one likes; around the end
   * of a stretch twice as many can come.
   *
   * @return empty when it was noted; else when the next stretch begins
   */
  Optional<Instant> noteInStretch(String bucket, AttemptLimit limit, Instant now) {
    prune(now.toEpochMilli());
    Stretch stretch = Stretch.of(bucket, limit, now);
    return Objects.requireNonNull(
        transactions.execute(_ -> {
          long count = number(lock(stretch.bucket()));
          if (count >= limit.count()) {
            return Optional.of(Instant.ofEpochMilli(stretch.end()));
          }
          write(stretch.bucket(), List.of(count + 1), stretch.end());
          return Optional.<Instant>empty();
        }));
  }

  /** Takes back what {@link #noteInStretch} noted at that time. */
  void forgetInStretch(String bucket, AttemptLimit limit, Instant notedAt) {
    Stretch stretch = Stretch.of(bucket, limit, notedAt);
    transactions.executeWithoutResult(_ -> {
      long count = number(lock(stretch.bucket()));
      write(stretch.bucket(), List.of(Math.max(0, count - 1)), stretch.end());
    });
  }

  private record Stretch(String bucket, long end) {
    static Stretch of(String bucket, AttemptLimit limit, Instant time) {
      long length = limit.within().toMillis();
      long begin = Math.floorDiv(time.toEpochMilli(), length) * length;
      return new Stretch(bucket + " from " + begin, begin + length);
    }
  }

  private static long number(List<Long> stored) {
    return stored.isEmpty() ? 0 : stored.getFirst();
  }

  /** Writing the row makes others wait until this transaction is over. */
  private List<Long> lock(String bucket) {
    String times =
        db.sql(
                """
                insert into attempts (bucket, times, expires_at)
                values (?, '', 0)
                on conflict (bucket) do update set bucket = excluded.bucket
                returning times
                """)
            .param(bucket)
            .query(String.class)
            .single();
    return times(times);
  }

  private static List<Long> times(String times) {
    return times.isEmpty()
        ? List.of()
        : Arrays.stream(times.split(",", -1)).map(Long::valueOf).toList();
  }

  private void write(String bucket, List<Long> times, long expiresAt) {
    db.sql("update attempts set times = ?, expires_at = ? where bucket = ?")
        .params(text(times), expiresAt, bucket)
        .update();
  }

  private static String text(List<Long> times) {
    return times.stream().map(String::valueOf).collect(Collectors.joining(","));
  }
}
