package dev.jobradar.server.health;

import dev.jobradar.server.pacing.ClockWatch;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Says for a while that the clock was set: what is shown and expires may be wrong. */
@Component
class ClockCheck implements HealthCheck {
  private static final Duration SHOWN = Duration.ofMinutes(10);

  private final ClockWatch clock;

  ClockCheck(ClockWatch clock) {
    this.clock = clock;
  }

  @Override
  public String name() {
    return "clock";
  }

  @Override
  public Finding look() {
    return clock
        .last()
        .filter(_ -> clock.sinceLast().filter(age -> age.compareTo(SHOWN) < 0).isPresent())
        .<Finding>map(set ->
            new Finding.Impaired(
                "it was set "
                    + (set.by().isNegative() ? "back" : "forward")
                    + " by "
                    + set.by().abs().toSeconds()
                    + " s"))
        .orElse(Finding.FINE);
  }
}
