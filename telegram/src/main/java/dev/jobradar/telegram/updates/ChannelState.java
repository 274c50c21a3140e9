package dev.jobradar.telegram.updates;

import dev.jobradar.tl.TlMethod;
import dev.jobradar.tl.api.ChannelMessagesFilterEmpty;
import dev.jobradar.tl.api.InputChannel;
import dev.jobradar.tl.api.InputMessageID;
import dev.jobradar.tl.api.InputPeerChannel;
import dev.jobradar.tl.api.TypeInputMessage;
import dev.jobradar.tl.api.method.Channels;
import dev.jobradar.tl.api.method.Messages;
import dev.jobradar.tl.api.method.Updates;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a watched channel is known, and what is to be asked for next. A value: {@link
 * ChannelTransitions#next} is the only way from one to another.
 *
 * <p><b>Two guards.</b> {@code pts} tells whether something is missing; {@code last}, the id of the
 * last message, tells whether a post was delivered before. A channel's message gets its id and its
 * {@code pts} in one step, so ids ascend with {@code pts} (a scheduled message gets its id when it
 * is published; an edit is another kind of update). Therefore a new message whose id is not above
 * {@code last} has been delivered already, by another way, and one above {@code last} has not, even
 * if its {@code pts} says so: then the server's {@code pts} has fallen.
 */
sealed interface ChannelState {
  /** "Limit 10-100 for channels" (api/updates#recovering-gaps); a page of history holds as much. */
  int PAGE = 100;

  /** The smallest difference that may be asked for. */
  int SMALLEST_DIFFERENCE = 10;

  /**
   * The smallest page of a history: of so many results at least four lie above the offset, whatever
   * an offset counts (api/offsets).
   */
  int SMALLEST_PAGE = 6;

  /** The end of a fill that goes on until nothing more comes. */
  int OPEN = Integer.MAX_VALUE;

  /** An id that no message has, to see whether an answer without messages can be read. */
  int NO_MESSAGE = Integer.MAX_VALUE;

  /** The state of the message box, 0 while that is not known. */
  int pts();

  /** The id of the last message that was delivered or passed over. */
  int last();

  /** What is stored for it. */
  ChannelPosition position();

  /**
   * The {@code pts} or the newest message is not known.
   *
   * @param last {@link ChannelPosition#UNKNOWN} to begin with the posts to come
   * @param skip how many of the newest messages cannot be read
   * @param askFull whether the channel's full information is asked for the {@code pts}
   */
  record Unknown(int pts, int last, int skip, boolean askFull) implements ChannelState {
    @Override
    public ChannelPosition position() {
      return new ChannelPosition(pts, last, ChannelPosition.UNKNOWN);
    }
  }

  /** Everything is delivered, as far as is known. */
  record InStep(int pts, int last) implements ChannelState {
    @Override
    public ChannelPosition position() {
      return new ChannelPosition(pts, last, 0);
    }
  }

  /** The difference is to be asked for. */
  record Behind(int pts, int last, int limit) implements ChannelState {
    @Override
    public ChannelPosition position() {
      return new ChannelPosition(pts, last, 0);
    }
  }

  /**
   * The posts above {@code last} are read from the history.
   *
   * @param end up to this id, {@link #OPEN} until nothing more comes
   * @param window how much is asked for
   * @param scanned ids above {@code last} up to this one hold no message
   * @param empties how many empty pages came in a row
   * @param instead whether the history stands in for a difference that fails: {@code pts} is then
   *     the one from before the fill
   * @param seenPts the {@code pts} that the first empty page told, 0 for none
   */
  record Filling(
      int pts,
      int last,
      int end,
      Window window,
      int scanned,
      int empties,
      boolean instead,
      int seenPts)
      implements ChannelState {
    static Filling upTo(int end, int pts, int last) {
      return new Filling(pts, last, end, new Window.Page(PAGE), 0, 0, false, 0);
    }

    static Filling insteadOfDifference(int pts, int last) {
      return new Filling(pts, last, OPEN, new Window.Page(PAGE), 0, 0, true, 0);
    }

    @Override
    public ChannelPosition position() {
      return new ChannelPosition(pts, last, end == OPEN ? ChannelPosition.UNKNOWN : end);
    }

    Filling with(Window next) {
      return new Filling(pts, last, end, next, scanned, empties, instead, seenPts);
    }

    /** The first id that is not known to be free. */
    int from() {
      return Math.max(last, scanned) + 1;
    }
  }

  /**
   * It should deliver and does not: what it does fails.
   *
   * @param goal what it goes on trying; never itself stalled
   * @param error Telegram's name for the error, or what is wrong in short
   * @param difference whether the difference fails
   * @param history whether reading the history fails
   */
  record Stalled(
      ChannelState goal, StallCause cause, String error, boolean difference, boolean history)
      implements ChannelState {
    @Override
    public int pts() {
      return goal.pts();
    }

    @Override
    public int last() {
      return goal.last();
    }

    @Override
    public ChannelPosition position() {
      return goal.position();
    }

    /**
     * Whether pushes are delivered although something is missing before them: there is no hope for
     * that.
     */
    boolean bridges() {
      return history && (cause == StallCause.REFUSED || cause == StallCause.UNREADABLE);
    }

    Stalled with(ChannelState next) {
      return new Stalled(next, cause, error, difference, history);
    }
  }

  /** How much of a history is asked for at a time; less when an answer could not be read. */
  sealed interface Window {
    /** So many of the oldest messages above {@code last}. */
    record Page(int limit) implements Window {}

    /** The messages with the next so many ids, whether they exist or not. */
    record Ids(int count) implements Window {}

    /**
     * No message at all: whether it is the message with the next id that cannot be read, or every
     * answer.
     *
     * @param detail what was wrong with that message
     */
    record Probe(String detail) implements Window {}
  }

  /** Where a watch begins. */
  static ChannelState of(ChannelPosition from, boolean behind) {
    if (from.pts() == 0 || from.fillTo() == ChannelPosition.UNKNOWN) {
      return new Unknown(from.pts(), from.lastMessageId(), 0, false);
    }
    if (from.fillTo() != 0) {
      return Filling.upTo(from.fillTo(), from.pts(), from.lastMessageId());
    }
    return behind
        ? new Behind(from.pts(), from.lastMessageId(), PAGE)
        : new InStep(from.pts(), from.lastMessageId());
  }

  /** The call that brings it on, null when there is nothing to ask for. */
  default @Nullable TlMethod<?> call(long id, long accessHash) {
    InputChannel channel = new InputChannel(id, accessHash);
    return switch (this) {
      case InStep inStep -> null;
      case Stalled stalled -> stalled.goal().call(id, accessHash);
      case Unknown unknown when unknown.askFull() -> new Channels.GetFullChannel(channel);
      case Unknown unknown -> history(id, accessHash, 0, unknown.skip(), 1, 0);
      case Behind behind ->
          Updates.GetChannelDifference.builder()
              .channel(channel)
              .filter(new ChannelMessagesFilterEmpty())
              .pts(behind.pts())
              .limit(behind.limit())
              .build();
      case Filling filling ->
          switch (filling.window()) {
            // The oldest messages above `last`: the slice of `limit` results that reaches one below
            // where the offset of `last` is counted to, whether that counts `last` itself or not
            // (api/offsets); min_id then takes off what is not above it. An offset_id of 0 would
            // mean the newest.
            case Window.Page(int limit) ->
                history(
                    id, accessHash, Math.max(filling.last(), 1), 1 - limit, limit, filling.last());
            case Window.Ids(int count) -> messages(channel, filling.from(), lastOf(filling, count));
            case Window.Probe probe -> messages(channel, NO_MESSAGE, NO_MESSAGE);
          };
    };
  }

  /** Whether {@link #call} gives a call. */
  default boolean wantsCall() {
    return switch (this) {
      case InStep inStep -> false;
      case Stalled stalled -> stalled.goal().wantsCall();
      case Unknown unknown -> true;
      case Behind behind -> true;
      case Filling filling -> true;
    };
  }

  /** The last id of a window: never beyond the end of the fill. */
  static int lastOf(Filling filling, int count) {
    return (int) Math.min((long) filling.from() + count - 1, filling.end());
  }

  private static Messages.GetHistory history(
      long id, long accessHash, int offsetId, int addOffset, int limit, int minId) {
    return new Messages.GetHistory(
        new InputPeerChannel(id, accessHash), offsetId, 0, addOffset, limit, 0, minId, 0);
  }

  private static Channels.GetMessages messages(InputChannel channel, int from, int to) {
    List<TypeInputMessage> ids = new ArrayList<>(to - from + 1);
    for (long id = from; id <= to; id++) {
      ids.add(new InputMessageID((int) id));
    }
    return new Channels.GetMessages(channel, ids);
  }
}
