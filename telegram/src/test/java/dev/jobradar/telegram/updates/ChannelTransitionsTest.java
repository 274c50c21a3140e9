package dev.jobradar.telegram.updates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.mtproto.RpcException;
import dev.jobradar.telegram.updates.ChannelEvent.Answered;
import dev.jobradar.telegram.updates.ChannelEvent.Asked;
import dev.jobradar.telegram.updates.ChannelEvent.CheckDue;
import dev.jobradar.telegram.updates.ChannelEvent.Failed;
import dev.jobradar.telegram.updates.ChannelEvent.Pushed;
import dev.jobradar.telegram.updates.ChannelState.Behind;
import dev.jobradar.telegram.updates.ChannelState.Filling;
import dev.jobradar.telegram.updates.ChannelState.InStep;
import dev.jobradar.telegram.updates.ChannelState.Stalled;
import dev.jobradar.telegram.updates.ChannelState.Unknown;
import dev.jobradar.telegram.updates.ChannelState.Window;
import dev.jobradar.telegram.updates.ChannelTransitions.Transition;
import dev.jobradar.telegram.updates.GapBuffer.Step;
import dev.jobradar.tl.api.MessageEmpty;
import dev.jobradar.tl.api.updates.ChannelDifferenceEmpty;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every state of a channel and every event. */
class ChannelTransitionsTest {
  private static final long ID = 5;
  private static final InStep IN_STEP = new InStep(30, 4);
  private static final Behind BEHIND = new Behind(30, 4, 100);
  private static final Behind SMALL = new Behind(30, 4, 10);
  private static final Unknown UNKNOWN = new Unknown(0, 4, 0, false);
  private static final Unknown FULL = new Unknown(0, 4, 0, true);
  private static final Filling FILLING = Filling.upTo(9, 30, 4);
  private static final Filling INSTEAD = Filling.insteadOfDifference(30, 4);

  private static ChannelEvent refused(boolean lasting) {
    return new Failed(RpcException.of(400, "FROZEN_PARTICIPANT_MISSING", "any"), lasting);
  }

  private static ChannelEvent failing(boolean lasting) {
    return new Failed(RpcException.of(500, "PERSISTENT_TIMESTAMP_OUTDATED", "any"), lasting);
  }

  private static ChannelEvent unreadable() {
    return new Failed(SimServer.unreadable(), false);
  }

  private static Stalled stalled(ChannelState goal, boolean history) {
    return new Stalled(goal, StallCause.REFUSED, "FROZEN_PARTICIPANT_MISSING", true, history);
  }

  private static ChannelEvent pushed(int pts, int id) {
    return new Pushed(Step.pts(pts, 1, List.of(Tl.newPost(ID, id, pts))));
  }

  private static Filling page(Filling filling, int limit) {
    return filling.with(new Window.Page(limit));
  }

  private static Filling ids(int count) {
    return FILLING.with(new Window.Ids(count));
  }

  private static final Filling PROBE = FILLING.with(new Window.Probe("unknown"));

