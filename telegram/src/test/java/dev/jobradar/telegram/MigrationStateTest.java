package dev.jobradar.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.mtproto.ProtocolException;
import dev.jobradar.mtproto.RpcException;
import dev.jobradar.mtproto.TransportException;
import dev.jobradar.mtproto.client.Backoff;
import dev.jobradar.mtproto.crypto.AuthKey;
import dev.jobradar.telegram.MigrationState.Arrived;
import dev.jobradar.telegram.MigrationState.Arriving;
import dev.jobradar.telegram.MigrationState.Departing;
import dev.jobradar.telegram.MigrationState.Ended;
import dev.jobradar.telegram.MigrationState.Event;
import dev.jobradar.telegram.MigrationState.Home;
import dev.jobradar.telegram.MigrationState.Luggage;
import dev.jobradar.telegram.MigrationState.Resting;
import dev.jobradar.tl.Bytes;
import dev.jobradar.tl.api.auth.ExportedAuthorization;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every state of a client's way to another data centre and every event. */
class MigrationStateTest {
  private static final int SEEDS = Integer.getInteger("jobradar.hostile.seeds", 300);
  private static final DcId TWO = new DcId(2);
  private static final DcId THREE = new DcId(3);
  private static final List<InetSocketAddress> THERE =
      List.of(InetSocketAddress.createUnresolved("there", 443));
  private static final AuthKey KEY = new AuthKey(new byte[256]);
  private static final Home HOME = new Home(new DcId(1), List.of(), KEY);
  private static final Backoff BACKOFF =
      new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(8), Duration.ofSeconds(5));
  private static final Luggage SIGNED_IN = new Luggage(HOME, true, BACKOFF);
  private static final ExportedAuthorization EXPORTED = new ExportedAuthorization(7, Bytes.EMPTY);

  private static TransportException noRoute() {
    return new TransportException("no route", null);
  }

  private static RpcException error(int code, String name) {
    return RpcException.of(code, name, "auth.exportAuthorization");
  }

  private static Event failed(int code, String name) {
    return new Event.Failed(error(code, name));
  }

  private static RpcException.Migrate sentTo(int dc) {
    return (RpcException.Migrate) RpcException.of(303, "USER_MIGRATE_" + dc, "users.getUsers");
  }

  static Stream<Arguments> table() {
    Map<String, MigrationState> states = new LinkedHashMap<>();
    states.put("resting", new Resting(TWO, 2, noRoute(), 70));
    states.put("departing", new Departing(TWO, 0, null));
    states.put("departing, in doubt", new Departing(TWO, 2, noRoute()));
    states.put("arriving", new Arriving(TWO, 1, noRoute(), THERE, EXPORTED));
    states.put("arrived", new Arrived(new Home(TWO, THERE, KEY)));
    states.put("ended", new Ended(error(401, "SESSION_REVOKED")));

    Map<String, Event> events = new LinkedHashMap<>();
    events.put("rest over", new Event.RestOver());
    events.put("still here", new Event.StillHere());
    events.put("sent on", new Event.SentOn(THREE));
    events.put("departed", new Event.Departed(THERE, EXPORTED));
    events.put("departed with nothing", new Event.Departed(THERE, null));
    events.put("imported", new Event.Imported(KEY));
    events.put("no route", new Event.Failed(noRoute()));
    events.put("flood wait", failed(420, "FLOOD_WAIT_60"));
    events.put("sign-in ended", failed(401, "A_REASON_THAT_IS_NEW"));

    // With a jitter of 1 the pauses are 1, 2, 4 and 8 seconds.
    Map<String, List<String>> rows = new LinkedHashMap<>();
    rows.put(
        "resting",
        List.of(
            "Departing(DC2,2)",
            "Resting(DC2,2,no route,70)",
            "Resting(DC2,2,no route,70)",
            "Resting(DC2,2,no route,70)",
            "Resting(DC2,2,no route,70)",
            "Resting(DC2,2,no route,70)",
            "Resting(DC2,2,no route,70)",
            "Resting(DC2,2,no route,70)",
            "Resting(DC2,2,no route,70)"));
    rows.put(
        "departing",
        List.of(
            "Departing(DC2,0)",
            "Arrived(DC1)",
            "Departing(DC3,0)",
            "Arriving(DC2,0)",
            "Arrived(DC2,new key)",
            "Departing(DC2,0)",
            "Resting(DC2,1,no route,1100)",
            "Resting(DC2,1,FLOOD_WAIT_60,60100)",
            "Ended(A_REASON_THAT_IS_NEW)"));
    rows.put(
        "departing, in doubt",
        List.of(
            "Departing(DC2,2)",
            "Arrived(DC1)",
            "Departing(DC3,2)",
            "Arriving(DC2,2)",
            "Arrived(DC2,new key)",
            "Departing(DC2,2)",
            "Resting(DC2,3,no route,4100)",
            "Resting(DC2,3,FLOOD_WAIT_60,60100)",
            "Ended(A_REASON_THAT_IS_NEW)"));
    rows.put(
        "arriving",
        List.of(
            "Arriving(DC2,1)",
            "Arriving(DC2,1)",
            "Arriving(DC2,1)",
            "Arriving(DC2,1)",
            "Arriving(DC2,1)",
            "Arrived(DC2)",
            "Resting(DC2,2,no route,2100)",
            "Resting(DC2,2,FLOOD_WAIT_60,60100)",
            "Resting(DC2,2,does not take,2100)"));
    rows.put("arrived", java.util.Collections.nCopies(9, "Arrived(DC2)"));
    rows.put("ended", java.util.Collections.nCopies(9, "Ended(SESSION_REVOKED)"));
    assertThat(rows.keySet()).isEqualTo(states.keySet());
    return states.entrySet().stream()
        .flatMap(state -> {
          List<String> row = rows.getOrDefault(state.getKey(), List.of());
          assertThat(row).as(state.getKey()).hasSameSizeAs(events.keySet());
          int[] column = {0};
          return events.entrySet().stream()
              .map(event ->
                  Arguments.of(
                      state.getKey(),
                      event.getKey(),
                      state.getValue(),
                      event.getValue(),
                      row.get(column[0]++)));
        });
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("table")
  void each_state_goes_on_at_each_event_as_the_table_says(
      String name, String what, MigrationState state, Event event, String expected) {
    assertThat(shown(MigrationState.next(state, event, SIGNED_IN, 100, 1))).isEqualTo(expected);
  }

  private static String shown(MigrationState state) {
    return switch (state) {
      case Resting(DcId target, int failures, MtprotoException trouble, long until) -> {
        String why =
            switch (trouble) {
              case RpcException refused -> refused.error();
              default -> {
                String message = String.valueOf(trouble.getMessage());
                yield message.contains("does not take") ? "does not take" : message;
              }
            };
        yield "Resting(DC" + target.value() + "," + failures + "," + why + "," + until + ")";
      }
      case Departing departing ->
          "Departing(DC" + departing.target().value() + "," + departing.failures() + ")";
      case Arriving arriving ->
          "Arriving(DC" + arriving.target().value() + "," + arriving.failures() + ")";
      case Arrived(Home home) ->
          "Arrived(DC" + home.dc().value() + (home.key() == null ? ",new key)" : ")");
      case Ended(RpcException cause) -> "Ended(" + cause.error() + ")";
    };
  }

  @Test
  void a_401_of_a_client_that_was_not_signed_in_is_tried_again() {
    Luggage nobody = new Luggage(HOME, false, BACKOFF);
    assertThat(
            MigrationState.next(
                new Departing(TWO, 0, null), failed(401, "AUTH_KEY_UNREGISTERED"), nobody, 0, 1))
        .isInstanceOf(Resting.class);
  }

  @Test
  void the_first_migration_begins_at_once_and_one_that_follows_it_soon_with_a_pause() {
    assertThat(MigrationState.begin(SIGNED_IN, sentTo(2), 0, 100, 1))
        .isEqualTo(new Departing(TWO, 0, null));
    assertThat(MigrationState.begin(SIGNED_IN, sentTo(2), 3, 100, 1))
        .isInstanceOfSatisfying(
            Resting.class,
            resting -> {
              assertThat(resting.until()).isEqualTo(4_100);
              assertThat(resting.failures()).isEqualTo(3);
              assertThat(resting.trouble()).hasMessageContaining("no data centre takes it");
            });
  }

  /**
   * However data centres answer, and however often they send an account on, a client sets out a few
   * times a minute. The number of seeds is set with {@code -Djobradar.hostile.seeds=10000}.
   */
  @Test
  void no_answers_of_data_centres_make_a_client_travel_without_a_brake() {
    for (int seed = 0; seed < SEEDS; seed++) {
      Random draw = new Random(seed);
      int kinds = 1 + draw.nextInt(4);
      List<Integer> liked = new ArrayList<>();
      for (int i = 0; i < kinds; i++) {
        liked.add(draw.nextInt(9));
      }
      Luggage luggage = new Luggage(HOME, draw.nextBoolean(), Backoff.DEFAULT);
      long now = 0;
      int inARow = 0;
      List<Long> departures = new ArrayList<>();
      MigrationState state = MigrationState.begin(luggage, sentTo(2), inARow++, now, 0);
      for (int step = 0; step < 400 && now < 600_000; step++) {
        switch (state) {
          case Resting resting -> {
            assertThat(resting.trouble()).as("seed %s, why it waits", seed).isNotNull();
            now = resting.until();
            state = MigrationState.next(state, new Event.RestOver(), luggage, now, 0);
          }
          case Departing departing -> {
            departures.add(now);
            // One answer at a time of a server that is nearby: a step takes 20 ms.
            now += 20;
            state = MigrationState.next(state, drawn(draw, liked, true), luggage, now, 0);
          }
          case Arriving arriving -> {
            now += 20;
            state = MigrationState.next(state, drawn(draw, liked, false), luggage, now, 0);
          }
          // The data centre sends the account on at once.
          case Arrived arrived ->
              state = MigrationState.begin(luggage, sentTo(3), inARow++, now, 0);
          case Ended ended -> step = 400;
        }
      }
      int most = 0;
      for (int from = 0, to = 0; to < departures.size(); to++) {
        while (departures.get(to) - departures.get(from) >= 60_000) {
          from++;
        }
        most = Math.max(most, to - from + 1);
      }
      assertThat(most).as("seed %s, attempts a minute with %s", seed, liked).isLessThan(20);
    }
  }

  /** What is no answer to this step counts as a failure, as the errand takes it. */
  private static Event drawn(Random draw, List<Integer> liked, boolean departing) {
    Event unfit = new Event.Failed(new ProtocolException("the answer cannot be read"));
    return switch (liked.get(draw.nextInt(liked.size()))) {
      case 0 -> departing ? new Event.StillHere() : unfit;
      case 1 -> departing ? new Event.Departed(THERE, EXPORTED) : unfit;
      case 2 -> departing ? new Event.Departed(THERE, null) : unfit;
      case 3 -> departing ? unfit : new Event.Imported(KEY);
      case 4 -> new Event.Failed(noRoute());
      case 5 -> failed(420, "FLOOD_WAIT_" + draw.nextInt(100));
      case 6 -> failed(500, "INTERNAL");
      case 7 -> failed(303, "USER_MIGRATE_" + (1 + draw.nextInt(5)));
      default -> failed(401, "A_REASON_THAT_IS_NEW");
    };
  }
}
