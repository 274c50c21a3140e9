package dev.jobradar.server.stats;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.channels.ChannelName;
import dev.jobradar.server.tasks.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** How many leads came, from where, and how soon. Deleted leads do not count. Thread-safe. */
@Repository
public class LeadFigures {
  /** Time zones differ by multiples of this. */
  private static final long QUARTER = Duration.ofMinutes(15).toMillis();

  /** So many of the newest messages say how long they take. */
  private static final int SAMPLE = 10_000;

  private final JdbcClient db;

  public LeadFigures(JdbcClient db) {
    this.db = db;
  }

  /** How many leads something has. */
  public record Share(String name, long leads) {}

  /** How many leads a task has. */
  public record TaskShare(TaskId task, long leads) {}

  /**
   * How long it took from posts to messages; posts that a search of the history brought are left
   * out.
   *
   * @param messages of how many messages
   * @param median half of them took no longer
   * @param ninety of a hundred, ninety took no longer
   * @param longest the slowest
   */
  public record Delays(int messages, Duration median, Duration ninety, Duration longest) {}

  /** Leads by the day of their post where the person is, each day from the first to the last. */
  public Map<LocalDate, Long> perDay(UserId user, LocalDate first, LocalDate last, ZoneId zone) {
    Map<LocalDate, Long> days = new TreeMap<>();
    first.datesUntil(last.plusDays(1)).forEach(day -> days.put(day, 0L));
    db.sql(
            """
            select posted_at / :quarter as quarter, count(*) as number
            from leads
            where user_id = :user and trashed_at is null and posted_at >= :from
              and posted_at < :to
            group by posted_at / :quarter
            """
                .replace(":quarter", Long.toString(QUARTER)))
        .param("user", user.value())
        .param("from", first.atStartOfDay(zone).toInstant().toEpochMilli())
        .param("to", last.plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli())
        .query(row -> {
          Instant at = Instant.ofEpochMilli(row.getLong("quarter") * QUARTER);
          days.merge(at.atZone(zone).toLocalDate(), row.getLong("number"), Long::sum);
        });
    return days;
  }

  /** Leads of posts since then by task, the most first. */
  public List<TaskShare> byTask(UserId user, Instant since) {
    return shares(user, since, "task_id", 100).stream()
        .map(each -> new TaskShare(new TaskId(Long.parseLong(each.name())), each.leads()))
        .toList();
  }

  /**
   * What a source has brought to a task.
   *
   * @param leads all that are kept
   * @param recent those of posts since the time that was asked for
   * @param last when the newest of their posts was made
   */
  public record SourceYield(
      TaskId task, ChannelName source, long leads, long recent, Instant last) {}

  /** What each source has brought to each task; none that brought nothing. */
  public List<SourceYield> yields(UserId user, Instant since) {
    return db.sql(
            """
            select task_id, source, count(*) as number,
              count(case when posted_at >= :since then 1 end) as recent,
              max(posted_at) as last
            from leads
            where user_id = :user and trashed_at is null
            group by task_id, source
            """)
        .param("user", user.value())
        .param("since", since.toEpochMilli())
        .query((row, n) ->
            new SourceYield(
                new TaskId(row.getLong("task_id")),
                new ChannelName(row.getString("source")),
                row.getLong("number"),
                row.getLong("recent"),
                Instant.ofEpochMilli(row.getLong("last"))))
        .list();
  }

  /** Leads of posts since then by the name of their source, the most first. */
  public List<Share> bySource(UserId user, Instant since, int limit) {
    return shares(user, since, "source", limit);
  }

  /** Leads of posts since then by the keyword that matched; empty for none. The most first. */
  public List<Share> byKeyword(UserId user, Instant since, int limit) {
    return shares(user, since, "matched_keyword", limit);
  }

  private List<Share> shares(UserId user, Instant since, String column, int limit) {
    return db.sql(
            """
            select %1$s as name, count(*) as number
            from leads
            where user_id = ? and trashed_at is null and posted_at >= ?
            group by %1$s
            order by count(*) desc, %1$s
            limit ?
            """
                .formatted(column))
        .params(user.value(), since.toEpochMilli(), limit)
        .query((row, n) -> new Share(named(row.getString("name")), row.getLong("number")))
        .list();
  }

  private static String named(@Nullable String name) {
    return name == null ? "" : name;
  }

  /** How long messages about posts since then took; empty when there were none. */
  public Optional<Delays> delays(UserId user, Instant since) {
    List<Long> millis =
        new ArrayList<>(
            db.sql(
                    """
                    select delivered_at - posted_at as took
                    from leads
                    where user_id = ? and trashed_at is null and posted_at >= ?
                      and delivered_at is not null and not from_history
                    order by posted_at desc
                    limit %d
                    """
                        .formatted(SAMPLE))
                .params(user.value(), since.toEpochMilli())
                .query(Long.class)
                .list());
    if (millis.isEmpty()) {
      return Optional.empty();
    }
    millis.sort(null);
    return Optional.of(
        new Delays(
            millis.size(),
            percentile(millis, 50),
            percentile(millis, 90),
            percentile(millis, 100)));
  }

  /** Telegram's times are whole seconds: a clock that is behind a little makes no time negative. */
  private static Duration percentile(List<Long> sorted, int percent) {
    int rank = (int) Math.ceilDiv((long) sorted.size() * percent, 100L);
    return Duration.ofMillis(Math.max(0, sorted.get(Math.max(1, rank) - 1)));
  }

  /** How many leads there are of posts since then. */
  public long count(UserId user, Instant since) {
    return db.sql(
            """
            select count(*) from leads
            where user_id = ? and trashed_at is null and posted_at >= ?
            """)
        .params(user.value(), since.toEpochMilli())
        .query(Long.class)
        .single();
  }
}
