package dev.jobradar.mtproto.session;

/**
 * What a client knows of the server's clock. A value: {@link #next} is the only transition
 * function. All times are milliseconds since 1970.
 */
sealed interface ServerTime {
  /** An outer message may be this far ahead (core.telegram.org/mtproto/description). */
  long MAX_AHEAD = 30_000L;

  /** An outer message may be this far behind. */
  long MAX_BEHIND = 300_000L;

  /** The server's time minus ours, in milliseconds. */
  long offset();

  /** The server's time at one of ours. */
  default long at(long now) {
    return now + offset();
  }

  /** Not known: the first message sets it. */
  record Unknown() implements ServerTime {
    @Override
    public long offset() {
      return 0;
    }
  }

  /**
   * Known.
   *
   * @param ignored whether a message was ignored for its time since the clock was last corrected
   */
  record Known(long offset, boolean ignored) implements ServerTime {}

  /** Known before the connection was lost; nothing was received over another one yet. */
  record Doubted(long offset) implements ServerTime {}

  /** What changes it. */
  sealed interface Event {
    /**
     * A message was received.
     *
     * @param sentAt the time in its msg_id
     * @param duplicate whether this msg_id was received before
     */
    record Received(long sentAt, boolean duplicate) implements Event {}

    /** A message was ignored for its time. */
    record Ignored() implements Event {}

    /** The server rejected a message for its time, in a notification sent at {@code sentAt}. */
    record Corrected(long sentAt) implements Event {}

    /** The connection was lost. */
    record Disconnected() implements Event {}
  }

  /** The result of an event. */
  enum Verdict {
    /** The message may be taken. */
    TIMELY,
    /** The message is too far from the server's time. */
    UNTIMELY,
    /** The clock was corrected, and messages were ignored while it was wrong. */
    MISSED,
    /** Nothing else follows. */
    NONE
  }

  /** The next state and what follows from the event. */
  record Step(ServerTime next, Verdict verdict) {}

  /** The state after an event at a time of ours. */
  static Step next(ServerTime time, Event event, long now) {
    return switch (event) {
      case Event.Received received -> received(time, received, now);
      case Event.Ignored() -> new Step(new Known(time.offset(), true), Verdict.NONE);
      case Event.Corrected(long sentAt) -> {
        boolean missed = time instanceof Known(_, boolean ignored) && ignored;
        yield new Step(new Known(sentAt - now, false), missed ? Verdict.MISSED : Verdict.NONE);
      }
      case Event.Disconnected() ->
          new Step(time instanceof Unknown ? time : new Doubted(time.offset()), Verdict.NONE);
    };
  }

  private static Step received(ServerTime time, Event.Received event, long now) {
    long behind = time.at(now) - event.sentAt();
    return switch (time) {
      // The session id is random and new: this message cannot be a replay of an old one.
      case Unknown() -> new Step(new Known(event.sentAt() - now, false), Verdict.TIMELY);
      case Known known -> new Step(known, window(behind));
      case Doubted(long offset) -> {
        if (-behind > MAX_AHEAD && !event.duplicate()) {
          // Our clock stood still, as in a computer that slept. The server accepts what is up to
          // 300 s behind, so it never corrects us: without this we would ignore everything. A
          // replayed message is behind, never ahead.
          yield new Step(new Known(event.sentAt() - now, false), Verdict.TIMELY);
        }
        yield new Step(new Known(offset, false), window(behind));
      }
    };
  }

  private static Verdict window(long behind) {
    return behind <= MAX_BEHIND && -behind <= MAX_AHEAD ? Verdict.TIMELY : Verdict.UNTIMELY;
  }
}
