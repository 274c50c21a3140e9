package dev.jobradar.server.leads;

import dev.jobradar.server.housekeeping.Batches;
import dev.jobradar.server.housekeeping.Prunable;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The bands of leads that nothing can be a repost of any more. The leads stay, and reposts of the
 * very same words are still found. Thread-safe.
 */
@Component
class RepostIndexPruner implements Prunable {
  /**
   * A post is compared with leads posted up to {@link LeadWriter#REPOST_WINDOW} before it, and may
   * itself come as late as that again: after an outage, or with a backfill.
   */
  static final Duration KEPT = LeadWriter.REPOST_WINDOW.multipliedBy(2);

  private static final int LEADS = Batches.SIZE / 10;

  private final JdbcClient db;
  private final InstantSource clock;

  RepostIndexPruner(JdbcClient db, InstantSource clock) {
    this.db = db;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "lead_bands";
  }

  /** Ids of leads grow with the time when they were found: the least are the oldest. */
  @Override
  public long prune() throws InterruptedException {
    long before = clock.millis() - KEPT.toMillis();
    return Batches.untilNone(() ->
        db.sql(
                """
                delete from lead_bands
                where lead_id in (
                  select l.id from leads l
                  where l.found_at < ? and l.id in (
                    select distinct lead_id from lead_bands order by lead_id limit %d))
                """
                    .formatted(LEADS))
            .param(before)
            .update());
  }
}
