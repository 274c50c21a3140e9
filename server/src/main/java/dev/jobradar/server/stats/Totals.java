package dev.jobradar.server.stats;

import dev.jobradar.clients.UserId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Counts what users have. Thread-safe. */
@Repository
public class Totals {
  private final JdbcClient db;

  public Totals(JdbcClient db) {
    this.db = db;
  }

  /** How many tasks, and how many of them run. */
  public record TaskTotals(int total, int running) {}

  /** How many leads, how many of them were not opened, how many were found since a time. */
  public record LeadTotals(long total, long fresh, long since) {}

  public TaskTotals tasks(UserId user) {
    return db.sql(
            """
            select count(*) as total,
              count(case when status = 'running' then 1 end) as running
            from tasks
            where user_id = ?
            """)
        .param(user.value())
        .query((row, n) -> new TaskTotals(row.getInt("total"), row.getInt("running")))
        .single();
  }

  public LeadTotals leads(UserId user, Instant since) {
    return db.sql(
            """
            select count(*) as total,
              count(case when status = 'new' then 1 end) as fresh,
              count(case when found_at >= ? then 1 end) as since
            from leads
            where user_id = ? and trashed_at is null
            """)
        .params(since.toEpochMilli(), user.value())
        .query((row, n) ->
            new LeadTotals(row.getLong("total"), row.getLong("fresh"), row.getLong("since")))
        .single();
  }

  /** How many sources of the user's tasks have each status; a status that none has is left out. */
  public Map<String, Integer> sources(UserId user) {
    Map<String, Integer> counts = new HashMap<>();
    db.sql(
            """
            select s.status, count(*) as number
            from sources s
            join tasks t on t.id = s.task_id
            where t.user_id = ?
            group by s.status
            """)
        .param(user.value())
        .query(row -> {
          counts.put(row.getString("status"), row.getInt("number"));
        });
    return counts;
  }
}
