package dev.jobradar.server.leads;

import dev.jobradar.server.housekeeping.Batches;
import dev.jobradar.server.housekeeping.Prunable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Leads that their owner deleted are gone for good after some days. Thread-safe. */
@Component
public class LeadTrash implements Prunable {
  /** How long they can be taken back. */
  public static final Duration KEPT = Duration.ofDays(7);

  private final JdbcClient db;
  private final TransactionOperations transactions;
  private final InstantSource clock;

  public LeadTrash(JdbcClient db, TransactionOperations transactions, InstantSource clock) {
    this.db = db;
    this.transactions = transactions;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "leads";
  }

  @Override
  public long prune() throws InterruptedException {
    long before = clock.millis() - KEPT.toMillis();
    return Batches.untilNone(() -> {
      Integer deleted = transactions.execute(status -> deleteSome(before));
      return deleted == null ? 0 : deleted;
    });
  }

  /** An edit of its post does not bring a lead back. */
  private int deleteSome(long before) {
    List<Long> ids =
        db.sql(
                """
                select id from leads
                where trashed_at is not null and trashed_at < ?
                order by trashed_at
                limit %d
                """
                    .formatted(Batches.SIZE))
            .param(before)
            .query(Long.class)
            .list();
    if (ids.isEmpty()) {
      return 0;
    }
    db.sql(
            """
            insert into dropped_leads (task_id, source, message_id, dropped_at)
            select task_id, source, message_id, :now from leads where id in (:ids)
            on conflict do nothing
            """)
        .param("now", clock.millis())
        .param("ids", ids)
        .update();
    return db.sql("delete from leads where id in (:ids) and trashed_at is not null")
        .param("ids", ids)
        .update();
  }
}
