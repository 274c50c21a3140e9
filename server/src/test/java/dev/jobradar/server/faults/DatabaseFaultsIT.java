package dev.jobradar.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.server.faults.FaultyWorld.Person;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What goes wrong with the database while the service runs. Afterwards everything works again by
 * itself: edits are stored exactly when they were answered with success, and every matching post is
 * one lead and one message.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(2)
@Timeout(240)
@SuppressWarnings("NullAway.Init")
class DatabaseFaultsIT {
  /** Longer than the database's own patience with a lock. */
  private static final Duration LASTS = Duration.ofSeconds(8);

  private FaultyWorld world;
  private Person ann;

  interface Fault {
    AutoCloseable begin(FaultyWorld world) throws SQLException;
  }

  /**
   * @param shown whether readiness shows it; a limit on new pages lets the probe's row be written
   */
  record Case(String name, boolean shown, Fault fault) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> faults() {
    return Stream.of(
        new Case(
            "another program locks it",
            true,
            world -> {
              Connection lock = world.lockDatabase();
              return lock;
            }),
        new Case(
            "the disk is full",
            false,
            world -> {
              world.onEachConnection("pragma max_page_count = 1");
              return () -> world.onEachConnection("pragma max_page_count = 1000000");
            }),
        new Case(
            "it is read-only",
            true,
            world -> {
              world.onEachConnection("pragma query_only = 1");
              return () -> world.onEachConnection("pragma query_only = 0");
            }));
  }

  @BeforeAll
  void begins() throws Exception {
    world = new FaultyWorld();
    ann = world.people.getFirst();
    world.awaitWatched();
  }

  @AfterAll
  void ends() {
    world.close();
  }

  @ParameterizedTest
  @MethodSource("faults")
  void afterwards_edits_are_truthful_and_deliveries_go_on(Case fault) throws Exception {
    String name = world.taskName(ann);
    Instant end = Instant.now().plus(LASTS);
    int edit = 0;
    try (AutoCloseable _ = fault.fault().begin(world)) {
      world.post(2);
      if (fault.shown()) {
        world.await(() -> world.readiness() == 503, () -> "it is not ready");
      }
      while (Instant.now().isBefore(end)) {
        String next = fault.name() + " " + edit++;
        int status = world.rename(ann, next);
        assertThat(status).isIn(200, 503);
        name = status == 200 ? next : name;
        assertThat(world.taskName(ann)).isEqualTo(name);
        // As fast as a person is, and within the budget of calls.
        TimeUnit.MILLISECONDS.sleep(200);
      }
    }
    for (int i = 0; i < 20; i++) {
      String next = "after " + fault.name() + " " + i;
      assertThat(world.rename(ann, next)).isEqualTo(200);
      assertThat(world.taskName(ann)).isEqualTo(next);
    }
    world.post(1);
    world.awaitDelivered(world.people);
    world.await(() -> world.readiness() == 200, () -> "it is ready again");
    world.assertWhole();
  }
}
