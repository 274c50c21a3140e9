package dev.jobradar.server.delivery;

import dev.jobradar.server.housekeeping.Batches;
import dev.jobradar.server.housekeeping.Prunable;
import dev.jobradar.server.housekeeping.RetentionSettings;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Deliveries that are over for long; what still waits is kept however old it is. Thread-safe. */
@Component
class DeliveryPruner implements Prunable {
  private static final Set<String> OVER = Set.of("sent", "failed", "cancelled");

  private final JdbcClient db;
  private final RetentionSettings keep;
  private final InstantSource clock;

  DeliveryPruner(JdbcClient db, RetentionSettings keep, InstantSource clock) {
    this.db = db;
    this.keep = keep;
    this.clock = clock;
  }

  private record Row(long id, boolean digest, String status, long createdAt, long overAt) {
    boolean isOverBefore(long time) {
      return OVER.contains(status) && overAt < time;
    }
  }

  @Override
  public String name() {
    return "deliveries";
  }

  /** Ids grow with time: it ends at the first one that is young. */
  @Override
  public long prune() throws InterruptedException {
    long before = clock.millis() - keep.deliveries().toMillis();
    long deleted = 0;
    List<Row> batch = after(0);
    while (!batch.isEmpty()) {
      deleted += delete(batch.stream().filter(row -> row.isOverBefore(before)).toList());
      Row last = batch.getLast();
      if (last.createdAt() >= before) {
        break;
      }
      Batches.pause();
      batch = after(last.id());
    }
    return deleted;
  }

  private List<Row> after(long id) {
    return db.sql(
            """
            select id, lead_id, status, created_at, coalesce(sent_at,
              created_at) as over_at
            from deliveries
            where id > ?
            order by id
            limit %d
            """
                .formatted(Batches.SIZE))
        .param(id)
        .query((row, n) ->
            new Row(
                row.getLong("id"),
                row.getObject("lead_id") == null,
                row.getString("status"),
                row.getLong("created_at"),
                row.getLong("over_at")))
        .list();
  }

  /** A digest goes after the last of its leads. */
  private int delete(List<Row> over) {
    List<Long> leads = over.stream().filter(row -> !row.digest()).map(Row::id).toList();
    List<Long> digests = over.stream().filter(Row::digest).map(Row::id).toList();
    int deleted = 0;
    if (!leads.isEmpty()) {
      deleted += db.sql("delete from deliveries where id in (:ids)").param("ids", leads).update();
    }
    if (!digests.isEmpty()) {
      deleted +=
          db.sql(
                  """
                  delete from deliveries
                  where id in (:ids) and not exists (select 1 from deliveries part
                    where part.digest_id = deliveries.id)
                  """)
              .param("ids", digests)
              .update();
    }
    return deleted;
  }
}