  /** State, event, and in short what follows: next state, verdict, effects. */
  static Stream<Arguments> table() {
    Map<String, ChannelState> states = new LinkedHashMap<>();
    states.put("in step", IN_STEP);
    states.put("behind", BEHIND);
    states.put("behind, small", SMALL);
    states.put("unknown", UNKNOWN);
    states.put("unknown, full", FULL);
    states.put("filling", FILLING);
    states.put("filling instead", INSTEAD);
    states.put("filling by ids", ids(8));
    states.put("filling by one id", ids(1));
    states.put("filling, probing", PROBE);
    states.put("stalled in step", stalled(IN_STEP, false));
    states.put("stalled behind", stalled(BEHIND, false));
    states.put("stalled filling", stalled(INSTEAD, false));
    states.put("stalled without history", stalled(INSTEAD, true));

    Map<String, ChannelEvent> events = new LinkedHashMap<>();
    events.put("push in order", pushed(31, 5));
    events.put("push after a gap", pushed(33, 7));
    events.put("push twice", pushed(30, 4));
    events.put("push with a fallen pts", pushed(20, 5));
    events.put("asked", new Asked());
    events.put("check", new CheckDue());
    events.put("difference empty", new Answered(Tl.nothingNew(31, 7)));
    events.put("difference fallen", new Answered(new ChannelDifferenceEmpty(true, 20, 7)));
    events.put("difference last", new Answered(Tl.channelDifference(true, 31, Tl.post(ID, 5))));
    events.put("difference part", new Answered(Tl.channelDifference(false, 31, Tl.post(ID, 5))));
    events.put("difference too long", new Answered(Tl.tooLong(ID, 90, 9, List.of())));
    events.put("history", new Answered(Tl.history(40, Tl.post(ID, 6))));
    events.put("history empty", new Answered(Tl.history(40)));
    events.put("full", new Answered(Tl.full(ID, 40)));
    events.put("refused", refused(false));
    events.put("refused long", refused(true));
    events.put("failing", failing(false));
    events.put("failing long", failing(true));
    events.put(
        "pts unknown to the server",
        new Failed(RpcException.of(400, "PERSISTENT_TIMESTAMP_INVALID", "any"), false));
    events.put("unreadable", unreadable());

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
        "in step",
        List.of(
            "InStep(31,5) APPLIED post 5@c31.5",
            "InStep(30,4) KEPT",
            "InStep(30,4) IGNORED",
            "Unknown(0,4,0) ON",
            "Behind(30,4,100) ON",
            "Behind(30,4,100) ON",
            "InStep(30,4) IGNORED",
            "InStep(30,4) IGNORED",
            "InStep(30,4) IGNORED",
            "InStep(30,4) IGNORED",
            "InStep(30,4) IGNORED",
            "InStep(30,4) IGNORED",
            "InStep(30,4) IGNORED",
            "InStep(30,4) IGNORED",
            "InStep(30,4) IGNORED",
            "InStep(30,4) IGNORED",
            "InStep(30,4) IGNORED",
            "InStep(30,4) IGNORED",
            "InStep(30,4) IGNORED",
            "InStep(30,4) IGNORED"));
    rows.put(
        "behind",
        List.of(
            "Behind(31,5,100) APPLIED post 5@c31.5",
            "Behind(30,4,100) KEPT",
            "Behind(30,4,100) IGNORED",
            "Unknown(0,4,0) ON",
            "Behind(30,4,100) IGNORED",
            "Behind(30,4,100) IGNORED",
            "InStep(31,4) SETTLED",
            "Unknown(0,4,0) LATER",
            "InStep(31,5) SETTLED post 5@c31.5",
            "Behind(31,5,100) ON post 5@c31.5",
            "Filling(c90.4.9,page 100) ON at c90.4.9",
            "Behind(30,4,100) LATER",
            "Behind(30,4,100) LATER",
            "Behind(30,4,100) LATER",
            "Stalled(Filling(c30.4.-1,page 100,instead),REFUSED) LATER",
            "Stalled(Filling(c30.4.-1,page 100,instead),REFUSED) LATER",
            "Behind(30,4,100) LATER",
            "Stalled(Filling(c30.4.-1,page 100,instead),FAILING) LATER",
            "Unknown(0,4,0) LATER",
            "Behind(30,4,10) CAREFULLY"));
    rows.put(
        "behind, small",
        List.of(
            "Behind(31,5,10) APPLIED post 5@c31.5",
            "Behind(30,4,10) KEPT",
            "Behind(30,4,10) IGNORED",
            "Unknown(0,4,0) ON",
            "Behind(30,4,10) IGNORED",
            "Behind(30,4,10) IGNORED",
            "InStep(31,4) SETTLED",
            "Unknown(0,4,0) LATER",
            "InStep(31,5) SETTLED post 5@c31.5",
            "Behind(31,5,10) ON post 5@c31.5",
            "Filling(c90.4.9,page 100) ON at c90.4.9",
            "Behind(30,4,10) LATER",
            "Behind(30,4,10) LATER",
            "Behind(30,4,10) LATER",
            "Stalled(Filling(c30.4.-1,page 100,instead),REFUSED) LATER",
            "Stalled(Filling(c30.4.-1,page 100,instead),REFUSED) LATER",
            "Behind(30,4,10) LATER",
            "Stalled(Filling(c30.4.-1,page 100,instead),FAILING) LATER",
            "Unknown(0,4,0) LATER",
            "Unknown(0,4,0) CAREFULLY"));
    rows.put(
        "unknown",
        List.of(
            "Unknown(0,4,0) KEPT",
            "Unknown(0,4,0) KEPT",
            "Unknown(0,4,0) KEPT",
            "Unknown(0,4,0) KEPT",
            "Unknown(0,4,0) IGNORED",
            "Unknown(0,4,0) IGNORED",
            "Unknown(0,4,0) LATER",
            "Unknown(0,4,0) LATER",
            "Unknown(0,4,0) LATER",
            "Unknown(0,4,0) LATER",
            "Unknown(0,4,0) LATER",
            "Filling(c40.4.6,page 100) ON at c40.4.6",
            "InStep(40,4) SETTLED at c40.4",
            "Unknown(0,4,0) LATER",
            "Unknown(0,4,0) LATER",
            "Stalled(Unknown(0,4,0),REFUSED,difference ok,no history) LATER",
            "Unknown(0,4,0) LATER",
            "Stalled(Unknown(0,4,0),FAILING,difference ok,no history) LATER",
            "Unknown(0,4,0) LATER",
            "Unknown(0,4,1) CAREFULLY"));
    rows.put(
        "unknown, full",
        List.of(
            "Unknown(0,4,0,full) KEPT",
            "Unknown(0,4,0,full) KEPT",
            "Unknown(0,4,0,full) KEPT",
            "Unknown(0,4,0,full) KEPT",
            "Unknown(0,4,0,full) IGNORED",
            "Unknown(0,4,0,full) IGNORED",
            "Unknown(0,4,0,full) LATER",
            "Unknown(0,4,0,full) LATER",
            "Unknown(0,4,0,full) LATER",
            "Unknown(0,4,0,full) LATER",
            "Unknown(0,4,0,full) LATER",
            "Unknown(0,4,0,full) LATER",
            "Unknown(0,4,0,full) LATER",
            "Unknown(40,4,0) ON",
            "Unknown(0,4,0,full) LATER",
            "Stalled(Unknown(0,4,0,full),REFUSED,difference ok,no history) LATER",
            "Unknown(0,4,0,full) LATER",
            "Stalled(Unknown(0,4,0,full),FAILING,difference ok,no history) LATER",
            "Unknown(0,4,0,full) LATER",
            "Stalled(Unknown(0,4,0,full),UNREADABLE,difference ok,no history) LATER"));
    rows.put(
        "filling",
        List.of(
            "Filling(c30.4.9,page 100) KEPT",
            "Filling(c30.4.9,page 100) KEPT",
            "Filling(c30.4.9,page 100) KEPT",
            "Filling(c30.4.9,page 100) KEPT",
            "Filling(c30.4.9,page 100) IGNORED",
            "Filling(c30.4.9,page 100) IGNORED",
            "Filling(c30.4.9,page 100) LATER",
            "Filling(c30.4.9,page 100) LATER",
            "Filling(c30.4.9,page 100) LATER",
            "Filling(c30.4.9,page 100) LATER",
            "Filling(c30.4.9,page 100) LATER",
            "Filling(c30.6.9,page 100) ON post 6@c30.6.9",
            "Filling(c30.4.9,page 100,empty 1) LATER",
            "Filling(c30.4.9,page 100) LATER",
            "Filling(c30.4.9,page 100) LATER",
            "Stalled(Filling(c30.4.9,page 100),REFUSED,difference ok,no history) LATER",
            "Filling(c30.4.9,page 100) LATER",
            "Stalled(Filling(c30.4.9,page 100),FAILING,difference ok,no history) LATER",
            "Filling(c30.4.9,page 100) LATER",
            "Filling(c30.4.9,page 50) CAREFULLY"));
    rows.put(
        "filling instead",
        List.of(
            "Filling(c30.4.-1,page 100,instead) KEPT",
            "Filling(c30.4.-1,page 100,instead) KEPT",
            "Filling(c30.4.-1,page 100,instead) KEPT",
            "Filling(c30.4.-1,page 100,instead) KEPT",
            "Filling(c30.4.-1,page 100,instead) IGNORED",
            "Filling(c30.4.-1,page 100,instead) IGNORED",
            "Filling(c30.4.-1,page 100,instead) LATER",
            "Filling(c30.4.-1,page 100,instead) LATER",
            "Filling(c30.4.-1,page 100,instead) LATER",
            "Filling(c30.4.-1,page 100,instead) LATER",
            "Filling(c30.4.-1,page 100,instead) LATER",
            "Filling(c30.6.-1,page 100,instead) ON post 6@c30.6.-1",
            "Filling(c30.4.-1,page 100,empty 1,instead) LATER",
            "Filling(c30.4.-1,page 100,instead) LATER",
            "Filling(c30.4.-1,page 100,instead) LATER",
            "Stalled(Filling(c30.4.-1,page 100,instead),REFUSED,difference ok,no history) LATER",
            "Filling(c30.4.-1,page 100,instead) LATER",
            "Stalled(Filling(c30.4.-1,page 100,instead),FAILING,difference ok,no history) LATER",
            "Filling(c30.4.-1,page 100,instead) LATER",
            "Filling(c30.4.-1,page 50,instead) CAREFULLY"));
    rows.put(
        "filling by ids",
        List.of(
            "Filling(c30.4.9,ids 8) KEPT",
            "Filling(c30.4.9,ids 8) KEPT",
            "Filling(c30.4.9,ids 8) KEPT",
            "Filling(c30.4.9,ids 8) KEPT",
            "Filling(c30.4.9,ids 8) IGNORED",
            "Filling(c30.4.9,ids 8) IGNORED",
            "Filling(c30.4.9,ids 8) LATER",
            "Filling(c30.4.9,ids 8) LATER",
            "Filling(c30.4.9,ids 8) LATER",
            "Filling(c30.4.9,ids 8) LATER",
            "Filling(c30.4.9,ids 8) LATER",
            "Filling(c30.6.9,page 12) ON post 6@c30.6.9",
            "Behind(30,9,100) ON at c30.9",
            "Filling(c30.4.9,ids 8) LATER",
            "Filling(c30.4.9,ids 8) LATER",
            "Stalled(Filling(c30.4.9,ids 8),REFUSED,difference ok,no history) LATER",
            "Filling(c30.4.9,ids 8) LATER",
            "Stalled(Filling(c30.4.9,ids 8),FAILING,difference ok,no history) LATER",
            "Filling(c30.4.9,ids 8) LATER",
            "Filling(c30.4.9,ids 4) CAREFULLY"));
    rows.put(
        "filling by one id",
        List.of(
            "Filling(c30.4.9,ids 1) KEPT",
            "Filling(c30.4.9,ids 1) KEPT",
            "Filling(c30.4.9,ids 1) KEPT",
            "Filling(c30.4.9,ids 1) KEPT",
            "Filling(c30.4.9,ids 1) IGNORED",
            "Filling(c30.4.9,ids 1) IGNORED",
            "Filling(c30.4.9,ids 1) LATER",
            "Filling(c30.4.9,ids 1) LATER",
            "Filling(c30.4.9,ids 1) LATER",
            "Filling(c30.4.9,ids 1) LATER",
            "Filling(c30.4.9,ids 1) LATER",
            "Filling(c30.6.9,page 12) ON post 6@c30.6.9",
            "Filling(c30.4.9,ids 2) CAREFULLY",
            "Filling(c30.4.9,ids 1) LATER",
            "Filling(c30.4.9,ids 1) LATER",
            "Stalled(Filling(c30.4.9,ids 1),REFUSED,difference ok,no history) LATER",
            "Filling(c30.4.9,ids 1) LATER",
            "Stalled(Filling(c30.4.9,ids 1),FAILING,difference ok,no history) LATER",
            "Filling(c30.4.9,ids 1) LATER",
            "Filling(c30.4.9,probe) CAREFULLY"));
    rows.put(
        "filling, probing",
        List.of(
            "Filling(c30.4.9,probe) KEPT",
            "Filling(c30.4.9,probe) KEPT",
            "Filling(c30.4.9,probe) KEPT",
            "Filling(c30.4.9,probe) KEPT",
            "Filling(c30.4.9,probe) IGNORED",
            "Filling(c30.4.9,probe) IGNORED",
            "Filling(c30.4.9,probe) LATER",
            "Filling(c30.4.9,probe) LATER",
            "Filling(c30.4.9,probe) LATER",
            "Filling(c30.4.9,probe) LATER",
            "Filling(c30.4.9,probe) LATER",
            "Filling(c30.5.9,page 12) ON lost 5-5",
            "Filling(c30.5.9,page 12) ON lost 5-5",
            "Filling(c30.4.9,probe) LATER",
            "Filling(c30.4.9,probe) LATER",
            "Stalled(Filling(c30.4.9,probe),REFUSED,difference ok,no history) LATER",
            "Filling(c30.4.9,probe) LATER",
            "Stalled(Filling(c30.4.9,probe),FAILING,difference ok,no history) LATER",
            "Filling(c30.4.9,probe) LATER",
            "Stalled(Filling(c30.4.9,page 100),UNREADABLE,difference ok,no history) LATER"));
    rows.put(
        "stalled in step",
        List.of(
            "Stalled(InStep(31,5),REFUSED) APPLIED post 5@c31.5",
            "Stalled(InStep(30,4),REFUSED) KEPT",
            "Stalled(InStep(30,4),REFUSED) IGNORED",
            "Stalled(Unknown(0,4,0),REFUSED) ON",
            "Stalled(Filling(c30.4.-1,page 100,instead),REFUSED) ON",
            "Stalled(Behind(30,4,100),REFUSED) ON",
            "Stalled(InStep(30,4),REFUSED) IGNORED",
            "Stalled(InStep(30,4),REFUSED) IGNORED",
            "Stalled(InStep(30,4),REFUSED) IGNORED",
            "Stalled(InStep(30,4),REFUSED) IGNORED",
            "Stalled(InStep(30,4),REFUSED) IGNORED",
            "Stalled(InStep(30,4),REFUSED) IGNORED",
            "Stalled(InStep(30,4),REFUSED) IGNORED",
            "Stalled(InStep(30,4),REFUSED) IGNORED",
            "Stalled(InStep(30,4),REFUSED) IGNORED",
            "Stalled(InStep(30,4),REFUSED) IGNORED",
            "Stalled(InStep(30,4),REFUSED) IGNORED",
            "Stalled(InStep(30,4),REFUSED) IGNORED",
            "Stalled(InStep(30,4),REFUSED) IGNORED",
            "Stalled(InStep(30,4),REFUSED) IGNORED"));
    rows.put(
        "stalled behind",
        List.of(
            "Stalled(Behind(31,5,100),REFUSED) APPLIED post 5@c31.5",
            "Stalled(Behind(30,4,100),REFUSED) KEPT",
            "Stalled(Behind(30,4,100),REFUSED) IGNORED",
            "Stalled(Unknown(0,4,0),REFUSED) ON",
            "Stalled(Behind(30,4,100),REFUSED) IGNORED",
            "Stalled(Behind(30,4,100),REFUSED) IGNORED",
            "InStep(31,4) SETTLED",
            "Unknown(0,4,0) LATER",
            "InStep(31,5) SETTLED post 5@c31.5",
            "Behind(31,5,100) ON post 5@c31.5",
            "Filling(c90.4.9,page 100) ON at c90.4.9",
            "Stalled(Behind(30,4,100),REFUSED) LATER",
            "Stalled(Behind(30,4,100),REFUSED) LATER",
            "Stalled(Behind(30,4,100),REFUSED) LATER",
            "Stalled(Filling(c30.4.-1,page 100,instead),REFUSED) LATER",
            "Stalled(Filling(c30.4.-1,page 100,instead),REFUSED) LATER",
            "Stalled(Behind(30,4,100),REFUSED) LATER",
            "Stalled(Filling(c30.4.-1,page 100,instead),FAILING) LATER",
            "Unknown(0,4,0) LATER",
            "Stalled(Behind(30,4,10),REFUSED) CAREFULLY"));
    rows.put(
        "stalled filling",
        List.of(
            "Stalled(Filling(c30.4.-1,page 100,instead),REFUSED) KEPT",
            "Stalled(Filling(c30.4.-1,page 100,instead),REFUSED) KEPT",
            "Stalled(Filling(c30.4.-1,page 100,instead),REFUSED) KEPT",
            "Stalled(Filling(c30.4.-1,page 100,instead),REFUSED) KEPT",
            "Stalled(Filling(c30.4.-1,page 100,instead),REFUSED) IGNORED",
            "Stalled(Behind(30,4,100),REFUSED) ON",
            "Stalled(Filling(c30.4.-1,page 100,instead),REFUSED) LATER",
            "Stalled(Filling(c30.4.-1,page 100,instead),REFUSED) LATER",
            "Stalled(Filling(c30.4.-1,page 100,instead),REFUSED) LATER",
            "Stalled(Filling(c30.4.-1,page 100,instead),REFUSED) LATER",
            "Stalled(Filling(c30.4.-1,page 100,instead),REFUSED) LATER",
            "Stalled(Filling(c30.6.-1,page 100,instead),REFUSED) ON post 6@c30.6.-1",
            "Stalled(Filling(c30.4.-1,page 100,empty 1,instead),REFUSED) LATER",
            "Stalled(Filling(c30.4.-1,page 100,instead),REFUSED) LATER",
            "Stalled(Filling(c30.4.-1,page 100,instead),REFUSED) LATER",
            "Stalled(Filling(c30.4.-1,page 100,instead),REFUSED,no history) LATER",
            "Stalled(Filling(c30.4.-1,page 100,instead),REFUSED) LATER",
            "Stalled(Filling(c30.4.-1,page 100,instead),FAILING,no history) LATER",
            "Stalled(Filling(c30.4.-1,page 100,instead),REFUSED) LATER",
            "Stalled(Filling(c30.4.-1,page 50,instead),REFUSED) CAREFULLY"));
    rows.put(
        "stalled without history",
        List.of(
            "Stalled(InStep(31,5),REFUSED,no history) APPLIED post 5@c31.5",
            "Stalled(InStep(33,7),REFUSED,no history) APPLIED lost 5-6 post 7@c33.7",
            "Stalled(Filling(c30.4.-1,page 100,instead),REFUSED,no history) IGNORED",
            "Stalled(InStep(20,5),REFUSED,no history) APPLIED post 5@c20.5",
            "Stalled(Filling(c30.4.-1,page 100,instead),REFUSED,no history) IGNORED",
            "Stalled(Behind(30,4,100),REFUSED,no history) ON",
            "Stalled(Filling(c30.4.-1,page 100,instead),REFUSED,no history) LATER",
            "Stalled(Filling(c30.4.-1,page 100,instead),REFUSED,no history) LATER",
            "Stalled(Filling(c30.4.-1,page 100,instead),REFUSED,no history) LATER",
            "Stalled(Filling(c30.4.-1,page 100,instead),REFUSED,no history) LATER",
            "Stalled(Filling(c30.4.-1,page 100,instead),REFUSED,no history) LATER",
            "Stalled(Filling(c30.6.-1,page 100,instead),REFUSED) ON post 6@c30.6.-1",
            "Stalled(Filling(c30.4.-1,page 100,empty 1,instead),REFUSED,no history) LATER",
            "Stalled(Filling(c30.4.-1,page 100,instead),REFUSED,no history) LATER",
            "Stalled(Filling(c30.4.-1,page 100,instead),REFUSED,no history) LATER",
            "Stalled(Filling(c30.4.-1,page 100,instead),REFUSED,no history) LATER",
            "Stalled(Filling(c30.4.-1,page 100,instead),REFUSED,no history) LATER",
            "Stalled(Filling(c30.4.-1,page 100,instead),FAILING,no history) LATER",
            "Stalled(Filling(c30.4.-1,page 100,instead),REFUSED,no history) LATER",
            "Stalled(Filling(c30.4.-1,page 50,instead),REFUSED,no history) CAREFULLY"));
    return rows;
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("table")
  void every_event_in_every_state(
      String stateName, String eventName, ChannelState state, ChannelEvent event, String expected) {
    assertThat(shortly(ChannelTransitions.next(ID, state, event))).isEqualTo(expected);
  }

