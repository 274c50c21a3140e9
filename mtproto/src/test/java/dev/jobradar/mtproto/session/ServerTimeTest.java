package dev.jobradar.mtproto.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.mtproto.session.ServerTime.Doubted;
import dev.jobradar.mtproto.session.ServerTime.Event;
import dev.jobradar.mtproto.session.ServerTime.Known;
import dev.jobradar.mtproto.session.ServerTime.Step;
import dev.jobradar.mtproto.session.ServerTime.Unknown;
import dev.jobradar.mtproto.session.ServerTime.Verdict;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ServerTimeTest {
  private static final long NOW = 1_780_000_000_000L;

  private static Arguments row(ServerTime time, Event event, ServerTime next, Verdict verdict) {
    return Arguments.of(time, event, new Step(next, verdict));
  }

  /** A message sent so long after our own time. */
  private static Event received(long after) {
    return new Event.Received(NOW + after, false);
  }

  private static Event duplicate(long after) {
    return new Event.Received(NOW + after, true);
  }

  /** Every state × event, and the edges of the window. */
  static Stream<Arguments> steps() {
    return Stream.of(
        row(new Unknown(), received(7_200_000), new Known(7_200_000, false), Verdict.TIMELY),
        row(new Unknown(), received(-7_200_000), new Known(-7_200_000, false), Verdict.TIMELY),
        row(new Unknown(), new Event.Ignored(), new Known(0, true), Verdict.NONE),
        row(new Unknown(), new Event.Corrected(NOW + 5), new Known(5, false), Verdict.NONE),
        row(new Unknown(), new Event.Disconnected(), new Unknown(), Verdict.NONE),
        row(new Known(100, false), received(30_100), new Known(100, false), Verdict.TIMELY),
        row(new Known(100, false), received(30_101), new Known(100, false), Verdict.UNTIMELY),
        row(new Known(100, true), received(-299_900), new Known(100, true), Verdict.TIMELY),
        row(new Known(100, true), received(-299_901), new Known(100, true), Verdict.UNTIMELY),
        row(new Known(100, false), new Event.Ignored(), new Known(100, true), Verdict.NONE),
        row(new Known(100, false), new Event.Corrected(NOW + 9), new Known(9, false), Verdict.NONE),
        row(
            new Known(100, true),
            new Event.Corrected(NOW + 9),
            new Known(9, false),
            Verdict.MISSED),
        row(new Known(100, true), new Event.Disconnected(), new Doubted(100), Verdict.NONE),
        row(new Doubted(100), received(30_100), new Known(100, false), Verdict.TIMELY),
        row(new Doubted(100), received(30_101), new Known(30_101, false), Verdict.TIMELY),
        row(new Doubted(100), duplicate(30_101), new Known(100, false), Verdict.UNTIMELY),
        row(new Doubted(100), received(-299_901), new Known(100, false), Verdict.UNTIMELY),
        row(new Doubted(100), new Event.Ignored(), new Known(100, true), Verdict.NONE),
        row(new Doubted(100), new Event.Corrected(NOW + 9), new Known(9, false), Verdict.NONE),
        row(new Doubted(100), new Event.Disconnected(), new Doubted(100), Verdict.NONE));
  }

  @ParameterizedTest
  @MethodSource("steps")
  void each_state_has_its_successor(ServerTime time, Event event, Step expected) {
    assertThat(ServerTime.next(time, event, NOW)).isEqualTo(expected);
  }
}
