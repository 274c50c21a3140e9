package dev.jobradar.mtproto.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobradar.mtproto.TransportException;
import dev.jobradar.mtproto.client.LinkState.Down;
import dev.jobradar.mtproto.client.LinkState.Effect;
import dev.jobradar.mtproto.client.LinkState.Ending;
import dev.jobradar.mtproto.client.LinkState.Event;
import dev.jobradar.mtproto.client.LinkState.Open;
import dev.jobradar.mtproto.client.LinkState.Step;
import dev.jobradar.mtproto.client.LinkState.Writing;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@SuppressWarnings("StaticAssignmentOfThrowable") // causes are compared as values here, never thrown
class LinkStateTest {
  private static final long NOW = 1_000_000;
  private static final TransportException WHY = new TransportException("closed", null);
  private static final TransportException OTHER = new TransportException("no pong", null);

  private static Arguments row(LinkState state, Event event, LinkState next, Effect effect) {
    return Arguments.of(state, event, new Step(next, effect));
  }

  /** Every state × event but those that are impossible. */
  static Stream<Arguments> steps() {
    Open open = new Open();
    Writing writing = new Writing(NOW - 29_999);
    Ending ending = new Ending(NOW - 999, WHY);
    Down down = new Down();
    return Stream.of(
        row(down, new Event.Opened(), open, Effect.NONE),
        row(down, new Event.SomethingToSend(), down, Effect.NONE),
        row(down, new Event.PacketTaken(), down, Effect.NONE),
        row(down, new Event.NothingToSend(), down, Effect.NONE),
        row(down, new Event.End(OTHER), down, Effect.NONE),
        row(down, new Event.Beat(), down, Effect.NONE),
        row(down, new Event.Closed(), down, Effect.NONE),
        row(open, new Event.SomethingToSend(), new Writing(NOW), Effect.START_WRITER),
        row(open, new Event.PacketTaken(), open, Effect.NONE),
        row(open, new Event.NothingToSend(), open, Effect.NONE),
        row(open, new Event.End(OTHER), new Ending(NOW, OTHER), Effect.HALF_CLOSE),
        row(open, new Event.Beat(), open, Effect.NONE),
        row(open, new Event.Closed(), down, Effect.NONE),
        row(writing, new Event.SomethingToSend(), writing, Effect.NONE),
        row(writing, new Event.PacketTaken(), new Writing(NOW), Effect.NONE),
        row(writing, new Event.NothingToSend(), open, Effect.NONE),
        row(writing, new Event.End(OTHER), new Ending(NOW, OTHER), Effect.HALF_CLOSE),
        row(writing, new Event.Beat(), writing, Effect.NONE),
        row(writing, new Event.Closed(), down, Effect.NONE),
        // The first reason counts, and a second end does not put the reset off.
        row(ending, new Event.End(OTHER), ending, Effect.NONE),
        row(ending, new Event.SomethingToSend(), ending, Effect.NONE),
        row(ending, new Event.PacketTaken(), ending, Effect.NONE),
        row(ending, new Event.NothingToSend(), ending, Effect.NONE),
        row(ending, new Event.Beat(), ending, Effect.NONE),
        row(ending, new Event.Closed(), down, Effect.NONE),
        row(
            new Ending(NOW - 1_000, WHY),
            new Event.Beat(),
            new Ending(NOW - 1_000, WHY),
            Effect.RESET));
  }

  @ParameterizedTest
  @MethodSource("steps")
  void each_state_has_its_successor(LinkState state, Event event, Step expected) {
    assertThat(LinkState.next(state, event, NOW)).isEqualTo(expected);
  }

  @Test
  void a_packet_that_nobody_takes_for_half_a_minute_ends_the_connection() {
    Step step = LinkState.next(new Writing(NOW - 30_000), new Event.Beat(), NOW);
    assertThat(step.effect()).isEqualTo(Effect.HALF_CLOSE);
    assertThat(step.next())
        .isInstanceOfSatisfying(
            Ending.class,
            ending -> assertThat(ending.reason()).hasMessageContaining("nothing can be sent"));
  }

  @Test
  void there_are_never_two_connections() {
    for (LinkState up : List.of(new Open(), new Writing(NOW), new Ending(NOW, WHY))) {
      assertThatThrownBy(() -> LinkState.next(up, new Event.Opened(), NOW))
          .isInstanceOf(IllegalStateException.class);
    }
  }
}
