package dev.jobradar.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.mtproto.RpcException;
import dev.jobradar.mtproto.TransportException;
import dev.jobradar.mtproto.crypto.AuthKey;
import dev.jobradar.telegram.ClientState.Identity;
import dev.jobradar.telegram.MigrationState.Home;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every state of a client with every event. */
class ClientStateTest {
  private static final Duration SETTLED = Duration.ofSeconds(30);
  private static final long NOW = 100_000;
  private static final AuthKey KEY = new AuthKey(new byte[256]);
  private static final Home HOME = new Home(new DcId(1), List.of(), KEY);
  private static final Home THERE = new Home(new DcId(2), List.of(), KEY);
  private static final Identity ME = new Identity(HOME, true);
  private static final Identity NOBODY =
      new Identity(new Home(new DcId(1), List.of(), null), false);
  private final TransportException trouble = new TransportException("no route", null);
  private final RpcException over = error(401, "SESSION_REVOKED");
  private final RpcException.Migrate away = sentTo("USER_MIGRATE_2");

  private static RpcException error(int code, String name) {
    return RpcException.of(code, name, "users.getUsers");
  }

  private static RpcException.Migrate sentTo(String name) {
    return (RpcException.Migrate) error(303, name);
  }

  private final Map<String, ClientState> states = new LinkedHashMap<>();
  private final Map<String, ClientEvent> events = new LinkedHashMap<>();

  {
    states.put("fresh", new ClientState.Fresh(NOBODY));
    states.put("on, nobody", new ClientState.On(NOBODY, 3, 0, null));
    states.put("on", new ClientState.On(ME, 3, 0, null));
    states.put("on, moved just now", new ClientState.On(ME, 3, 2, NOW - 1_000));
    states.put("on, moved long ago", new ClientState.On(ME, 3, 2, NOW - 30_000));
    states.put("moving", new ClientState.Moving(ME, 3, 1));
    states.put("ended", new ClientState.Ended(ME, over));
    states.put("closed", new ClientState.Closed(ME, 3));
    states.put("closed unopened", new ClientState.Closed(ME, 0));

    events.put("open", new ClientEvent.Open());
    events.put("key made", new ClientEvent.KeyMade(3, KEY));
    events.put("ready", new ClientEvent.Ready(3));
    events.put("lost", new ClientEvent.Lost(3, trouble));
    events.put("dropped by us", new ClientEvent.Dropped(3, null));
    events.put("dropped", new ClientEvent.Dropped(3, trouble));
    events.put("dropped for a move", new ClientEvent.Dropped(3, away));
    events.put("dropped for a file", new ClientEvent.Dropped(3, sentTo("FILE_MIGRATE_2")));
    events.put("sent away", new ClientEvent.SentAway(3, away));
    events.put("refused", new ClientEvent.Refused(3, over));
    events.put("arrived", new ClientEvent.Arrived(3, THERE));
    events.put("ended on the way", new ClientEvent.EndedOnTheWay(3, over));
    events.put("gave up", new ClientEvent.GaveUp(3));
    events.put("signed in", new ClientEvent.SignedIn());
    events.put("logged out", new ClientEvent.LoggedOut());
    events.put("close", new ClientEvent.Close());
  }

