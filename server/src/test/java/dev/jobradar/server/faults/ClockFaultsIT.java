package dev.jobradar.server.faults;

import static dev.jobradar.server.faults.FaultyWorld.SEND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.sandbox.fault.Aim;
import dev.jobradar.sandbox.fault.Fault;
import dev.jobradar.sandbox.fault.StandingFault;
import dev.jobradar.server.faults.FaultyWorld.Person;
import dev.jobradar.server.faults.FaultyWorld.Sending;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The machine's clock is set while the service runs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
@SuppressWarnings("NullAway.Init")
class ClockFaultsIT {
  private FaultyWorld world;
  private Person ann;
  private List<Person> others;

  @BeforeAll
  void begins() throws Exception {
    world = new FaultyWorld();
    ann = world.people.getFirst();
    others = world.people.subList(1, world.people.size());
    world.awaitWatched();
  }

  @AfterAll
  void ends() {
    world.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT-1H", "PT1H", "P-1D", "P1D"})
  void leads_arrive_and_waits_last_as_long_as_they_should(Duration by) throws Exception {
    world.setClock(Duration.ZERO);
    world.sendings.clear();
    try (StandingFault _ =
        world
            .sandbox
            .faults()
            .set(
                Fault.floodWait(Duration.ofSeconds(6)),
                Aim.account(ann.telegram()).calling(SEND),
                1)) {
      world.post(1);
      world.await(() -> refusedAt() != 0, () -> "somebody is told to wait");
      world.setClock(by);
      world.await(() -> world.health("clock").contains("it was set"), () -> "the jump is told");
      assertThat(world.readiness()).isEqualTo(200);
      world.post(1);
      world.awaitDelivered(others);
      world.awaitDelivered(world.people);
    }
    assertThat(
            world.sendings.stream()
                .filter(each -> each.userId() == ann.telegram().value())
                .filter(each -> each.nanos() > refusedAt()))
        .isNotEmpty()
        .allMatch(each -> each.nanos() - refusedAt() >= TimeUnit.SECONDS.toNanos(6));
    world.assertWhole();
  }

  private long refusedAt() {
    return world.sendings.stream()
        .filter(each -> each.error() != null)
        .mapToLong(Sending::nanos)
        .findFirst()
        .orElse(0);
  }
}
