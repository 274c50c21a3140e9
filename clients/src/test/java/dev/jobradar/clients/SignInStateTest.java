package dev.jobradar.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.clients.SignInState.Effect;
import dev.jobradar.clients.SignInState.Event;
import dev.jobradar.clients.SignInState.Stage;
import dev.jobradar.telegram.Me;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Every state with every event. */
class SignInStateTest {
  private static final Me ME = new Me(1, "Somebody", null, null, null);

  private final Map<String, SignInState> states = new LinkedHashMap<>();
  private final Map<String, Event> events = new LinkedHashMap<>();

  {
    for (Stage stage : Stage.values()) {
      states.put("Waiting " + stage, new SignInState.Waiting(stage));
    }
    states.put("Calling CODE", new SignInState.Calling(Stage.CODE, false));
    states.put("Calling CODE accept", new SignInState.Calling(Stage.CODE, true));
    states.put("Accepted", new SignInState.Accepted(ME));
    states.put("Storing", new SignInState.Storing(ME, false));
    states.put("Storing end", new SignInState.Storing(ME, true));
    states.put("Completed", new SignInState.Completed());
    states.put("Ending", new SignInState.Ending(false));
    states.put("Ending accepted", new SignInState.Ending(true));
    states.put("Ended", new SignInState.Ended());

    events.put("ask at NEW", new Event.Ask(List.of(Stage.NEW)));
    events.put("ask at CODE", new Event.Ask(List.of(Stage.CODE)));
    events.put("ask at both", new Event.Ask(List.of(Stage.CODE, Stage.PASSWORD)));
    events.put("enter", new Event.Enter());
    events.put("code sent", new Event.CodeSent());
    events.put("password needed", new Event.PasswordNeeded());
    events.put("signed in", new Event.SignedIn(ME));
    events.put("refused", new Event.Refused());
    events.put("unknown", new Event.Unknown());
    events.put("dead", new Event.Dead());
    events.put("complete", new Event.Complete());
    events.put("stored", new Event.Stored());
    events.put("not stored", new Event.NotStored());
    events.put("end", new Event.End());
    events.put("logged out", new Event.LoggedOut());
    events.put("undo", new Event.Undo());
  }

  /** What each pair leads to; one that is not named here changes nothing. */
  private static final String TABLE =
      """
      Waiting NEW         | ask at NEW      | Calling NEW
      Waiting NEW         | end             | Ending
      Waiting CODE        | ask at CODE     | Calling CODE
      Waiting CODE        | ask at both     | Calling CODE
      Waiting CODE        | end             | Ending
      Waiting PASSWORD    | ask at both     | Calling PASSWORD
      Waiting PASSWORD    | end             | Ending
      Calling CODE        | enter           | Calling CODE accept
      Calling CODE        | code sent       | Waiting CODE + [RELEASE]
      Calling CODE        | password needed | Waiting PASSWORD + [RELEASE]
      Calling CODE        | signed in       | Accepted
      Calling CODE        | refused         | Waiting CODE + [RELEASE]
      Calling CODE        | unknown         | Waiting CODE
      Calling CODE        | dead            | Ending
      Calling CODE        | end             | Ending
      Calling CODE accept | code sent       | Waiting CODE + [RELEASE]
      Calling CODE accept | password needed | Waiting PASSWORD + [RELEASE]
      Calling CODE accept | signed in       | Accepted
      Calling CODE accept | refused         | Waiting CODE + [RELEASE]
      Calling CODE accept | unknown         | Ending accepted
      Calling CODE accept | dead            | Ending
      Calling CODE accept | end             | Ending accepted
      Accepted            | complete        | Storing
      Accepted            | end             | Ending accepted
      Storing             | stored          | Completed
      Storing             | not stored      | Accepted
      Storing             | end             | Storing end
      Storing end         | stored          | Completed
      Storing end         | not stored      | Ending accepted
      Ending              | signed in       | Ending accepted, OVER
      Ending              | undo            | Ended + [CLOSE]
      Ending accepted     | code sent       | Ending, OVER
      Ending accepted     | password needed | Ending, OVER
      Ending accepted     | refused         | Ending
      Ending accepted     | dead            | Ending
      Ending accepted     | logged out      | Ending
      Ending accepted     | undo            | Ended + [LOG_OUT, CLOSE]
      """;

