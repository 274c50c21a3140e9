package dev.jobradar.server.signin;

import dev.jobradar.server.pacing.ClockSet;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps codes good for as long as they were to be, when the clock is set. */
@Component
class OneTimeCodeClock {
  private final JdbcClient db;

  OneTimeCodeClock(JdbcClient db) {
    this.db = db;
  }

  @EventListener
  void on(ClockSet set) {
    db.sql(
            """
            update login_codes
            set expires_at = expires_at + :by
            where expires_at > :pending
            """)
        .param("by", set.byMillis())
        .param("pending", set.pendingMillis())
        .update();
    db.sql("delete from login_codes where expires_at > ?")
        .param(set.after().plus(OneTimeCodes.VALID_FOR).toEpochMilli())
        .update();
  }
}