  private static String shortly(Transition next) {
    String effects =
        next.effects().stream()
            .map(effect ->
                switch (effect) {
                  case Effect.Post post -> " post " + post.message().id() + "@" + post.position();
                  case Effect.ChannelMoved moved -> " at " + moved.position();
                  case Effect.MessagesPassedOver lost ->
                      " lost " + lost.what().fromId() + "-" + lost.what().toId();
                  default -> " ?";
                })
            .collect(Collectors.joining());
    return name(next.state()) + " " + next.verdict() + effects;
  }

  private static String name(ChannelState state) {
    return switch (state) {
      case InStep(int pts, int last) -> "InStep(" + pts + "," + last + ")";
      case Behind(int pts, int last, int limit) -> "Behind(" + pts + "," + last + "," + limit + ")";
      case Unknown(int pts, int last, int skip, boolean full) ->
          "Unknown(" + pts + "," + last + "," + skip + (full ? ",full)" : ")");
      case Filling filling ->
          "Filling("
              + filling.position().text()
              + ","
              + switch (filling.window()) {
                case Window.Page(int limit) -> "page " + limit;
                case Window.Ids(int count) -> "ids " + count;
                case Window.Probe probe -> "probe";
              }
              + (filling.empties() > 0 ? ",empty " + filling.empties() : "")
              + (filling.instead() ? ",instead)" : ")");
      case Stalled stalled ->
          "Stalled("
              + name(stalled.goal())
              + ","
              + stalled.cause()
              + (stalled.difference() ? "" : ",difference ok")
              + (stalled.history() ? ",no history)" : ")");
    };
  }

