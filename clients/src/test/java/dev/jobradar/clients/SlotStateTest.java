package dev.jobradar.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.clients.SlotEvent.Holder;
import dev.jobradar.mtproto.RpcException;
import dev.jobradar.mtproto.TransportException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every state with every event. */
class SlotStateTest {
  private static final Duration REST = Duration.ofSeconds(5);
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private final FakeLine line = new FakeLine();
  private final FakeLine other = new FakeLine();
  private final Holder holder = new Holder("mine");
  private final Holder stranger = new Holder("another's");
  private final TransportException trouble = new TransportException("no route", null);
  private final RpcException over = RpcException.of(401, "SESSION_REVOKED", "users.getUsers");
  private static final SessionEnd END = new SessionEnd("SESSION_REVOKED", NOW);

  private final Map<String, SlotState> states = new LinkedHashMap<>();
  private final Map<String, SlotEvent> events = new LinkedHashMap<>();

  {
    states.put("Loading", new SlotState.Loading());
    states.put("Connecting", new SlotState.Connecting(line, null, null));
    states.put("Greeting", new SlotState.Greeting(line, 0));
    states.put("Connected", new SlotState.Connected(line, 0, new Answer.Connected(line.client())));
    states.put("Repairing", new SlotState.Repairing(line, 0, trouble, NOW));
    states.put("Closing/Go", closing(new SlotState.Then.Go(ClosedBecause.DISCONNECTED)));
    states.put("Closing/Note", closing(new SlotState.Then.Note(END)));
    states.put("Closing/Forget", closing(new SlotState.Then.Forget()));
    states.put("Closing/Rest", closing(new SlotState.Then.Rest(trouble)));
    states.put("Closing/Keep", closing(new SlotState.Then.Keep(holder)));
    states.put("Noting", new SlotState.Noting(END));
    states.put("Resting", new SlotState.Resting(trouble, NOW));
    states.put("Held", new SlotState.Held(holder));
    states.put("Gone", new SlotState.Gone(null));

    events.put("found", new SlotEvent.Found(line));
    events.put("not found", new SlotEvent.NotFound(new Answer.NoSession()));
    events.put("lookup failed", new SlotEvent.LookupFailed(trouble));
    events.put("ready", new SlotEvent.Ready(line));
    events.put("greeted", new SlotEvent.Greeted(line, 0));
    events.put("greeted late", new SlotEvent.Greeted(line, 7));
    events.put("lost", new SlotEvent.Lost(line, trouble, NOW));
    events.put("doomed", new SlotEvent.Doomed(line, trouble));
    events.put("ended", new SlotEvent.Doomed(line, over));
    events.put("closed by caller", new SlotEvent.ClosedByCaller(line));
    events.put("disconnect", new SlotEvent.Disconnect(ClosedBecause.DISCONNECTED, Duration.ZERO));
    events.put("shutdown", new SlotEvent.Disconnect(ClosedBecause.SHUTDOWN, Duration.ZERO));
    events.put("log out", new SlotEvent.LogOut());
    events.put("seen closed", new SlotEvent.SeenClosed(line, false));
    events.put("seen closed, logged out", new SlotEvent.SeenClosed(line, true));
    events.put("not closed in time", new SlotEvent.NotClosedInTime(line));
    events.put("noted", new SlotEvent.Noted());
    events.put("rested", new SlotEvent.Rested());
    events.put("hold", new SlotEvent.Hold(holder));
    events.put("another's hold", new SlotEvent.Hold(stranger));
    events.put("give", new SlotEvent.Give(holder, line));
    events.put("another's give", new SlotEvent.Give(stranger, other));
    events.put("release", new SlotEvent.Release(holder));
    events.put("another's release", new SlotEvent.Release(stranger));
    events.put("other line ready", new SlotEvent.Ready(other));
    events.put("other line lost", new SlotEvent.Lost(other, trouble, NOW));
    events.put("other line ended", new SlotEvent.Doomed(other, over));
    events.put("other line closed by caller", new SlotEvent.ClosedByCaller(other));
    events.put("other line seen closed", new SlotEvent.SeenClosed(other, true));
  }

