package dev.jobradar.server.backfill;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.account.FailureCode;
import dev.jobradar.server.account.FloodWaits;
import dev.jobradar.server.account.SkippedPosts;
import dev.jobradar.server.channels.ChannelName;
import dev.jobradar.server.channels.ChannelNameListener;
import dev.jobradar.server.pacing.ClockSet;
import dev.jobradar.server.tasks.TaskId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The backfills, as they are stored: somebody else's does not exist. For one task and source there
 * is one at a time that goes on. Thread-safe.
 */
@Repository
public class Backfills implements ChannelNameListener {
  private static final int MAX_LISTED = 100;

  private final JdbcClient db;
  private final InstantSource clock;

  Backfills(JdbcClient db, InstantSource clock) {
    this.db = db;
    this.clock = clock;
  }

  /**
   * Begins one.
   *
   * @return it, or empty when one goes on already
   */
  Optional<Backfill> create(
      UserId user, TaskId task, ChannelName source, int wanted, boolean deliver) {
    return db.sql(
            """
            insert into backfills (user_id, task_id, source, wanted, deliver, status,
              created_at, updated_at)
            values (:user, :task, :source, :wanted, :deliver, 'running', :now, :now)
            on conflict (task_id, source)
            where status = 'running' do nothing
            returning *
            """)
        .param("user", user.value())
        .param("task", task.value())
        .param("source", source.value())
        .param("wanted", wanted)
        .param("deliver", deliver)
        .param("now", clock.millis())
        .query(Backfills::row)
        .optional();
  }

  /** One of that user, empty when it is not theirs or not there. */
  public Optional<Backfill> find(UserId user, BackfillId id) {
    return db.sql("select * from backfills where id = ? and user_id = ?")
        .params(id.value(), user.value())
        .query(Backfills::row)
        .optional();
  }

  /** A user's: those that go on, then the others, newest first; {@value #MAX_LISTED} at most. */
  public List<Backfill> of(UserId user) {
    return db.sql(
            """
            select *
            from backfills
            where user_id = ?
            order by case when status = 'running' then 0 else 1 end, id desc
            limit ?
            """)
        .params(user.value(), MAX_LISTED)
        .query(Backfills::row)
        .list();
  }

  /** Who has one that goes on. */
  List<UserId> usersWithRunning() {
    return db
        .sql("select distinct user_id from backfills where status = 'running' order by user_id")
        .query(Long.class)
        .list()
        .stream()
        .map(UserId::new)
        .toList();
  }

  /** The user's oldest one that goes on and does not wait. */
  Optional<Backfill> due(UserId user) {
    return db.sql(
            """
            select *
            from backfills
            where user_id = ? and status = 'running'
              and (next_try_at is null or next_try_at <= ?)
            order by id
            limit 1
            """)
        .params(user.value(), clock.millis())
        .query(Backfills::row)
        .optional();
  }

  /** When the user's next step is due, which may be past; empty when there is none. */
  Optional<Instant> nextDue(UserId user) {
    return db.sql(
            """
            select min(coalesce(next_try_at, 0)) as due
            from backfills
            where user_id = ? and status = 'running'
            """)
        .param(user.value())
        .query((row, n) -> {
          long due = row.getLong("due");
          return row.wasNull() ? Optional.<Instant>empty() : Optional.of(at(due));
        })
        .single();
  }

  private static Instant at(long millis) {
    return Instant.ofEpochMilli(millis);
  }

  /**
   * Notes that a page was read, as a part of the caller's transaction.
   *
   * @param before as it was when the page was asked for
   * @return false when it was called off meanwhile: then nothing of the page is to be stored
   */
  boolean advance(Backfill before, int found, int read, int total, int nextBefore, boolean done) {
    return db.sql(
                """
                update backfills
                set found = found + :found, read_posts = read_posts + :read,
                  total_posts = :total, before_id = :next, status = :status,
                  last_error = null, next_try_at = null, updated_at = :now
                where id = :id and status = 'running'
                  and before_id = :before
                """)
            .param("found", found)
            .param("read", read)
            .param("total", total)
            .param("next", nextBefore)
            .param("status", (done ? BackfillStatus.DONE : BackfillStatus.RUNNING).text())
            .param("now", clock.millis())
            .param("id", before.id().value())
            .param("before", before.beforeId())
            .update()
        == 1;
  }

  /** Notes posts of a page that could not be read, as a part of the same transaction. */
  void passedOver(BackfillId id, List<SkippedPosts> posts) {
    for (SkippedPosts each : posts) {
      db.sql(
              """
              update backfills
              set passed_over = passed_over + :count,
                passed_over_last = case
                  when passed_over_last is null or passed_over_last < :last then :last
                  else passed_over_last end
              where id = :id
              """)
          .param("count", each.count())
          .param("last", each.toId())
          .param("id", id.value())
          .update();
    }
  }

