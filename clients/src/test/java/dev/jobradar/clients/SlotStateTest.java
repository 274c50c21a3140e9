package dev.jobradar.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.clients.SlotEvent.Reservation;
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
  private final FakeManagedClient client = new FakeManagedClient();
  private final FakeManagedClient other = new FakeManagedClient();
  private final Reservation reservation = new Reservation("mine");
  private final Reservation stranger = new Reservation("another's");
  private final TransportException trouble = new TransportException("no route", null);
  private final RpcException over = RpcException.of(401, "SESSION_REVOKED", "users.getUsers");
  private static final SessionEnd END = new SessionEnd("SESSION_REVOKED", NOW);

  private final Map<String, SlotState> states = new LinkedHashMap<>();
  private final Map<String, SlotEvent> events = new LinkedHashMap<>();

  {
    states.put("Loading", new SlotState.Loading());
    states.put("Connecting", new SlotState.Connecting(client, null, null));
    states.put("Preparing", new SlotState.Preparing(client, 0));
    states.put(
        "Connected",
        new SlotState.Connected(client, 0, new ClientResult.Connected(client.telegram())));
    states.put("Repairing", new SlotState.Repairing(client, 0, trouble, NOW));
    states.put(
        "Closing/Remove", closing(new SlotState.AfterClose.Remove(CloseReason.DISCONNECTED)));
    states.put("Closing/RecordEnd", closing(new SlotState.AfterClose.RecordEnd(END)));
    states.put("Closing/Forget", closing(new SlotState.AfterClose.Forget()));
    states.put("Closing/BackOff", closing(new SlotState.AfterClose.BackOff(trouble)));
    states.put("Closing/Reserve", closing(new SlotState.AfterClose.Reserve(reservation)));
    states.put("Recording", new SlotState.Recording(END));
    states.put("BackingOff", new SlotState.BackingOff(trouble, NOW));
    states.put("Reserved", new SlotState.Reserved(reservation));
    states.put("Gone", new SlotState.Gone(null));

    events.put("found", new SlotEvent.Found(client));
    events.put("not found", new SlotEvent.NotFound(new ClientResult.NoSession()));
    events.put("lookup failed", new SlotEvent.LookupFailed(trouble));
    events.put("ready", new SlotEvent.Ready(client));
    events.put("prepared", new SlotEvent.Prepared(client, 0));
    events.put("prepared late", new SlotEvent.Prepared(client, 7));
    events.put("lost", new SlotEvent.Lost(client, trouble, NOW));
    events.put("failed", new SlotEvent.Failed(client, trouble));
    events.put("ended", new SlotEvent.Failed(client, over));
    events.put("closed by caller", new SlotEvent.ClosedByCaller(client));
    events.put("disconnect", new SlotEvent.Disconnect(CloseReason.DISCONNECTED, Duration.ZERO));
    events.put("shutdown", new SlotEvent.Disconnect(CloseReason.SHUTDOWN, Duration.ZERO));
    events.put("log out", new SlotEvent.LogOut());
    events.put("seen closed", new SlotEvent.SeenClosed(client, false));
    events.put("seen closed, logged out", new SlotEvent.SeenClosed(client, true));
    events.put("not closed in time", new SlotEvent.NotClosedInTime(client));
    events.put("recorded", new SlotEvent.Recorded());
    events.put("backoff over", new SlotEvent.BackoffOver());
    events.put("reserve", new SlotEvent.Reserve(reservation));
    events.put("another's reserve", new SlotEvent.Reserve(stranger));
    events.put("hand over", new SlotEvent.HandOver(reservation, client));
    events.put("another's hand-over", new SlotEvent.HandOver(stranger, other));
    events.put("release", new SlotEvent.Release(reservation));
    events.put("another's release", new SlotEvent.Release(stranger));
    events.put("other client ready", new SlotEvent.Ready(other));
    events.put("other client lost", new SlotEvent.Lost(other, trouble, NOW));
    events.put("other client ended", new SlotEvent.Failed(other, over));
    events.put("other client closed by caller", new SlotEvent.ClosedByCaller(other));
    events.put("other client seen closed", new SlotEvent.SeenClosed(other, true));
  }

  private SlotState closing(SlotState.AfterClose then) {
    return new SlotState.Closing(client, then, false);
  }

  /** What each pair leads to; one that is not named here changes nothing and does nothing. */
  private static final String TABLE =
      """
      Loading         | another's reserve       | Reserved
      Loading         | disconnect              | Gone
      Loading         | found                   | Connecting + Open
      Loading         | reserve                 | Reserved
      Loading         | lookup failed           | BackingOff + Wake
      Loading         | not found               | Gone, NoSession
      Loading         | shutdown                | Gone
      Connecting      | another's reserve       | Closing/Reserve + Close
      Connecting      | closed by caller        | Closing/Remove + Close
      Connecting      | disconnect              | Closing/Remove + Close
      Connecting      | failed                  | Closing/BackOff + Close
      Connecting      | ended                   | Closing/RecordEnd + Close
      Connecting      | reserve                 | Closing/Reserve + Close
      Connecting      | log out                 | Closing/Forget + LogOut
      Connecting      | lost                    | Connecting
      Connecting      | ready                   | Preparing + Prepare
      Connecting      | shutdown                | Closing/Remove + Close
      Preparing       | another's reserve       | Closing/Reserve + Close
      Preparing       | closed by caller        | Closing/Remove + Close
      Preparing       | disconnect              | Closing/Remove + Close
      Preparing       | failed                  | Closing/BackOff + Close
      Preparing       | ended                   | Closing/RecordEnd + Close
      Preparing       | prepared                | Connected
      Preparing       | reserve                 | Closing/Reserve + Close
      Preparing       | log out                 | Closing/Forget + LogOut
      Preparing       | lost                    | Repairing
      Preparing       | shutdown                | Closing/Remove + Close
      Connected       | another's reserve       | Closing/Reserve + Close
      Connected       | closed by caller        | Closing/Remove + Close
      Connected       | disconnect              | Closing/Remove + Close
      Connected       | failed                  | Closing/BackOff + Close
      Connected       | ended                   | Closing/RecordEnd + Close
      Connected       | reserve                 | Closing/Reserve + Close
      Connected       | log out                 | Closing/Forget + LogOut
      Connected       | lost                    | Repairing
      Connected       | ready                   | Connected + Prepare
      Connected       | shutdown                | Closing/Remove + Close
      Repairing       | another's reserve       | Closing/Reserve + Close
      Repairing       | closed by caller        | Closing/Remove + Close
      Repairing       | disconnect              | Closing/Remove + Close
      Repairing       | failed                  | Closing/BackOff + Close
      Repairing       | ended                   | Closing/RecordEnd + Close
      Repairing       | reserve                 | Closing/Reserve + Close
      Repairing       | log out                 | Closing/Forget + LogOut
      Repairing       | ready                   | Preparing + Prepare
      Repairing       | shutdown                | Closing/Remove + Close
      Closing/Remove  | ended                   | Closing/RecordEnd
      Closing/Remove  | not closed in time      | Closing/Remove overdue
      Closing/Remove  | seen closed             | Gone + ReportClosed
      Closing/Remove  | seen closed, logged out | Gone + ReportClosed
      Closing/RecordEnd  | not closed in time      | Closing/RecordEnd overdue
      Closing/RecordEnd  | seen closed             | Recording + ReportClosed RecordEnd
      Closing/RecordEnd  | seen closed, logged out | Recording + ReportClosed RecordEnd
      Closing/Forget  | not closed in time      | Closing/Forget overdue
      Closing/Forget  | seen closed             | Gone + ReportClosed
      Closing/Forget  | seen closed, logged out | Recording + ReportClosed RecordLogOut
      Closing/BackOff | disconnect              | Closing/Remove
      Closing/BackOff | not closed in time      | Closing/BackOff overdue
      Closing/BackOff | seen closed             | BackingOff + ReportClosed Wake
      Closing/BackOff | seen closed, logged out | BackingOff + ReportClosed Wake
      Closing/BackOff | shutdown                | Closing/Remove
      Closing/Reserve | not closed in time      | Closing/Reserve overdue
      Closing/Reserve | release                 | Closing/Remove
      Closing/Reserve | seen closed             | Reserved + ReportClosed
      Closing/Reserve | seen closed, logged out | Reserved + ReportClosed
      Closing/Reserve | shutdown                | Closing/Remove
      Recording       | recorded                | Gone, SessionEnded
      BackingOff      | another's reserve       | Reserved
      BackingOff      | disconnect              | Gone
      BackingOff      | reserve                 | Reserved
      BackingOff      | backoff over            | Gone
      BackingOff      | shutdown                | Gone
      Reserved        | hand over               | Connecting
      Reserved        | release                 | Gone
      Reserved        | shutdown                | Gone
      """;

  private static String shown(SlotState state) {
    return switch (state) {
      case SlotState.Closing(_, var then, boolean overdue) ->
          "Closing/" + then.getClass().getSimpleName() + (overdue ? " overdue" : "");
      case SlotState.Gone(ClientResult answer) when answer != null ->
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
          ManagedClient before = state.client();
          ManagedClient after = step.state().client();
          assertThat(before == null || after == null || before.equals(after))
              .as("%s with %s changes the client", stateName, eventName)
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
          if (state.client() != null && next(state, event).state().client() == null) {
            assertThat(event).as(stateName).isInstanceOf(SlotEvent.SeenClosed.class);
          }
        }));
  }

  @Test
  void a_slot_that_failed_rests_as_long_as_it_is_told_to() {
    SlotState closing = closing(new SlotState.AfterClose.BackOff(trouble));
    SlotState.Step step = next(closing, new SlotEvent.SeenClosed(client, false));
    assertThat(step.state()).isEqualTo(new SlotState.BackingOff(trouble, NOW.plus(REST)));
    assertThat(step.effects()).contains(new SlotEffect.Wake(NOW.plus(REST)));
  }

  @Test
  void what_becomes_of_a_slot_that_rests_is_told_to_wake() {
    SlotState.Step step = next(new SlotState.Loading(), new SlotEvent.LookupFailed(trouble));
    assertThat(step.effects())
        .isEqualTo(List.of(new SlotEffect.Wake(NOW.plus(SlotState.LOOKUP_RETRY))));
  }
}