  /** What each pair leads to; one that is not named here changes nothing and does nothing. */
  private static final String TABLE =
      """
      fresh              | open               | On 1 + Connect 1
      fresh              | signed in          | Fresh, signed in
      fresh              | close              | Closed 0
      on, nobody         | key made           | On 3
      on, nobody         | ready              | On 3, ready + TellReady
      on, nobody         | lost               | On 3 + TellLost
      on, nobody         | dropped            | Ended + Finish + TellEnded
      on, nobody         | dropped for a move | Moving 4, moves 1 + SetOut 4 after 0 + TellLost
      on, nobody         | dropped for a file | Ended + Finish + TellEnded
      on, nobody         | sent away          | Moving 4, moves 1 + SetOut 4 after 0 + TellLost
      on, nobody         | signed in          | On 3, signed in
      on, nobody         | close              | Closed 3
      on                 | ready              | On 3, ready, signed in + TellReady
      on                 | lost               | On 3, signed in + TellLost
      on                 | dropped            | Ended, signed in + Finish + TellEnded
      on                 | dropped for a move | Moving 4, moves 1, signed in + SetOut 4 after 0 + TellLost
      on                 | dropped for a file | Ended, signed in + Finish + TellEnded
      on                 | sent away          | Moving 4, moves 1, signed in + SetOut 4 after 0 + TellLost
      on                 | refused            | Ended, signed in + Finish + TellEnded
      on                 | logged out         | On 3
      on                 | close              | Closed 3, signed in
      on, moved just now | ready              | On 3, moves 2, ready, signed in + TellReady
      on, moved just now | lost               | On 3, moves 2, ready, signed in + TellLost
      on, moved just now | dropped            | Ended, signed in + Finish + TellEnded
      on, moved just now | dropped for a move | Moving 4, moves 3, signed in + SetOut 4 after 2 + TellLost
      on, moved just now | dropped for a file | Ended, signed in + Finish + TellEnded
      on, moved just now | sent away          | Moving 4, moves 3, signed in + SetOut 4 after 2 + TellLost
      on, moved just now | refused            | Ended, signed in + Finish + TellEnded
      on, moved just now | logged out         | On 3, moves 2, ready
      on, moved just now | close              | Closed 3, signed in
      on, moved long ago | ready              | On 3, moves 2, ready, signed in + TellReady
      on, moved long ago | lost               | On 3, moves 2, ready, signed in + TellLost
      on, moved long ago | dropped            | Ended, signed in + Finish + TellEnded
      on, moved long ago | dropped for a move | Moving 4, moves 1, signed in + SetOut 4 after 0 + TellLost
      on, moved long ago | dropped for a file | Ended, signed in + Finish + TellEnded
      on, moved long ago | sent away          | Moving 4, moves 1, signed in + SetOut 4 after 0 + TellLost
      on, moved long ago | refused            | Ended, signed in + Finish + TellEnded
      on, moved long ago | logged out         | On 3, moves 2, ready
      on, moved long ago | close              | Closed 3, signed in
      moving             | arrived            | On 3, DC2, moves 1, signed in + Connect 3
      moving             | ended on the way   | Ended, signed in + Finish + TellEnded
      moving             | logged out         | Moving 3, moves 1
      moving             | close              | Closed 3, signed in
      ended              | logged out         | Ended
      closed             | dropped by us      | Closed 3, signed in + TellClosed
      closed             | dropped            | Closed 3, signed in + TellClosed
      closed             | dropped for a move | Closed 3, signed in + TellClosed
      closed             | dropped for a file | Closed 3, signed in + TellClosed
      closed             | arrived            | Closed 3, signed in + TellClosed
      closed             | ended on the way   | Closed 3, signed in + TellClosed
      closed             | gave up            | Closed 3, signed in + TellClosed
      closed             | logged out         | Closed 3
      closed unopened    | logged out         | Closed 0
      """;

  private static String shown(ClientState state) {
    String what =
        switch (state) {
          case ClientState.Fresh _ -> "Fresh";
          case ClientState.On(Identity who, int line, int moves, Long readySince) ->
              "On "
                  + line
                  + (who.home().dc().value() == 1 ? "" : ", DC" + who.home().dc().value())
                  + (moves == 0 ? "" : ", moves " + moves)
                  + (readySince == null ? "" : ", ready");
          case ClientState.Moving(Identity who, int line, int moves) ->
              "Moving " + line + ", moves " + moves;
          case ClientState.Ended _ -> "Ended";
          case ClientState.Closed closed -> "Closed " + closed.line();
        };
    return state.who().signedIn() ? what + ", signed in" : what;
  }

  private static String shown(ClientEffect effect) {
    return switch (effect) {
      case ClientEffect.Connect connect -> "Connect " + connect.line();
      case ClientEffect.SetOut out -> "SetOut " + out.line() + " after " + out.failedBefore();
      default -> effect.getClass().getSimpleName();
    };
  }

