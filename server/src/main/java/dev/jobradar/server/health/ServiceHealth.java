package dev.jobradar.server.health;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/**
 * What {@link HealthChecks} found, as Spring Boot's health {@code service}: {@code DOWN} when
 * something is broken, {@code IMPAIRED} (answered with 200) when something is impaired.
 */
@Component("service")
class ServiceHealth implements HealthIndicator {
  private static final Status IMPAIRED = new Status("IMPAIRED");

  private final HealthChecks checks;

  ServiceHealth(HealthChecks checks) {
    this.checks = checks;
  }

  @Override
  public Health health() {
    Health.Builder health = Health.up();
    checks
        .found()
        .forEach((name, finding) -> {
          switch (finding) {
            case Finding.Fine fine -> health.withDetail(name, "fine");
            case Finding.Impaired(String why) -> {
              health.withDetail(name, why);
              if (health.build().getStatus().equals(Status.UP)) {
                health.status(IMPAIRED);
              }
            }
            case Finding.Broken(String why) -> health.withDetail(name, why).down();
          }
        });
    return health.build();
  }
}
