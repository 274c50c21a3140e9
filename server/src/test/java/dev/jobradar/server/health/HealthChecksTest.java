package dev.jobradar.server.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;

class HealthChecksTest {
  private final AtomicLong nanos = new AtomicLong();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  /** Finds what it is told to. */
  private static final class Told implements HealthCheck {
    private final String name;
    private Finding finding = Finding.FINE;

    Told(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Finding look() {
      return finding;
    }
  }

  private final Told database = new Told("database");
  private final Told deliveries = new Told("deliveries");
  private final HealthChecks checks =
      new HealthChecks(List.of(database, deliveries), meters, nanos::get);

  private Health health() throws InterruptedException {
    checks.look(database);
    checks.look(deliveries);
    return new ServiceHealth(checks).health();
  }

  private double meter(String check) {
    return meters.get("jobradar.health").tag("check", check).gauge().value();
  }

  @Test
  void what_is_impaired_is_shown_and_what_is_broken_comes_first() throws Exception {
    assertThat(health().getStatus().getCode()).isEqualTo("UP");
    deliveries.finding = new Finding.Impaired("late");
    assertThat(health().getStatus().getCode()).isEqualTo("IMPAIRED");
    database.finding = new Finding.Broken("full");
    assertThat(health().getStatus().getCode()).isEqualTo("DOWN");
    assertThat(health().getDetails()).isEqualTo(Map.of("database", "full", "deliveries", "late"));
    assertThat(meter("database")).isEqualTo(2);
    assertThat(meter("deliveries")).isEqualTo(1);
    database.finding = Finding.FINE;
    deliveries.finding = Finding.FINE;
    assertThat(health().getStatus().getCode()).isEqualTo("UP");
    assertThat(meter("database")).isZero();
  }

  @Test
  void a_look_that_does_not_end_is_broken_and_asking_does_not_wait_for_it() throws Exception {
    health();
    nanos.set(HealthChecks.LIMIT.toNanos() + 1);
    checks.look(deliveries);
    assertThat(checks.found().get("database")).isInstanceOf(Finding.Broken.class);
    assertThat(checks.found().get("deliveries")).isEqualTo(Finding.FINE);
  }

  @Test
  void a_look_that_throws_is_broken_without_its_message() throws Exception {
    HealthCheck throwing =
        new HealthCheck() {
          @Override
          public String name() {
            return "database";
          }

          @Override
          public Finding look() {
            throw new IllegalStateException("secret");
          }
        };
    checks.look(throwing);
    assertThat(checks.found().get("database"))
        .isEqualTo(new Finding.Broken("IllegalStateException"));
  }
}
