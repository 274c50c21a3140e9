package dev.jobradar.mtproto.client;

import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.mtproto.TransportException;
import java.time.Duration;

/**
 * The TCP connection below an {@link MtprotoConnection}: whether there is one, whether it is being
 * written to, and how it ends. A value: {@link #next} is the only transition function. Times are
 * milliseconds.
 */
sealed interface LinkState {
  /** How long a half-closed connection may stay open before it is reset. */
  Duration FINISH = Duration.ofSeconds(1);

  /** A packet that the kernel does not take for this long means that the connection is dead. */
  Duration STUCK = Duration.ofSeconds(30);

  /** There is no TCP connection. */
  record Down() implements LinkState {}

  /** Open, and nothing is being written. */
  record Open() implements LinkState {}

  /**
   * Open, and a thread writes.
   *
   * @param since when it took its last packet
   */
  record Writing(long since) implements LinkState {}

  /**
   * Half-closed by us: the reader comes to an end and closes.
   *
   * @param reason why we ended it
   */
  record Ending(long since, MtprotoException reason) implements LinkState {}

  /** What happens to it. */
  sealed interface Event {
    /** It is open. */
    record Opened() implements Event {}

    /** Something waits to be sent. */
    record SomethingToSend() implements Event {}

    /** The writer took a packet. */
    record PacketTaken() implements Event {}

    /** The writer found nothing to send. */
    record NothingToSend() implements Event {}

    /** It is to be ended. */
    record End(MtprotoException reason) implements Event {}

    /** About a second has passed. */
    record Beat() implements Event {}

    /** The socket is closed. */
    record Closed() implements Event {}
  }

  /** What is to be done after an event. None of it blocks. */
  enum Effect {
    /** Nothing. */
    NONE,
    /** Start a thread that writes. */
    START_WRITER,
    /** Half-close: the reader then comes to an end. */
    HALF_CLOSE,
    /** Reset: the other side did not close in time. */
    RESET
  }

  /** The next state and what is to be done. */
  record Step(LinkState next, Effect effect) {}

  /**
   * The state after an event.
   *
   * @throws IllegalStateException when a connection is opened while there is one
   */
  static Step next(LinkState state, Event event, long now) {
    return switch (event) {
      case Event.Opened() -> {
        if (state instanceof Down) {
          yield new Step(new Open(), Effect.NONE);
        }
        throw new IllegalStateException("a second TCP connection while the link is " + state);
      }
      case Event.Closed() -> new Step(new Down(), Effect.NONE);
      case Event.SomethingToSend() ->
          state instanceof Open ? new Step(new Writing(now), Effect.START_WRITER) : stay(state);
      case Event.PacketTaken() ->
          state instanceof Writing ? new Step(new Writing(now), Effect.NONE) : stay(state);
      case Event.NothingToSend() ->
          state instanceof Writing ? new Step(new Open(), Effect.NONE) : stay(state);
      case Event.End(MtprotoException reason) -> end(state, reason, now);
      case Event.Beat() -> beat(state, now);
    };
  }

  private static Step end(LinkState state, MtprotoException reason, long now) {
    return switch (state) {
      case Open open -> new Step(new Ending(now, reason), Effect.HALF_CLOSE);
      case Writing writing -> new Step(new Ending(now, reason), Effect.HALF_CLOSE);
      case Ending ending -> stay(ending);
      case Down down -> stay(down);
    };
  }

  private static Step beat(LinkState state, long now) {
    return switch (state) {
      case Writing(long since) when now - since >= STUCK.toMillis() ->
          end(
              state,
              new TransportException("the connection is dead: nothing can be sent", null),
              now);
      case Ending(long since, MtprotoException reason) when now - since >= FINISH.toMillis() ->
          new Step(state, Effect.RESET);
      case Writing writing -> stay(writing);
      case Ending ending -> stay(ending);
      case Open open -> stay(open);
      case Down down -> stay(down);
    };
  }

  private static Step stay(LinkState state) {
    return new Step(state, Effect.NONE);
  }
}