  private SlotState closing(SlotState.Then then) {
    return new SlotState.Closing(line, then, false);
  }

  /** What each pair leads to; one that is not named here changes nothing and does nothing. */
  private static final String TABLE =
      """
      Loading        | another's hold          | Held
      Loading        | disconnect              | Gone
      Loading        | found                   | Connecting + Open
      Loading        | hold                    | Held
      Loading        | lookup failed           | Resting + Wake
      Loading        | not found               | Gone, NoSession
      Loading        | shutdown                | Gone
      Connecting     | another's hold          | Closing/Keep + Close
      Connecting     | closed by caller        | Closing/Go + Close
      Connecting     | disconnect              | Closing/Go + Close
      Connecting     | doomed                  | Closing/Rest + Close
      Connecting     | ended                   | Closing/Note + Close
      Connecting     | hold                    | Closing/Keep + Close
      Connecting     | log out                 | Closing/Forget + LogOut
      Connecting     | lost                    | Connecting
      Connecting     | ready                   | Greeting + Greet
      Connecting     | shutdown                | Closing/Go + Close
      Greeting       | another's hold          | Closing/Keep + Close
      Greeting       | closed by caller        | Closing/Go + Close
      Greeting       | disconnect              | Closing/Go + Close
      Greeting       | doomed                  | Closing/Rest + Close
      Greeting       | ended                   | Closing/Note + Close
      Greeting       | greeted                 | Connected
      Greeting       | hold                    | Closing/Keep + Close
      Greeting       | log out                 | Closing/Forget + LogOut
      Greeting       | lost                    | Repairing
      Greeting       | shutdown                | Closing/Go + Close
      Connected      | another's hold          | Closing/Keep + Close
      Connected      | closed by caller        | Closing/Go + Close
      Connected      | disconnect              | Closing/Go + Close
      Connected      | doomed                  | Closing/Rest + Close
      Connected      | ended                   | Closing/Note + Close
      Connected      | hold                    | Closing/Keep + Close
      Connected      | log out                 | Closing/Forget + LogOut
      Connected      | lost                    | Repairing
      Connected      | ready                   | Connected + Greet
      Connected      | shutdown                | Closing/Go + Close
      Repairing      | another's hold          | Closing/Keep + Close
      Repairing      | closed by caller        | Closing/Go + Close
      Repairing      | disconnect              | Closing/Go + Close
      Repairing      | doomed                  | Closing/Rest + Close
      Repairing      | ended                   | Closing/Note + Close
      Repairing      | hold                    | Closing/Keep + Close
      Repairing      | log out                 | Closing/Forget + LogOut
      Repairing      | ready                   | Greeting + Greet
      Repairing      | shutdown                | Closing/Go + Close
      Closing/Go     | ended                   | Closing/Note
      Closing/Go     | not closed in time      | Closing/Go overdue
      Closing/Go     | seen closed             | Gone + TellClosed
      Closing/Go     | seen closed, logged out | Gone + TellClosed
      Closing/Note   | not closed in time      | Closing/Note overdue
      Closing/Note   | seen closed             | Noting + TellClosed NoteEnd
      Closing/Note   | seen closed, logged out | Noting + TellClosed NoteEnd
      Closing/Forget | not closed in time      | Closing/Forget overdue
      Closing/Forget | seen closed             | Gone + TellClosed
      Closing/Forget | seen closed, logged out | Noting + TellClosed NoteLogOut
      Closing/Rest   | disconnect              | Closing/Go
      Closing/Rest   | not closed in time      | Closing/Rest overdue
      Closing/Rest   | seen closed             | Resting + TellClosed Wake
      Closing/Rest   | seen closed, logged out | Resting + TellClosed Wake
      Closing/Rest   | shutdown                | Closing/Go
      Closing/Keep   | not closed in time      | Closing/Keep overdue
      Closing/Keep   | release                 | Closing/Go
      Closing/Keep   | seen closed             | Held + TellClosed
      Closing/Keep   | seen closed, logged out | Held + TellClosed
      Closing/Keep   | shutdown                | Closing/Go
      Noting         | noted                   | Gone, SessionEnded
      Resting        | another's hold          | Held
      Resting        | disconnect              | Gone
      Resting        | hold                    | Held
      Resting        | rested                  | Gone
      Resting        | shutdown                | Gone
      Held           | give                    | Connecting
      Held           | release                 | Gone
      Held           | shutdown                | Gone
      """;

