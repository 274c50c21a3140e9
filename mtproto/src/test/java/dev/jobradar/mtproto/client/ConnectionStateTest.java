package dev.jobradar.mtproto.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobradar.mtproto.ProtocolException;
import dev.jobradar.mtproto.RpcException;
import dev.jobradar.mtproto.TransportException;
import dev.jobradar.mtproto.client.ConnectionState.Closed;
import dev.jobradar.mtproto.client.ConnectionState.Dialing;
import dev.jobradar.mtproto.client.ConnectionState.Event;
import dev.jobradar.mtproto.client.ConnectionState.ExchangingKeys;
import dev.jobradar.mtproto.client.ConnectionState.Idle;
import dev.jobradar.mtproto.client.ConnectionState.Initializing;
import dev.jobradar.mtproto.client.ConnectionState.Ready;
import dev.jobradar.mtproto.client.ConnectionState.WaitingToRetry;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@SuppressWarnings("StaticAssignmentOfThrowable") // causes are compared as values here, never thrown
class ConnectionStateTest {
  private static final long NOW = 1_000_000;
  private static final Backoff BACKOFF =
      new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(8), Duration.ofSeconds(5));

  private static final TransportException NETWORK = new TransportException("reset", null);
  private static final TransportException UNKNOWN_KEY = TransportException.ofCode(404);
  private static final TransportException FLOOD = TransportException.ofCode(429);
  private static final TransportException WRONG_DC = TransportException.ofCode(444);
  private static final RpcException HOLD_ON =
      RpcException.of(420, "FLOOD_WAIT_600", "users.getUsers");
  private static final RpcException SOON = RpcException.of(420, "FLOOD_WAIT_1", "users.getUsers");
  private static final ProtocolException BROKEN = new ProtocolException("msg_key");

  private static ConnectionState next(ConnectionState state, Event event) {
    return ConnectionState.next(state, event, NOW, BACKOFF, 1);
  }

  private static Arguments row(ConnectionState state, Event event, ConnectionState expected) {
    return Arguments.of(state, event, expected);
  }

  private static WaitingToRetry retry(
      int attempt, boolean doubted, long wait, dev.jobradar.mtproto.MtprotoException cause) {
    return new WaitingToRetry(attempt, doubted, NOW + wait, cause);
  }

  /** Every state × event that can happen. */
  static Stream<Arguments> transitions() {
    return Stream.of(
        row(new Idle(), new Event.Open(), new Dialing(0, false)),
        row(new Dialing(2, true), new Event.Dialed(true), new Initializing(2, true)),
        row(new Dialing(2, false), new Event.Dialed(false), new ExchangingKeys(2)),
        row(new ExchangingKeys(1), new Event.KeyMade(), new Initializing(1, false)),
        row(new Initializing(3, true), new Event.Initialized(), new Ready(3, NOW)),
        row(retry(4, true, 0, NETWORK), new Event.RetryDue(), new Dialing(4, true)),
        // A failure waits, longer each time.
        row(new Dialing(0, false), new Event.Lost(NETWORK), retry(1, false, 1000, NETWORK)),
        row(new Dialing(1, true), new Event.Lost(NETWORK), retry(2, true, 2000, NETWORK)),
        row(new Dialing(9, false), new Event.Lost(NETWORK), retry(10, false, 8000, NETWORK)),
        row(new ExchangingKeys(0), new Event.Lost(BROKEN), retry(1, false, 1000, BROKEN)),
        row(new ExchangingKeys(0), new Event.Lost(FLOOD), retry(1, false, 11_000, FLOOD)),
        row(new Initializing(1, false), new Event.Lost(NETWORK), retry(2, false, 2000, NETWORK)),
        // Telegram's own time to wait counts, when it is the longer one.
        row(new Initializing(1, false), new Event.Lost(HOLD_ON), retry(2, false, 600_000, HOLD_ON)),
        row(new Initializing(9, false), new Event.Lost(SOON), retry(10, false, 8000, SOON)),
        // Eight seconds in Ready, the longest wait, reset the count of failures; less does not.
        row(new Ready(0, NOW), new Event.Lost(NETWORK), retry(1, false, 1000, NETWORK)),
        row(new Ready(3, NOW), new Event.Lost(NETWORK), retry(4, false, 8000, NETWORK)),
        row(new Ready(2, NOW - 7999), new Event.Lost(NETWORK), retry(3, false, 4000, NETWORK)),
        row(new Ready(2, NOW - 8000), new Event.Lost(NETWORK), retry(1, false, 1000, NETWORK)),
        row(new Ready(3, 5), new Event.Lost(NETWORK), retry(1, false, 1000, NETWORK)),
        row(new Ready(3, 5), new Event.Lost(BROKEN), retry(1, false, 1000, BROKEN)),
        row(new Ready(3, 5), new Event.Lost(FLOOD), retry(1, false, 11_000, FLOOD)),
        // -404 on a known key: once more, then never again.
        row(new Ready(3, 5), new Event.Lost(UNKNOWN_KEY), retry(1, true, 1000, UNKNOWN_KEY)),
        row(
            new Initializing(0, false),
            new Event.Lost(UNKNOWN_KEY),
            retry(1, true, 1000, UNKNOWN_KEY)),
        row(new Initializing(1, true), new Event.Lost(UNKNOWN_KEY), new Closed(UNKNOWN_KEY)),
        row(new Initializing(1, true), new Event.Lost(NETWORK), retry(2, true, 2000, NETWORK)),
        // While a key is made there is none to deny.
        row(new ExchangingKeys(0), new Event.Lost(UNKNOWN_KEY), retry(1, false, 1000, UNKNOWN_KEY)),
        // -444 is for good.
        row(new ExchangingKeys(0), new Event.Lost(WRONG_DC), new Closed(WRONG_DC)),
        row(new Initializing(0, false), new Event.Lost(WRONG_DC), new Closed(WRONG_DC)),
        row(new Ready(3, 5), new Event.Lost(WRONG_DC), new Closed(WRONG_DC)));
  }

  private static final List<ConnectionState> STATES =
      List.of(
          new Idle(),
          new Dialing(0, false),
          new ExchangingKeys(0),
          new Initializing(0, false),
          new Ready(3, 5),
          retry(1, false, 0, NETWORK),
          new Closed(null));

  private static final List<Event> EVENTS =
      List.of(
          new Event.Open(),
          new Event.Dialed(true),
          new Event.KeyMade(),
          new Event.Initialized(),
          new Event.Lost(NETWORK),
          new Event.RetryDue(),
          new Event.Failed(NETWORK),
          new Event.Close());

  @ParameterizedTest
  @MethodSource("transitions")
  void each_state_has_its_successor(ConnectionState state, Event event, ConnectionState expected) {
    assertThat(next(state, event)).isEqualTo(expected);
  }

  @Test
  void every_pair_that_is_not_in_the_table_is_impossible_or_closes() {
    for (ConnectionState state : STATES) {
      for (Event event : EVENTS) {
        if (state instanceof Closed) {
          assertThat(next(state, event)).isEqualTo(state);
        } else if (event instanceof Event.Close) {
          assertThat(next(state, event)).isEqualTo(new Closed(null));
        } else if (event instanceof Event.Failed(var cause)) {
          assertThat(next(state, event)).isEqualTo(new Closed(cause));
        } else if (!inTable(state, event)) {
          assertThatThrownBy(() -> next(state, event))
              .as("%s × %s", state, event)
              .isInstanceOf(IllegalStateException.class);
        }
      }
    }
  }

  private static boolean inTable(ConnectionState state, Event event) {
    return transitions()
        .anyMatch(row ->
            row.get()[0].getClass() == state.getClass()
                && row.get()[1].getClass() == event.getClass());
  }

  @Test
  void the_wait_is_between_a_half_and_the_whole() {
    assertThat(BACKOFF.delay(0, false, 0)).isEqualTo(Duration.ofMillis(500));
    assertThat(BACKOFF.delay(0, false, 1)).isEqualTo(Duration.ofSeconds(1));
    assertThat(BACKOFF.delay(1_000_000, false, 0)).isEqualTo(Duration.ofSeconds(4));
  }
}