  @Test
  void a_range_of_free_ids_is_followed_by_a_larger_one_and_never_passes_the_end() {
    Filling open = Filling.insteadOfDifference(30, 4).with(new Window.Ids(8));
    Object free =
        Tl.history(40, MessageEmpty.builder().id(5).build(), MessageEmpty.builder().id(6).build());
    Filling next = (Filling) ChannelTransitions.next(ID, open, new Answered(free)).state();
    assertThat(next.window()).isEqualTo(new Window.Ids(16));
    assertThat(next.from()).isEqualTo(13);
    assertThat(next.last()).as("ids to come are not passed").isEqualTo(4);
    Transition end = ChannelTransitions.next(ID, ids(8), new Answered(free));
    assertThat(end.state()).isEqualTo(new Behind(30, 9, 100));
  }

  @Test
  void the_one_message_that_cannot_be_read_is_passed_over_and_the_fill_goes_on() {
    Transition next = ChannelTransitions.next(ID, PROBE, new Answered(Tl.history(40)));
    assertThat(shortly(next)).isEqualTo("Filling(c30.5.9,page 12) ON lost 5-5");
    assertThat(next.effects())
        .containsExactly(
            new Effect.MessagesPassedOver(
                ID,
                new PassedOver(5, 5, StallCause.UNREADABLE, "unknown"),
                new ChannelPosition(30, 5, 9)));
  }

  @Test
  void a_page_is_halved_down_to_ids() {
    assertThat(
            Stream.iterate(
                    (ChannelState) page(FILLING, 100),
                    state -> ChannelTransitions.next(ID, state, unreadable()).state())
                .limit(10)
                .map(state -> state instanceof Filling filling ? filling.window() : state))
        .startsWith(
            new Window.Page(100),
            new Window.Page(50),
            new Window.Page(25),
            new Window.Page(12),
            new Window.Page(6),
            new Window.Ids(8),
            new Window.Ids(4),
            new Window.Ids(2),
            new Window.Ids(1));
  }
}
