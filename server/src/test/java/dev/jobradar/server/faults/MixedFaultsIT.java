package dev.jobradar.server.faults;

import static dev.jobradar.server.faults.FaultyWorld.SEND;

import dev.jobradar.sandbox.fault.Aim;
import dev.jobradar.sandbox.fault.Fault;
import dev.jobradar.server.faults.FaultyWorld.Person;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Telegram, the network, the database and the clock fail at the same time, in an order that a seed
 * decides. Within a minute of the end of all faults everything works again by itself, and every
 * matching post is one lead and one message.
 *
 * <p>{@code -Djobradar.seed=7} repeats an order, {@code -Djobradar.minutes=60} goes on for so long.
 */
class MixedFaultsIT {
  private static final Logger log = LoggerFactory.getLogger(MixedFaultsIT.class);
  private static final int ROUNDS = 3;

  /** Begins a fault; what is returned ends it. */
  private interface Strike {
    AutoCloseable on(FaultyWorld world, Person person) throws Exception;
  }

  private record Named(String name, Strike strike) {}

  private static Named fault(Fault fault) {
    return new Named(
        fault.name(),
        (world, person) -> world.sandbox.faults().set(fault, Aim.account(person.telegram())));
  }

  private static Named refusal(Fault fault, int times) {
    return new Named(
        fault.name(),
        (world, person) ->
            world.sandbox.faults().set(fault, Aim.account(person.telegram()).calling(SEND), times));
  }

  private static Named once(String name, java.util.function.Consumer<FaultyWorld> strike) {
    return new Named(
        name,
        (world, _) -> {
          strike.accept(world);
          return () -> {};
        });
  }

  private static final List<Named> TELEGRAM =
      List.of(
          once("connections are closed", world -> world.sandbox.drop(Aim.ALL)),
          once("connections are reset", world -> world.sandbox.reset(Aim.ALL)),
          once("sessions begin anew", world -> world.sandbox.resetSessions(Aim.ALL)),
          once("updates were lost", world -> world.sandbox.sendUpdatesTooLong(Aim.ALL)),
          once("a data centre restarts", world -> world.sandbox.restart(1)),
          fault(new Fault.Silence()),
          fault(new Fault.DoubleUpdates()),
          fault(new Fault.ReorderUpdates()),
          fault(new Fault.DuplicatePackets()),
          new Named(
              "the server's clock is off",
              (world, _) -> world.sandbox.faults().set(new Fault.ClockSkew(Duration.ofHours(1)))),
          refusal(Fault.floodWait(Duration.ofSeconds(3)), 1),
          refusal(new Fault.Fail(500, "INTERNAL"), 2),
          refusal(new Fault.LoseAnswers(true), 1));

  private static final List<Named> DATABASE =
      List.of(
          new Named("nothing", (_, _) -> () -> {}),
          new Named(
              "a lock",
              (world, _) -> {
                Connection lock = world.lockDatabase();
                return lock;
              }),
          new Named(
              "a full disk",
              (world, _) -> {
                world.onEachConnection("pragma max_page_count = 1");
                return () -> world.onEachConnection("pragma max_page_count = 1000000");
              }),
          new Named(
              "read-only",
              (world, _) -> {
                world.onEachConnection("pragma query_only = 1");
                return () -> world.onEachConnection("pragma query_only = 0");
              }),
          new Named(
              "I/O errors",
              (world, _) -> {
                world.statements.failAll();
                return world.statements::healed;
              }));

  private static final List<Duration> CLOCKS =
      List.of(
          Duration.ZERO,
          Duration.ofHours(-1),
          Duration.ofHours(1),
          Duration.ofDays(-1),
          Duration.ofDays(1));

  @Test
  void within_a_minute_of_their_end_everything_is_whole_again() throws Exception {
    long seed = Long.getLong("jobradar.seed", 1);
    Long minutes = Long.getLong("jobradar.minutes");
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes == null ? 0 : minutes);
    Random random = new Random(seed);
    try (FaultyWorld world = new FaultyWorld()) {
      world.awaitWatched();
      int round = 0;
      while (minutes == null ? round < ROUNDS : System.nanoTime() < end) {
        round++;
        round(world, random, "seed " + seed + ", round " + round);
      }
      log.info("{} rounds were whole", round);
    }
  }

  private static void round(FaultyWorld world, Random random, String name) throws Exception {
    Named telegram = TELEGRAM.get(random.nextInt(TELEGRAM.size()));
    Named database = DATABASE.get(random.nextInt(DATABASE.size()));
    Duration clock = CLOCKS.get(random.nextInt(CLOCKS.size()));
    Person struck = world.people.get(random.nextInt(world.people.size()));
    String faults =
        "%s: %s, database: %s, clock: %s".formatted(name, telegram.name(), database.name(), clock);
    log.info("{}", faults);
    List<AutoCloseable> endings = Collections.synchronizedList(new ArrayList<>());
    List<Strike> strikes =
        new ArrayList<>(
            List.of(
                telegram.strike(),
                database.strike(),
                (service, _) -> {
                  service.setClock(clock);
                  return () -> {};
                }));
    Collections.shuffle(strikes, random);
    try {
      for (Strike strike : strikes) {
        world.post(1);
        endings.add(strike.on(world, struck));
      }
      world.post(1);
      // How long the faults last.
      TimeUnit.MILLISECONDS.sleep(random.nextInt(8_000));
    } finally {
      for (AutoCloseable ending : endings) {
        ending.close();
      }
    }
    world.post(1);
    try {
      world.awaitDelivered(world.people);
      for (Person each : world.people) {
        world.awaitTelegram(each, "connected");
      }
      world.await(() -> world.readiness() == 200, () -> "it is ready again");
      world.assertWhole();
    } catch (AssertionError e) {
      throw new AssertionError(faults, e);
    }
  }
}