  private static String shown(SignInState state) {
    return switch (state) {
      case SignInState.Waiting(Stage stage) -> "Waiting " + stage;
      case SignInState.Calling(Stage stage, boolean mayAccept) ->
          "Calling " + stage + (mayAccept ? " accept" : "");
      case SignInState.Accepted _ -> "Accepted";
      case SignInState.Storing(_, boolean endWanted) -> endWanted ? "Storing end" : "Storing";
      case SignInState.Completed() -> "Completed";
      case SignInState.Ending(boolean accepted) -> accepted ? "Ending accepted" : "Ending";
      case SignInState.Ended() -> "Ended";
    };
  }

  private static String shown(SignInState before, SignInState.Step step) {
    String to = step.state().equals(before) ? "stays" : shown(step.state());
    String rejection = step.rejection() == null ? "" : ", " + step.rejection();
    String effects = step.effects().isEmpty() ? "" : " + " + step.effects();
    return to + rejection + effects;
  }

  private static boolean isCertainlyNoKey(Event event) {
    return switch (event) {
      case Event.CodeSent _, Event.PasswordNeeded _, Event.Refused _, Event.Dead _ -> true;
      case Event.LoggedOut _, Event.Stored _ -> true;
      case Event.Ask _, Event.Enter _, Event.SignedIn _, Event.Unknown _, Event.Complete _ -> false;
      case Event.NotStored _, Event.End _, Event.Undo _ -> false;
    };
  }

  /** Whether the key may be signed in at Telegram without being stored. */
  private static boolean mayBeSignedIn(SignInState state) {
    return switch (state) {
      case SignInState.Calling(_, boolean mayAccept) -> mayAccept;
      case SignInState.Accepted _, SignInState.Storing _ -> true;
      case SignInState.Ending(boolean mayBeAccepted) -> mayBeAccepted;
      case SignInState.Waiting _, SignInState.Completed _, SignInState.Ended _ -> false;
    };
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
          SignInState.Step step = SignInState.next(state, event);
          String shown = shown(state, step);
          if (!step.state().equals(state) || !step.effects().isEmpty()) {
            actual.put(stateName + " | " + eventName, shown);
          }
        }));
    assertThat(actual).isEqualTo(expected);
  }

  /**
   * Events that a caller waits for, or that bring an answer which must not be taken for granted.
   */
  private static boolean isAnsweredTo(Event event) {
    return switch (event) {
      case Event.Ask _, Event.Enter _, Event.Complete _ -> true;
      case Event.CodeSent _, Event.PasswordNeeded _, Event.SignedIn _ -> true;
      case Event.Refused _, Event.Unknown _, Event.Dead _, Event.Stored _ -> false;
      case Event.NotStored _, Event.End _, Event.LoggedOut _, Event.Undo _ -> false;
    };
  }

  @Test
  void what_a_state_does_not_allow_is_rejected_with_the_reason() {
    states.forEach((stateName, state) ->
        events.forEach((eventName, event) -> {
          SignInState.Step step = SignInState.next(state, event);
          boolean again = state instanceof SignInState.Calling && event instanceof Event.Enter;
          boolean refused =
              isAnsweredTo(event) && (state.isOver() || (step.state().equals(state) && !again));
          SignInState.Rejection expected =
              state.isOver() ? SignInState.Rejection.OVER : SignInState.Rejection.WRONG_STEP;
          assertThat(step.rejection())
              .as("%s with %s", stateName, eventName)
              .isEqualTo(refused ? expected : null);
        }));
  }

  @Test
  void a_key_that_may_be_signed_in_is_stored_refused_or_logged_out() {
    states.forEach((stateName, state) ->
        events.forEach((eventName, event) -> {
          SignInState.Step step = SignInState.next(state, event);
          if (mayBeSignedIn(state) && !mayBeSignedIn(step.state())) {
            assertThat(isCertainlyNoKey(event) || step.effects().contains(Effect.LOG_OUT))
                .as("%s with %s forgets the key", stateName, eventName)
                .isTrue();
          }
        }));
  }

  @Test
  void what_is_over_stays_over_and_closes_once() {
    states.forEach((stateName, state) ->
        events.forEach((eventName, event) -> {
          SignInState.Step step = SignInState.next(state, event);
          boolean storeFailed = event instanceof Event.NotStored;
          assertThat(!state.isOver() || step.state().isOver() || storeFailed)
              .as("%s with %s begins again", stateName, eventName)
              .isTrue();
          boolean closes = step.effects().contains(Effect.CLOSE);
          assertThat(closes)
              .as("%s with %s closes", stateName, eventName)
              .isEqualTo(state instanceof SignInState.Ending && event instanceof Event.Undo);
        }));
  }
}
