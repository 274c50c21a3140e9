package dev.jobradar.server.monitoring;

import dev.jobradar.server.health.Finding;
import dev.jobradar.server.health.HealthCheck;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.stereotype.Component;

/**
 * Impaired when channels of most users have stalled for a while, since that is no matter of a
 * single account. Requests are answered all the same, so this never makes a process not ready.
 */
@Component
class StallCheck implements HealthCheck {
  private static final Duration AFTER = Duration.ofMinutes(10);

  private final StalledWatches stalls;
  private final SubscriptionPlanner planner;
  private final InstantSource clock;

  StallCheck(StalledWatches stalls, SubscriptionPlanner planner, InstantSource clock) {
    this.stalls = stalls;
    this.planner = planner;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "watches";
  }

  @Override
  public Finding look() {
    return judge(stalls.usersStalledSince(clock.instant().minus(AFTER)), planner.watchedUsers());
  }

  /**
   * What these figures say. Users are counted, not channels: an account that Telegram has frozen
   * stalls in all of its channels.
   */
  static Finding judge(int stalledUsers, int watchedUsers) {
    return 2L * stalledUsers > watchedUsers
        ? new Finding.Impaired(
            "channels of "
                + stalledUsers
                + " of "
                + watchedUsers
                + " users have delivered nothing for more than "
                + AFTER.toMinutes()
                + " min although they should")
        : Finding.FINE;
  }
}
