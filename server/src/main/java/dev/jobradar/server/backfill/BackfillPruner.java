package dev.jobradar.server.backfill;

import dev.jobradar.server.housekeeping.Batches;
import dev.jobradar.server.housekeeping.Prunable;
import dev.jobradar.server.housekeeping.RetentionSettings;
import java.time.InstantSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Backfills that ended long ago. Thread-safe. */
@Component
class BackfillPruner implements Prunable {
  private final JdbcClient db;
  private final RetentionSettings keep;
  private final InstantSource clock;

  BackfillPruner(JdbcClient db, RetentionSettings keep, InstantSource clock) {
    this.db = db;
    this.keep = keep;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "backfills";
  }

  @Override
  public long prune() throws InterruptedException {
    long before = clock.millis() - keep.backfills().toMillis();
    return Batches.untilNone(() ->
        db.sql(
                """
                delete from backfills
                where id in (select id from backfills where status <> 'running'
                    and updated_at < ? order by id limit %d)
                """
                    .formatted(Batches.SIZE))
            .param(before)
            .update());
  }
}
