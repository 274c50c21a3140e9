package dev.jobradar.server.delivery;

import dev.jobradar.server.health.Finding;
import dev.jobradar.server.health.HealthCheck;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.stereotype.Component;

/** Looks at how long the oldest message that may be sent has been waiting. */
@Component
class LateDeliveries implements HealthCheck {
  /** As many as one user's account may send in that time are far more than a digest. */
  private static final Duration LATE = Duration.ofMinutes(10);

  private final DeliveryQueue queue;
  private final InstantSource clock;

  LateDeliveries(DeliveryQueue queue, InstantSource clock) {
    this.queue = queue;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "deliveries";
  }

  @Override
  public Finding look() {
    Instant now = clock.instant();
    return queue
        .oldestDue(now)
        .map(due -> Duration.between(due, now))
        .filter(late -> late.compareTo(LATE) > 0)
        .<Finding>map(late ->
            new Finding.Impaired("a message has been due for " + late.toMinutes() + " minutes"))
        .orElse(Finding.FINE);
  }
}
