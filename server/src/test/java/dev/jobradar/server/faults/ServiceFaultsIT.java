package dev.jobradar.server.faults;

import static dev.jobradar.server.faults.FaultyWorld.SEND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.sandbox.fault.Aim;
import dev.jobradar.sandbox.fault.Fault;
import dev.jobradar.sandbox.fault.Fault.Moved;
import dev.jobradar.sandbox.fault.StandingFault;
import dev.jobradar.server.delivery.DeliveryState;
import dev.jobradar.server.delivery.DeliveryState.Hold;
import dev.jobradar.server.faults.FaultyWorld.Person;
import dev.jobradar.server.faults.FaultyWorld.Sending;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What goes wrong with networks and Telegram, while the service runs: what the person it strikes is
 * shown, that nobody else waits, and that afterwards every matching post is one lead and one
 * message. One service for all tests, which go on with what the others left.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(1)
@Timeout(120)
@SuppressWarnings("NullAway.Init")
class ServiceFaultsIT {
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
    world.sandbox.faults().clear();
    world.close();
  }

  /** Begins a fault; what is returned ends it. */
  interface Strike {
    Ending on(FaultyWorld world, Person struck);
  }

  interface Ending {
    void end();
  }

  /** What a fault means while it stands. */
  enum Meanwhile {
    /** Everybody's leads are delivered, and their connections work. */
    GOES_ON,
    /** The person it strikes waits, and is told that we are connecting; nobody else waits. */
    HOLDS_ONE,
    /** Everybody waits, and is told so. */
    HOLDS_ALL,
    /** Nobody can tell until the next post shows the gap. */
    HIDES
  }

  record Case(String name, Meanwhile meanwhile, Strike strike) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Case once(String name, Consumer<FaultyWorld> strike) {
    return new Case(
        name,
        Meanwhile.GOES_ON,
        (world, struck) -> {
          strike.accept(world);
          return () -> {};
        });
  }

  /** Strikes one person until it is taken away. */
  private static Case standing(Meanwhile meanwhile, Fault fault) {
    return new Case(
        fault.name(),
        meanwhile,
        (world, struck) -> {
          StandingFault set = world.sandbox.faults().set(fault, Aim.account(struck.telegram()));
          return () -> {
            assertThat(set.struck()).as("it struck").isPositive();
            set.close();
          };
        });
  }

  /** As {@link #standing}, for what only a new connection meets. */
  private static Case redialled(Meanwhile meanwhile, Fault fault) {
    return new Case(
        fault.name(),
        meanwhile,
        (world, struck) -> {
          Ending ending = standing(meanwhile, fault).strike().on(world, struck);
          world.sandbox.reset(Aim.account(struck.telegram()));
          return ending;
        });
  }

  /** Strikes one person's next calls of a method. */
  private static Case calls(String name, Fault fault, String method, int times) {
    return new Case(
        name,
        Meanwhile.GOES_ON,
        (world, struck) -> {
          StandingFault set =
              world
                  .sandbox
                  .faults()
                  .set(fault, Aim.account(struck.telegram()).calling(method), times);
          return () -> {
            assertThat(set.struck()).as("it struck").isEqualTo(times);
            set.close();
          };
        });
  }

  /** The server's clock, for everybody. */
  private static Case clock(Duration offset) {
    return new Case(
        "the server's clock is off by " + offset,
        Meanwhile.GOES_ON,
        (world, struck) -> world.sandbox.faults().set(new Fault.ClockSkew(offset))::close);
  }

  static Stream<Case> faults() {
    return Stream.of(
        once("connections are closed", world -> world.sandbox.drop(Aim.ALL)),
        once("connections are reset", world -> world.sandbox.reset(Aim.ALL)),
        once("a data centre restarts", world -> world.sandbox.restart(1)),
        once("sessions begin anew", world -> world.sandbox.resetSessions(Aim.ALL)),
        once("updates were lost", world -> world.sandbox.sendUpdatesTooLong(Aim.ALL)),
        new Case(
            "a data centre is away",
            Meanwhile.HOLDS_ALL,
            (world, struck) -> {
              world.sandbox.stopListening(1);
              world.sandbox.drop(Aim.dc(1));
              return () -> world.sandbox.startListening(1);
            }),
        new Case(
            "too many connections",
            Meanwhile.GOES_ON,
            (world, struck) -> {
              StandingFault set =
                  world.sandbox.faults().set(new Fault.ConnectionLimit(1, Duration.ofMillis(500)));
              world.sandbox.drop(Aim.ALL);
              return set::close;
            }),
        standing(Meanwhile.HOLDS_ONE, new Fault.Silence()),
        standing(Meanwhile.HOLDS_ONE, new Fault.HalfOpen()),
        redialled(Meanwhile.HOLDS_ONE, new Fault.TransportError(429)),
        standing(Meanwhile.GOES_ON, new Fault.Slow(Duration.ofMillis(20), 50_000)),
        new Case(
            "wrong_salt",
            Meanwhile.GOES_ON,
            (world, struck) ->
                world.sandbox.faults().set(new Fault.WrongSalt(), Aim.account(struck.telegram()), 3)
                    ::close),
        clock(Duration.ofHours(1)),
        clock(Duration.ofHours(-1)),
        standing(Meanwhile.GOES_ON, new Fault.DuplicatePackets()),
        standing(Meanwhile.GOES_ON, new Fault.ReorderPackets()),
        standing(Meanwhile.GOES_ON, new Fault.ReplayPackets()),
        standing(Meanwhile.GOES_ON, new Fault.DoubleUpdates()),
        standing(Meanwhile.GOES_ON, new Fault.ReorderUpdates()),
        new Case(
            "updates are swallowed",
            Meanwhile.HIDES,
            (world, struck) ->
                world
                        .sandbox
                        .faults()
                        .set(new Fault.SwallowUpdates(), Aim.account(struck.telegram()), 3)
                    ::close),
        new Case(
            "differences are too long",
            Meanwhile.GOES_ON,
            (world, struck) -> {
              Aim aim = Aim.account(struck.telegram());
              StandingFault common =
                  world.sandbox.faults().set(new Fault.DifferenceTooLong(), aim, 1);
              StandingFault channel =
                  world.sandbox.faults().set(new Fault.ChannelDifferenceTooLong(), aim, 3);
              world.sandbox.drop(aim);
              return () -> {
                assertThat(common.struck()).isEqualTo(1);
                assertThat(channel.struck()).isEqualTo(3);
              };
            }),
        calls("answers are late", new Fault.DelayAnswers(Duration.ofMillis(700)), SEND, 2),
        calls("an answer is lost", new Fault.LoseAnswers(false), SEND, 1),
        calls("an answer is lost with its connection", new Fault.LoseAnswers(true), SEND, 2),
        calls("an internal error", new Fault.Fail(500, "INTERNAL"), SEND, 1),
        calls("an account is sent elsewhere for nothing", Fault.migrate(Moved.USER, 2), SEND, 1),
        new Case(
            "an account is moved and moved back",
            Meanwhile.GOES_ON,
            (world, struck) -> {
              world.sandbox.move(struck.telegram(), 2);
              return () -> world.sandbox.move(struck.telegram(), 1);
            }),
        calls(
            "a flood wait of reading",
            Fault.floodWait(Duration.ofSeconds(2)),
            "updates.getChannelDifference",
            1));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void whatever_goes_wrong_every_post_is_one_lead_and_one_message(Case fault) throws Exception {
    world.post(1);
    Ending fate = fault.strike().on(world, ann);
    world.post(1);
    switch (fault.meanwhile()) {
      case GOES_ON -> world.awaitDelivered(world.people);
      case HOLDS_ONE -> {
        world.awaitDelivered(others);
        world.awaitTelegram(ann, "connecting");
      }
      case HIDES -> world.awaitDelivered(others);
      case HOLDS_ALL -> {
        for (Person each : world.people) {
          world.awaitTelegram(each, "connecting");
        }
      }
    }
    assertThat(world.sourceStates(ann)).as("no source is at fault").containsOnly("ok");
    fate.end();
    world.post(1);
    world.awaitDelivered(world.people);
    for (Person each : world.people) {
      world.awaitTelegram(each, "connected");
    }
    world.assertWhole();
  }

  @ParameterizedTest
  @ValueSource(strings = {"FLOOD_WAIT_3", "FLOOD_PREMIUM_WAIT_3", "SLOWMODE_WAIT_3"})
  void a_wait_is_obeyed_and_holds_up_nobody_else(String error) throws Exception {
    world.sendings.clear();
    try (StandingFault wait =
        world
            .sandbox
            .faults()
            .set(new Fault.Fail(420, error), Aim.account(ann.telegram()).calling(SEND), 1)) {
      world.post(1);
      world.await(() -> refused(error) != null, () -> "somebody is told to wait");
      if (error.startsWith("FLOOD")) {
        world.await(
            () -> world.deliveries(ann).hold() == Hold.FLOOD_WAIT,
            () -> "the wait is shown, not " + world.deliveries(ann));
      }
      world.post(1);
      world.awaitDelivered(others);
      assertThat(world.telegram(ann)).isEqualTo("connected");
      world.awaitDelivered(world.people);
      assertThat(wait.struck()).isEqualTo(1);
    }
    Sending refused = Objects.requireNonNull(refused(error));
    List<Sending> later =
        world.sendings.stream()
            .filter(each -> each.userId() == ann.telegram().value())
            .filter(each -> each.error() == null && each.nanos() > refused.nanos())
            .toList();
    assertThat(later).isNotEmpty();
    assertThat(later)
        .allMatch(each -> each.nanos() - refused.nanos() >= TimeUnit.SECONDS.toNanos(3));
    assertThat(
            world.sendings.stream()
                .filter(each -> each.userId() != ann.telegram().value())
                .filter(each -> each.nanos() > refused.nanos())
                .filter(each -> each.nanos() - refused.nanos() < TimeUnit.SECONDS.toNanos(3)))
        .as("others send meanwhile")
        .isNotEmpty();
    world.assertWhole();
  }

  private @Nullable Sending refused(String error) {
    return world.sendings.stream()
        .filter(each -> error.equals(each.error()))
        .findFirst()
        .orElse(null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SESSION_REVOKED", "AUTH_KEY_DUPLICATED", "AUTH_KEY_NOT_FOUND"})
  void an_ended_session_leaves_everything_waiting_for_the_next_sign_in(String reason)
      throws Exception {
    Aim aim = Aim.account(ann.telegram());
    // Something has to be waiting when it happens.
    StandingFault busy =
        world.sandbox.faults().set(Fault.floodWait(Duration.ofSeconds(2)), aim.calling(SEND), 1);
    world.post(1);
    world.await(
        () ->
            world.deliveries(ann).hold() == Hold.FLOOD_WAIT && world.deliveries(ann).waiting() > 1,
        () -> "leads wait, not " + world.deliveries(ann));
    busy.close();
    switch (reason) {
      case "SESSION_REVOKED" -> world.sandbox.revoke(ann.telegram(), 401, reason);
      case "AUTH_KEY_DUPLICATED" -> world.sandbox.revoke(ann.telegram(), 406, reason);
      default -> world.sandbox.faults().set(new Fault.TransportError(404), aim);
    }
    world.sandbox.drop(aim);
    world.post(1);
    world.awaitTelegram(ann, "session_ended");
    assertThat(world.me(ann).path("telegram_reason").asString()).isEqualTo(reason);
    world.awaitDelivered(others);
    DeliveryState held = world.deliveries(ann);
    assertThat(held.hold()).isEqualTo(Hold.SESSION_ENDED);
    assertThat(held.detail()).isEqualTo(reason);
    assertThat(held.waiting()).isPositive();
    assertThat(world.sandbox.connections(ann.telegram()).open()).as("open connections").isZero();
    assertThat(world.sourceStates(ann)).as("no source is at fault").containsOnly("ok");
    world.sandbox.faults().clear();
    world.signInAgain(ann);
    world.awaitTelegram(ann, "connected");
    world.post(1);
    world.awaitDelivered(world.people);
    world.assertWhole();
  }
}