  private static String shown(SlotState state) {
    return switch (state) {
      case SlotState.Closing(_, var then, boolean overdue) ->
          "Closing/" + then.getClass().getSimpleName() + (overdue ? " overdue" : "");
      case SlotState.Gone(Answer answer) when answer != null ->
          "Gone, " + answer.getClass().getSimpleName();
      default -> state.getClass().getSimpleName();
    };
  }

  private static String shown(SlotState.Step step) {
    String effects =
        step.effects().stream()
            .map(effect -> effect.getClass().getSimpleName())
            .collect(Collectors.joining(" "));
    return shown(step.state()) + (effects.isEmpty() ? "" : " + " + effects);
  }

  private static SlotState.Step next(SlotState state, SlotEvent event) {
    return SlotState.next(state, event, NOW, Duration.ofSeconds(1), REST);
  }

  @Test
  void every_state_with_every_event_leads_where_the_table_says() {
    Map<String, String> expected = new TreeMap<>();
    for (String row : TABLE.lines().toList()) {
      String[] parts = row.split("\\|", -1);
      expected.put(parts[0].strip() + " | " + parts[1].strip(), parts[2].strip());
    }
    Map<String, String> actual = new TreeMap<>();
    states.forEach((stateName, state) ->
        events.forEach((eventName, event) -> {
          SlotState.Step step = next(state, event);
          if (!step.state().equals(state) || !step.effects().isEmpty()) {
            actual.put(stateName + " | " + eventName, shown(step));
          }
        }));
    assertThat(actual).isEqualTo(expected);
  }

  @Test
  void a_line_is_opened_only_from_a_state_that_holds_none() {
    states.forEach((stateName, state) ->
        events.forEach((eventName, event) -> {
          SlotState.Step step = next(state, event);
          Line before = state.line();
          Line after = step.state().line();
          assertThat(before == null || after == null || before.equals(after))
              .as("%s with %s changes the line", stateName, eventName)
              .isTrue();
          boolean opens = step.effects().stream().anyMatch(SlotEffect.Open.class::isInstance);
          assertThat(opens && before != null)
              .as("%s with %s opens beside another", stateName, eventName)
              .isFalse();
        }));
  }

  @Test
  void a_line_is_left_only_when_it_was_seen_closed() {
    states.forEach((stateName, state) ->
        events.forEach((eventName, event) -> {
          if (state.line() != null && next(state, event).state().line() == null) {
            assertThat(event).as(stateName).isInstanceOf(SlotEvent.SeenClosed.class);
          }
        }));
  }

  @Test
  void a_slot_that_failed_rests_as_long_as_it_is_told_to() {
    SlotState closing = closing(new SlotState.Then.Rest(trouble));
    SlotState.Step step = next(closing, new SlotEvent.SeenClosed(line, false));
    assertThat(step.state()).isEqualTo(new SlotState.Resting(trouble, NOW.plus(REST)));
    assertThat(step.effects()).contains(new SlotEffect.Wake(NOW.plus(REST)));
  }

  @Test
  void what_becomes_of_a_slot_that_rests_is_told_to_wake() {
    SlotState.Step step = next(new SlotState.Loading(), new SlotEvent.LookupFailed(trouble));
    assertThat(step.effects())
        .isEqualTo(List.of(new SlotEffect.Wake(NOW.plus(SlotState.STORE_REST))));
  }
}
