package dev.jobradar.telegram.updates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.mtproto.RpcException;
import dev.jobradar.telegram.updates.CommonState.Behind;
import dev.jobradar.telegram.updates.CommonState.Doubtful;
import dev.jobradar.telegram.updates.CommonState.Event;
import dev.jobradar.telegram.updates.CommonState.InStep;
import dev.jobradar.telegram.updates.CommonState.Stalled;
import dev.jobradar.telegram.updates.CommonState.Unknown;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every state of an account's common updates and every event. */
class CommonStateTest {
  private static Event failed(int code, String error, boolean lasting) {
    return new Event.Failed(RpcException.of(code, error, "updates.getDifference"), lasting);
  }

  private static Stalled stalled(CommonState goal) {
    return new Stalled(goal, StallCause.REFUSED, "FROZEN_PARTICIPANT_MISSING");
  }

  static Stream<Arguments> table() {
    Map<String, CommonState> states = new LinkedHashMap<>();
    states.put("unknown", new Unknown());
    states.put("in step", new InStep());
    states.put("doubtful", new Doubtful(7));
    states.put("behind", new Behind(1_000, 0));
    states.put("behind, one by one", new Behind(1, 3));
    states.put("behind, given up", new Behind(1, CommonState.MOST_STEPPED_OVER));
    states.put("stalled unknown", stalled(new Unknown()));
    states.put("stalled doubtful", stalled(new Doubtful(7)));
    states.put("stalled behind", stalled(new Behind(1_000, 0)));

    Map<String, Event> events = new LinkedHashMap<>();
    events.put("asked", new Event.Asked());
    events.put("numbers lost", new Event.NumbersLost());
    events.put("doubted", new Event.Doubted(5));
    events.put("state not below ours", new Event.StateTold(90, 90, false, false));
    events.put("state not below ours, ids known", new Event.StateTold(90, 90, false, true));
    events.put("state below ours", new Event.StateTold(20, 90, false, false));
    events.put("state to begin with", new Event.StateTold(20, 0, true, false));
    events.put("last part", new Event.LastPart());
    events.put("part", new Event.Part());
    events.put("nothing", new Event.Nothing());
    events.put("refused", failed(400, "FROZEN_PARTICIPANT_MISSING", false));
    events.put("failing", failed(500, "PERSISTENT_TIMESTAMP_OUTDATED", false));
    events.put("failing long", failed(500, "PERSISTENT_TIMESTAMP_OUTDATED", true));
    events.put("flood wait", failed(420, "FLOOD_WAIT_3", true));
    events.put("long flood wait", failed(420, "FLOOD_WAIT_300", false));
    events.put("pts not known there", failed(400, "PERSISTENT_TIMESTAMP_INVALID", false));
    MtprotoException unreadable = SimServer.unreadable();
    events.put("unreadable", new Event.Failed(unreadable, false));

    Map<String, List<String>> expected = expected();
    assertThat(expected.keySet()).isEqualTo(states.keySet());
    return states.entrySet().stream()
        .flatMap(state -> {
          List<String> row = expected.getOrDefault(state.getKey(), List.of());
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

  /** A row a state, in the order of the events. */
  private static Map<String, List<String>> expected() {
    Map<String, List<String>> rows = new LinkedHashMap<>();
    rows.put(
        "unknown",
        List.of(
            "Unknown NONE",
            "Unknown NONE",
            "Unknown NONE",
            "Behind(1000,0) ON",
            "Behind(1000,0) ON",
            "Behind(1000,0) ON",
            "InStep SETTLED",
            "Unknown LATER",
            "Unknown LATER",
            "Unknown LATER",
            "Stalled(Unknown,REFUSED) LATER",
            "Unknown LATER",
            "Stalled(Unknown,FAILING) LATER",
            "Unknown LATER",
            "Stalled(Unknown,FLOOD_WAIT) LATER",
            "Unknown LATER",
            "Stalled(Unknown,UNREADABLE) LATER"));
    rows.put(
        "in step",
        List.of(
            "Behind(1000,0) NONE",
            "Unknown NONE",
            "Doubtful(5) NONE",
            "InStep LATER",
            "InStep LATER",
            "InStep LATER",
            "InStep LATER",
            "InStep LATER",
            "InStep LATER",
            "InStep LATER",
            "Stalled(InStep,REFUSED) LATER",
            "InStep LATER",
            "Stalled(InStep,FAILING) LATER",
            "InStep LATER",
            "Stalled(InStep,FLOOD_WAIT) LATER",
            "Unknown LATER",
            "Stalled(InStep,UNREADABLE) LATER"));
    rows.put(
        "doubtful",
        List.of(
            "Doubtful(7) NONE",
            "Unknown NONE",
            "Doubtful(7) NONE",
            "InStep SETTLED",
            "Behind(1000,0) LOOK_BACK",
            "Behind(1000,0) FALLEN",
            "InStep SETTLED",
            "Doubtful(7) LATER",
            "Doubtful(7) LATER",
            "Doubtful(7) LATER",
            "Stalled(Doubtful(7),REFUSED) LATER",
            "Doubtful(7) LATER",
            "Stalled(Doubtful(7),FAILING) LATER",
            "Doubtful(7) LATER",
            "Stalled(Doubtful(7),FLOOD_WAIT) LATER",
            "Unknown LATER",
            "Stalled(Doubtful(7),UNREADABLE) LATER"));
    rows.put(
        "behind",
        List.of(
            "Behind(1000,0) NONE",
            "Unknown NONE",
            "Behind(1000,0) NONE",
            "Behind(1000,0) LATER",
            "Behind(1000,0) LATER",
            "Behind(1000,0) LATER",
            "Behind(1000,0) LATER",
            "InStep SETTLED",
            "Behind(1000,0) ON",
            "Behind(1000,0) LATER",
            "Stalled(Behind(1000,0),REFUSED) LATER",
            "Behind(1000,0) LATER",
            "Stalled(Behind(1000,0),FAILING) LATER",
            "Behind(1000,0) LATER",
            "Stalled(Behind(1000,0),FLOOD_WAIT) LATER",
            "Unknown LATER",
            "Behind(100,0) LESS"));
    rows.put(
        "behind, one by one",
        List.of(
            "Behind(1,3) NONE",
            "Unknown NONE",
            "Behind(1,3) NONE",
            "Behind(1,3) LATER",
            "Behind(1,3) LATER",
            "Behind(1,3) LATER",
            "Behind(1,3) LATER",
            "InStep SETTLED",
            "Behind(10,0) ON",
            "Behind(1,3) LATER",
            "Stalled(Behind(1,3),REFUSED) LATER",
            "Behind(1,3) LATER",
            "Stalled(Behind(1,3),FAILING) LATER",
            "Behind(1,3) LATER",
            "Stalled(Behind(1,3),FLOOD_WAIT) LATER",
            "Unknown LATER",
            "Behind(1,4) STEP_OVER"));
    rows.put(
        "behind, given up",
        List.of(
            "Behind(1,20) NONE",
            "Unknown NONE",
            "Behind(1,20) NONE",
            "Behind(1,20) LATER",
            "Behind(1,20) LATER",
            "Behind(1,20) LATER",
            "Behind(1,20) LATER",
            "InStep SETTLED",
            "Behind(10,0) ON",
            "Behind(1,20) LATER",
            "Stalled(Behind(1,20),REFUSED) LATER",
            "Behind(1,20) LATER",
            "Stalled(Behind(1,20),FAILING) LATER",
            "Behind(1,20) LATER",
            "Stalled(Behind(1,20),FLOOD_WAIT) LATER",
            "Unknown LATER",
            "Unknown LESS"));
    rows.put(
        "stalled unknown",
        List.of(
            "Stalled(Unknown,REFUSED) NONE",
            "Unknown NONE",
            "Stalled(Unknown,REFUSED) NONE",
            "Behind(1000,0) ON",
            "Behind(1000,0) ON",
            "Behind(1000,0) ON",
            "InStep SETTLED",
            "Stalled(Unknown,REFUSED) LATER",
            "Stalled(Unknown,REFUSED) LATER",
            "Stalled(Unknown,REFUSED) LATER",
            "Stalled(Unknown,REFUSED) LATER",
            "Stalled(Unknown,REFUSED) LATER",
            "Stalled(Unknown,FAILING) LATER",
            "Stalled(Unknown,REFUSED) LATER",
            "Stalled(Unknown,FLOOD_WAIT) LATER",
            "Unknown LATER",
            "Stalled(Unknown,UNREADABLE) LATER"));
    rows.put(
        "stalled doubtful",
        List.of(
            "Stalled(Doubtful(7),REFUSED) NONE",
            "Unknown NONE",
            "Stalled(Doubtful(7),REFUSED) NONE",
            "Stalled(Behind(1000,0),REFUSED) ON",
            "Stalled(Behind(1000,0),REFUSED) ON",
            "Stalled(Behind(1000,0),REFUSED) FALLEN",
            "Stalled(Behind(1000,0),REFUSED) ON",
            "Stalled(Doubtful(7),REFUSED) LATER",
            "Stalled(Doubtful(7),REFUSED) LATER",
            "Stalled(Doubtful(7),REFUSED) LATER",
            "Stalled(Doubtful(7),REFUSED) LATER",
            "Stalled(Doubtful(7),REFUSED) LATER",
            "Stalled(Doubtful(7),FAILING) LATER",
            "Stalled(Doubtful(7),REFUSED) LATER",
            "Stalled(Doubtful(7),FLOOD_WAIT) LATER",
            "Unknown LATER",
            "Stalled(Doubtful(7),UNREADABLE) LATER"));
    rows.put(
        "stalled behind",
        List.of(
            "Stalled(Behind(1000,0),REFUSED) NONE",
            "Unknown NONE",
            "Stalled(Doubtful(5),REFUSED) NONE",
            "Stalled(Behind(1000,0),REFUSED) LATER",
            "Stalled(Behind(1000,0),REFUSED) LATER",
            "Stalled(Behind(1000,0),REFUSED) LATER",
            "Stalled(Behind(1000,0),REFUSED) LATER",
            "InStep SETTLED",
            "Behind(1000,0) ON",
            "Stalled(Behind(1000,0),REFUSED) LATER",
            "Stalled(Behind(1000,0),REFUSED) LATER",
            "Stalled(Behind(1000,0),REFUSED) LATER",
            "Stalled(Behind(1000,0),FAILING) LATER",
            "Stalled(Behind(1000,0),REFUSED) LATER",
            "Stalled(Behind(1000,0),FLOOD_WAIT) LATER",
            "Unknown LATER",
            "Behind(100,0) LESS"));
    return rows;
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("table")
  void each_state_goes_on_at_each_event_as_the_table_says(
      String name, String what, CommonState state, Event event, String expected) {
    CommonState.Next next = CommonState.next(state, event);
    assertThat(shown(next.state()) + " " + next.verdict()).isEqualTo(expected);
  }

  private static String shown(CommonState state) {
    return switch (state) {
      case Unknown() -> "Unknown";
      case InStep() -> "InStep";
      case Doubtful(int from) -> "Doubtful(" + from + ")";
      case Behind(int limit, int over) -> "Behind(" + limit + "," + over + ")";
      case Stalled(CommonState goal, StallCause cause, String error) ->
          "Stalled(" + shown(goal) + "," + cause + ")";
    };
  }
}
