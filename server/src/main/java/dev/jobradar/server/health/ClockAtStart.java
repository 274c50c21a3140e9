package dev.jobradar.server.health;

import dev.jobradar.server.pacing.ClockSet;
import dev.jobradar.server.pacing.ClockWatch;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Before anything else begins: when the last row that was written to see whether the database works
 * is from the future, the clock was set back while the service did not run.
 */
@Component
class ClockAtStart implements SmartLifecycle {
  private static final Duration JUMP = Duration.ofSeconds(2);

  private final JdbcClient db;
  private final InstantSource clock;
  private final ClockWatch watch;
  private volatile boolean running;

  ClockAtStart(JdbcClient db, InstantSource clock, ClockWatch watch) {
    this.db = db;
    this.clock = clock;
    this.watch = watch;
  }

  @Override
  public void start() {
    running = true;
    Instant now = clock.instant();
    Instant last =
        db.sql("select written_at from probe where id = 1")
            .query(Long.class)
            .optional()
            .map(Instant::ofEpochMilli)
            .orElse(now);
    watch.started(new ClockSet(last.isAfter(now.plus(JUMP)) ? last : now, now));
  }

  @Override
  public void stop() {
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return Integer.MIN_VALUE;
  }
}
