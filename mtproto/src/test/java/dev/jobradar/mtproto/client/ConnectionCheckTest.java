package dev.jobradar.mtproto.client;

import static dev.jobradar.mtproto.client.ConnectionCheck.HANDSHAKE_TIMED_OUT;
import static dev.jobradar.mtproto.client.ConnectionCheck.NO_PONG;
import static dev.jobradar.mtproto.client.ConnectionCheck.QUIET;
import static dev.jobradar.mtproto.client.ConnectionCheck.TO_SEND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.mtproto.TransportException;
import dev.jobradar.mtproto.session.ClientSession.Health;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConnectionCheckTest {
  private static final Duration HANDSHAKE = Duration.ofSeconds(10);
  private static final long IN_TIME = 9_999;
  private static final long LATE = 10_000;

  private static final ConnectionState MAKING_KEY = new ConnectionState.ExchangingKeys(0);
  private static final ConnectionState INITIALIZING = new ConnectionState.Initializing(0, false);

  /** The handshake is over, or has not begun. */
  private static final List<ConnectionState> OTHERS =
      List.of(
          new ConnectionState.Idle(),
          new ConnectionState.Dialing(0, false),
          new ConnectionState.Ready(0, 0),
          new ConnectionState.WaitingToRetry(1, false, 0, new TransportException("reset", null)),
          new ConnectionState.Closed(null));

  /** State, time in it, the session's health, what is found, whether the session was asked. */
  static Stream<Arguments> table() {
    Stream<Arguments> handshake =
        Stream.of(
            Arguments.of(MAKING_KEY, IN_TIME, Health.QUIET, QUIET, false),
            Arguments.of(MAKING_KEY, IN_TIME, Health.TO_SEND, QUIET, false),
            Arguments.of(MAKING_KEY, IN_TIME, Health.DEAD, QUIET, false),
            Arguments.of(MAKING_KEY, LATE, Health.QUIET, HANDSHAKE_TIMED_OUT, false),
            Arguments.of(INITIALIZING, IN_TIME, Health.QUIET, QUIET, true),
            Arguments.of(INITIALIZING, IN_TIME, Health.TO_SEND, TO_SEND, true),
            Arguments.of(INITIALIZING, IN_TIME, Health.DEAD, NO_PONG, true),
            Arguments.of(INITIALIZING, LATE, Health.QUIET, HANDSHAKE_TIMED_OUT, false),
            Arguments.of(INITIALIZING, LATE, Health.DEAD, HANDSHAKE_TIMED_OUT, false));
    Stream<Arguments> others =
        OTHERS.stream()
            .flatMap(state ->
                Stream.of(
                    Arguments.of(state, LATE, Health.QUIET, QUIET, true),
                    Arguments.of(state, LATE, Health.TO_SEND, TO_SEND, true),
                    Arguments.of(state, LATE, Health.DEAD, NO_PONG, true)));
    return Stream.concat(handshake, others);
  }

  @ParameterizedTest
  @MethodSource("table")
  void the_handshake_is_checked_before_the_session(
      ConnectionState state,
      long millisInState,
      Health session,
      ConnectionCheck expected,
      boolean asked) {
    AtomicInteger checks = new AtomicInteger();

    ConnectionCheck found =
        ConnectionCheck.of(
            state,
            millisInState,
            HANDSHAKE,
            () -> {
              checks.incrementAndGet();
              return session;
            });

    assertThat(found).isEqualTo(expected);
    assertThat(checks).hasValue(asked ? 1 : 0);
  }
}