  private static ClientState.Step next(ClientState state, ClientEvent event) {
    return ClientState.next(state, event, NOW, SETTLED);
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
          ClientState.Step step = next(state, event);
          if (!step.state().equals(state) || !step.effects().isEmpty()) {
            String effects =
                step.effects().stream()
                    .map(effect -> " + " + shown(effect))
                    .collect(Collectors.joining());
            actual.put(stateName + " | " + eventName, shown(step.state()) + effects);
          }
        }));
    assertThat(actual).isEqualTo(expected);
  }

  @Test
  void what_another_line_says_changes_nothing() {
    states.forEach((stateName, state) -> {
      for (int line : new int[] {2, 4}) {
        List<ClientEvent> late =
            List.of(
                new ClientEvent.KeyMade(line, KEY),
                new ClientEvent.Ready(line),
                new ClientEvent.Lost(line, trouble),
                new ClientEvent.Dropped(line, null),
                new ClientEvent.Dropped(line, trouble),
                new ClientEvent.Dropped(line, away),
                new ClientEvent.SentAway(line, away),
                new ClientEvent.Refused(line, over),
                new ClientEvent.Arrived(line, THERE),
                new ClientEvent.EndedOnTheWay(line, over),
                new ClientEvent.GaveUp(line));
        for (ClientEvent event : late) {
          assertThat(next(state, event))
              .as("%s with %s", stateName, event)
              .isEqualTo(new ClientState.Step(state, List.of()));
        }
      }
    });
  }

  @Test
  void a_made_key_is_part_of_where_the_client_belongs() {
    ClientState on = new ClientState.On(NOBODY, 3, 0, null);
    assertThat(next(on, new ClientEvent.KeyMade(3, KEY)).state().who().home()).isEqualTo(HOME);
  }

  @Test
  void being_ready_again_does_not_make_a_client_newer() {
    ClientState on = new ClientState.On(ME, 3, 2, NOW - 30_000);
    assertThat(next(on, new ClientEvent.Ready(3)).state()).isEqualTo(on);
  }

  /** Whatever comes in whatever order. */
  @Test
  void an_end_is_told_once_and_nothing_after_it_and_lines_are_opened_one_after_another() {
    List<ClientEvent> all = List.copyOf(events.values());
    for (int seed = 0; seed < 2_000; seed++) {
      Random draw = new Random(seed);
      ClientState state = new ClientState.Fresh(draw.nextBoolean() ? ME : NOBODY);
      int opened = 0;
      String told = "";
      for (int step = 0; step < 60; step++) {
        ClientState before = state;
        ClientState.Step next = next(state, onLineOf(state, all.get(draw.nextInt(all.size()))));
        state = next.state();
        for (ClientEffect effect : next.effects()) {
          switch (effect) {
            case ClientEffect.Connect(int line, Identity who) -> {
              assertThat(line).as("seed %s", seed).isGreaterThan(opened);
              assertThat(before)
                  .as("seed %s", seed)
                  .isInstanceOfAny(ClientState.Fresh.class, ClientState.Moving.class);
              assertThat(who).isEqualTo(state.who());
              opened = line;
            }
            case ClientEffect.SetOut setOut ->
                assertThat(before).as("seed %s", seed).isInstanceOf(ClientState.On.class);
            case ClientEffect.Finish _ -> {}
            case ClientEffect.Telling _ -> {
              assertThat(told).as("seed %s, before %s", seed, effect).isNotEqualTo("TellEnded");
              told = effect.getClass().getSimpleName();
              if (state instanceof ClientState.Closed) {
                assertThat(told).isEqualTo("TellClosed");
              }
            }
          }
        }
        MtprotoException why = endOf(before);
        assertThat(why == null || why.equals(endOf(state))).as("seed %s", seed).isTrue();
      }
    }
  }

  private static @Nullable MtprotoException endOf(ClientState state) {
    return state instanceof ClientState.Ended ended ? ended.why() : null;
  }

  /** The same from the line that the client has. */
  private static ClientEvent onLineOf(ClientState state, ClientEvent event) {
    int line =
        switch (state) {
          case ClientState.On on -> on.line();
          case ClientState.Moving moving -> moving.line();
          case ClientState.Closed closed -> closed.line();
          case ClientState.Fresh _, ClientState.Ended _ -> 1;
        };
    return switch (event) {
      case ClientEvent.KeyMade made -> new ClientEvent.KeyMade(line, made.key());
      case ClientEvent.Ready _ -> new ClientEvent.Ready(line);
      case ClientEvent.Lost lost -> new ClientEvent.Lost(line, lost.cause());
      case ClientEvent.Dropped dropped -> new ClientEvent.Dropped(line, dropped.cause());
      case ClientEvent.SentAway sent -> new ClientEvent.SentAway(line, sent.to());
      case ClientEvent.Refused refused -> new ClientEvent.Refused(line, refused.why());
      case ClientEvent.Arrived arrived -> new ClientEvent.Arrived(line, arrived.home());
      case ClientEvent.EndedOnTheWay ended -> new ClientEvent.EndedOnTheWay(line, ended.why());
      case ClientEvent.GaveUp _ -> new ClientEvent.GaveUp(line);
      case ClientEvent.Open _,
          ClientEvent.SignedIn _,
          ClientEvent.LoggedOut _,
          ClientEvent.Close _ ->
          event;
    };
  }
}