  /** Notes how many new leads a page made, as a part of the same transaction. */
  void added(BackfillId id, int leads) {
    db.sql("update backfills set added = added + ? where id = ?")
        .params(leads, id.value())
        .update();
  }

  /** Notes that one waits, and for what; not one that was called off meanwhile. */
  void postpone(BackfillId id, String error, Instant nextTryAt) {
    db.sql(
            """
            update backfills
            set last_error = ?, next_try_at = ?, updated_at = ?
            where id = ? and status = 'running'
            """)
        .params(error, ceilingOfMillis(nextTryAt), clock.millis(), id.value())
        .update();
  }

  /** Each waits as long as it would have, and none longer than Telegram ever asked for. */
  void clockSet(ClockSet set) {
    db.sql(
            """
            update backfills
            set next_try_at = next_try_at + :by
            where status = 'running' and next_try_at > :pending
            """)
        .param("by", set.byMillis())
        .param("pending", set.pendingMillis())
        .update();
    db.sql(
            """
            update backfills
            set next_try_at = :longest
            where status = 'running' and next_try_at > :longest
            """)
        .param("longest", set.after().plus(FloodWaits.LONGEST).toEpochMilli())
        .update();
  }

  /** Schedules another read of a page, without a reason to show. */
  void lookAgain(BackfillId id, Instant at) {
    db.sql("update backfills set next_try_at = ? where id = ? and status = 'running'")
        .params(ceilingOfMillis(at), id.value())
        .update();
  }

  /** Rounded up: never a moment too early. */
  private static long ceilingOfMillis(Instant time) {
    return time.plusNanos(999_999).toEpochMilli();
  }

  /** Makes everything due now that waits for the user to sign in. */
  void signedIn(UserId user) {
    db.sql(
            """
            update backfills
            set next_try_at = null, last_error = null
            where user_id = :user and status = 'running'
              and last_error in (:errors)
            """)
        .param("user", user.value())
        .param("errors", List.of(FailureCode.NOT_SIGNED_IN, FailureCode.SESSION_ENDED))
        .update();
  }

  /** Notes that one cannot go on. */
  void fail(BackfillId id, String error) {
    db.sql(
            """
            update backfills
            set status = 'failed', last_error = ?, next_try_at = null, updated_at = ?
            where id = ? and status = 'running'
            """)
        .params(error, clock.millis(), id.value())
        .update();
  }

  @Override
  public void renamed(UserId user, ChannelName from, ChannelName to) {
    db.sql(
            """
            update backfills
            set status = 'cancelled', next_try_at = null
            where user_id = :user and source = :from and status = 'running' and exists (
              select 1 from backfills other
              where other.task_id = backfills.task_id and other.source = :to
                and other.status = 'running')
            """)
        .param("user", user.value())
        .param("from", from.value())
        .param("to", to.value())
        .update();
    db.sql("update backfills set source = ? where user_id = ? and source = ?")
        .params(to.value(), user.value(), from.value())
        .update();
  }

  /** Calls one off; says whether it went on until now. */
  boolean cancel(UserId user, BackfillId id) {
    return db.sql(
                """
                update backfills
                set status = 'cancelled', last_error = null, next_try_at = null,
                  updated_at = ?
                where id = ? and user_id = ? and status = 'running'
                """)
            .params(clock.millis(), id.value(), user.value())
            .update()
        == 1;
  }

  /** Forgets one that has ended; says whether there was one. */
  boolean forget(UserId user, BackfillId id) {
    return db.sql("delete from backfills where id = ? and user_id = ? and status <> 'running'")
            .params(id.value(), user.value())
            .update()
        == 1;
  }

  private static Backfill row(ResultSet row, int number) throws SQLException {
    int posts = row.getInt("total_posts");
    Integer total = row.wasNull() ? null : posts;
    long next = row.getLong("next_try_at");
    Instant nextTryAt = row.wasNull() ? null : at(next);
    return new Backfill(
        new BackfillId(row.getLong("id")),
        new UserId(row.getLong("user_id")),
        new TaskId(row.getLong("task_id")),
        new ChannelName(row.getString("source")),
        row.getInt("wanted"),
        row.getInt("found"),
        row.getInt("added"),
        row.getInt("read_posts"),
        total,
        row.getInt("passed_over"),
        row.getInt("passed_over_last"),
        row.getInt("before_id"),
        row.getBoolean("deliver"),
        BackfillStatus.of(row.getString("status")),
        row.getString("last_error"),
        nextTryAt,
        at(row.getLong("created_at")),
        at(row.getLong("updated_at")));
  }
}
