package dev.jobradar.telegram.updates;

import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.mtproto.RpcException;
import dev.jobradar.telegram.updates.ChannelState.Behind;
import dev.jobradar.telegram.updates.ChannelState.Filling;
import dev.jobradar.telegram.updates.ChannelState.InStep;
import dev.jobradar.telegram.updates.ChannelState.Stalled;
import dev.jobradar.telegram.updates.ChannelState.Unknown;
import dev.jobradar.telegram.updates.ChannelState.Window;
import dev.jobradar.telegram.updates.GapBuffer.Step;
import dev.jobradar.tl.api.ChannelFull;
import dev.jobradar.tl.api.Dialog;
import dev.jobradar.tl.api.Message;
import dev.jobradar.tl.api.MessageEmpty;
import dev.jobradar.tl.api.TypeMessage;
import dev.jobradar.tl.api.TypeUpdate;
import dev.jobradar.tl.api.UpdateChannelWebPage;
import dev.jobradar.tl.api.UpdateDeleteChannelMessages;
import dev.jobradar.tl.api.UpdateEditChannelMessage;
import dev.jobradar.tl.api.UpdateNewChannelMessage;
import dev.jobradar.tl.api.messages.ChannelMessages;
import dev.jobradar.tl.api.messages.ChatFull;
import dev.jobradar.tl.api.messages.MessagesNotModified;
import dev.jobradar.tl.api.messages.MessagesSlice;
import dev.jobradar.tl.api.messages.TypeMessages;
import dev.jobradar.tl.api.updates.ChannelDifference;
import dev.jobradar.tl.api.updates.ChannelDifferenceEmpty;
import dev.jobradar.tl.api.updates.ChannelDifferenceTooLong;
import dev.jobradar.tl.api.updates.TypeChannelDifference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The pure function that moves a {@link ChannelState}.
 *
 * <p><b>What cannot be read.</b> One message of a kind that the schema does not know spoils the
 * whole answer. A smaller difference is tried, then the history: pages of half the size each time,
 * then ranges of ids down to the one message, which is passed over when an answer without any
 * message can be read.
 *
 * <p><b>What is refused.</b> While the difference fails for good, the history stands in for it, and
 * the difference is tried again at each slow check. When the history fails for good too, pushes are
 * delivered as they come, and what lies between them is told to be passed over.
 */
final class ChannelTransitions {
  /** So many empty pages in a row, and the message that the fill is to end at has been deleted. */
  private static final int EMPTY_PAGES = 4;

  /** So many empty pages in a row, and an open fill is at its end; one may come from a replica. */
  private static final int EMPTY_PAGES_AT_OPEN_END = 2;

  /** So many of the newest messages may be of unknown kinds before the search is given up. */
  private static final int MOST_SKIPPED = 64;

  /** The first range of ids that is asked for. */
  private static final int FIRST_IDS = 8;

  /** A shorter FLOOD_WAIT is no stall. */
  private static final long SHORT_FLOOD_SECONDS = 30;

  /** What a transition means for when to go on. */
  enum Verdict {
    /** It changes nothing. */
    IGNORED,
    /** What was pushed is delivered. */
    APPLIED,
    /** What was pushed cannot be delivered before something else is. */
    KEPT,
    /** Everything up to now is delivered. */
    SETTLED,
    /** Go on at once. */
    ON,
    /** Go on a little later: it is not known to lead further. */
    CAREFULLY,
    /** It failed or led nowhere: the next call after a growing pause. */
    LATER
  }

  /**
   * What follows an event.
   *
   * @param effects posts, positions and what is passed over, in order
   * @param timeout seconds until the next poll as the difference said, null when it did not
   */
  record Transition(
      ChannelState state, List<Effect> effects, Verdict verdict, @Nullable Integer timeout) {
    Transition(ChannelState state, List<Effect> effects, Verdict verdict) {
      this(state, effects, verdict, null);
    }

    Transition(ChannelState state, Verdict verdict) {
      this(state, List.of(), verdict, null);
    }

    Transition with(ChannelState other) {
      return new Transition(other, effects, verdict, timeout);
    }
  }

  private final long id;
  private final List<Effect> effects = new ArrayList<>(1);

  private ChannelTransitions(long id) {
    this.id = id;
  }

  /** What follows an event for the channel with this id. */
  static Transition next(long id, ChannelState state, ChannelEvent event) {
    ChannelTransitions of = new ChannelTransitions(id);
    return switch (event) {
      case ChannelEvent.Pushed(Step step) -> of.pushed(state, step);
      case ChannelEvent.Asked() -> asked(state);
      case ChannelEvent.CheckDue() -> checkDue(state);
      case ChannelEvent.Answered(Object answer) -> of.answered(state, answer);
      case ChannelEvent.Failed failed -> failed(state, failed);
    };
  }

  // --- pushes and time -------------------------------------------------------------------------

  private Transition pushed(ChannelState state, Step step) {
    return switch (state) {
      case InStep(int pts, int last) -> inOrder(state, step);
      case Behind behind -> inOrder(state, step);
      case Unknown unknown -> new Transition(state, Verdict.KEPT);
      case Filling filling -> new Transition(state, Verdict.KEPT);
      case Stalled stalled when stalled.bridges() -> bridged(stalled, step);
      case Stalled stalled -> {
        Transition goal = pushed(stalled.goal(), step);
        yield goal.with(stalled.with(goal.state()));
      }
    };
  }

  private Transition inOrder(ChannelState state, Step step) {
    if (step.from() == state.pts()) {
      return applied(state, step);
    }
    if (step.from() > state.pts()) {
      return new Transition(state, Verdict.KEPT);
    }
    if (newestIn(step) <= state.last()) {
      return new Transition(state, Verdict.IGNORED);
    }
    // A new message, and its pts is not above ours: the server's pts has fallen.
    return step.to() > state.pts() ? asked(state) : startedAgain(state);
  }

  private Transition applied(ChannelState state, Step step) {
    int last = state.last();
    for (TypeUpdate update : step.updates()) {
      if (update instanceof UpdateNewChannelMessage added) {
        last = arrived(added.message(), last, new InStep(step.to(), state.last()));
      } else {
        changed(update, last);
      }
    }
    ChannelState next =
        state instanceof Behind behind
            ? new Behind(step.to(), last, behind.limit())
            : new InStep(step.to(), last);
    return new Transition(next, effects, Verdict.APPLIED);
  }

  /** Neither difference nor history tell what lies before this push. */
  private Transition bridged(Stalled stalled, Step step) {
    int newest = newestIn(step);
    boolean contiguous = stalled.goal() instanceof InStep && step.from() == stalled.pts();
    if (step.to() == 0 || (newest <= stalled.last() && !contiguous)) {
      return new Transition(stalled, Verdict.IGNORED);
    }
    int last = stalled.last();
    if (!contiguous && last != ChannelPosition.UNKNOWN && newest > last + 1) {
      PassedOver lost = new PassedOver(last + 1, newest - 1, stalled.cause(), stalled.error());
      last = newest - 1;
      effects.add(new Effect.MessagesPassedOver(id, lost, new InStep(step.to(), last).position()));
    }
    Transition applied = applied(new InStep(step.from(), Math.max(last, 0)), step);
    return applied.with(stalled.with(applied.state()));
  }

  private static Transition asked(ChannelState state) {
    return switch (state) {
      case InStep(int pts, int last) -> on(new Behind(pts, last, ChannelState.PAGE));
      case Stalled stalled when stalled.goal() instanceof InStep(int pts, int last) ->
          on(
              stalled.with(
                  stalled.difference()
                      ? Filling.insteadOfDifference(pts, last)
                      : new Behind(pts, last, ChannelState.PAGE)));
      case Unknown unknown -> ignored(state);
      case Behind behind -> ignored(state);
      case Filling filling -> ignored(state);
      case Stalled stalled -> ignored(state);
    };
  }

  private static Transition checkDue(ChannelState state) {
    return switch (state) {
      case Stalled stalled ->
          switch (stalled.goal()) {
            case InStep(int pts, int last) ->
                on(stalled.with(new Behind(pts, last, ChannelState.PAGE)));
            // Its pts is from before the fill.
            case Filling filling when filling.instead() ->
                on(stalled.with(new Behind(filling.pts(), filling.last(), ChannelState.PAGE)));
            default -> ignored(state);
          };
      case InStep inStep -> asked(state);
      case Unknown unknown -> ignored(state);
      case Behind behind -> ignored(state);
      case Filling filling -> ignored(state);
    };
  }

  private static Transition ignored(ChannelState state) {
    return new Transition(state, Verdict.IGNORED);
  }

  private static Transition on(ChannelState state) {
    return new Transition(state, Verdict.ON);
  }

  /** From the server's state of now; what was posted in between is in the history. */
  private static Transition startedAgain(ChannelState state) {
    return on(new Unknown(0, state.last(), 0, false));
  }

  // --- answers -----------------------------------------------------------------------------

  private Transition answered(ChannelState state, Object answer) {
    return switch (state) {
      case InStep inStep -> ignored(state);
      case Unknown unknown -> answered(unknown, answer);
      // An answer to something else counts as none.
      case Behind behind ->
          answer instanceof TypeChannelDifference difference
              ? difference(behind, difference)
              : later(behind);
      case Filling filling ->
          answer instanceof TypeMessages read && !(answer instanceof MessagesNotModified)
              ? filled(filling, read)
              : later(filling);
      case Stalled stalled -> answered(stalled, answer);
    };
  }

  /** What failed and is answered now has come to its end. */
  private Transition answered(Stalled stalled, Object answer) {
    Transition goal = answered(stalled.goal(), answer);
    if (goal.state() instanceof Stalled again) {
      return goal.with(merged(stalled, again));
    }
    boolean led = goal.verdict() != Verdict.LATER || goal.state() instanceof Unknown;
    boolean difference = stalled.difference() && !(led && stalled.goal() instanceof Behind);
    boolean readHistory = !(stalled.goal() instanceof Behind);
    // A difference that leads to the end needs no history.
    boolean history =
        stalled.history() && !(led && (readHistory || goal.state() instanceof InStep));
    if (!difference && !history) {
      return goal;
    }
    return goal.with(
        new Stalled(goal.state(), stalled.cause(), stalled.error(), difference, history));
  }

  private Transition answered(Unknown unknown, Object answer) {
    if (unknown.askFull()) {
      if (!(answer instanceof ChatFull(ChannelFull full, var chats, var users))
          || full.pts() <= 0) {
        return later(unknown);
      }
      if (unknown.skip() <= MOST_SKIPPED) {
        return on(new Unknown(full.pts(), unknown.last(), unknown.skip(), false));
      }
      return unknown.last() == ChannelPosition.UNKNOWN
          ? later(unreadable(unknown, "the newest messages"))
          : on(Filling.upTo(ChannelState.OPEN, full.pts(), unknown.last()));
    }
    return answer instanceof TypeMessages history && !(answer instanceof MessagesNotModified)
        ? newest(unknown, history)
        : later(unknown);
  }

  /**
   * The newest message that can be read. That answer tells the channel's pts as well, and both are
   * of one moment: asked for one after the other, a post could be in neither.
   */
  private Transition newest(Unknown unknown, TypeMessages history) {
    int pts = unknown.pts() == 0 ? ptsOf(history) : unknown.pts();
    if (pts == 0) {
      return on(new Unknown(0, unknown.last(), unknown.skip(), true));
    }
    int top = newestOf(messagesOf(history));
    int last = unknown.last() == ChannelPosition.UNKNOWN ? top : unknown.last();
    if (unknown.skip() > 0) {
      return moved(Filling.upTo(ChannelState.OPEN, pts, last), Verdict.ON);
    }
    return top > last
        ? moved(Filling.upTo(top, pts, last), Verdict.ON)
        : moved(new InStep(pts, last), Verdict.SETTLED);
  }

  private Transition difference(Behind behind, TypeChannelDifference difference) {
    return switch (difference) {
      case ChannelDifferenceEmpty empty when empty.pts() < behind.pts() && empty.pts() > 0 ->
          later(new Unknown(0, behind.last(), 0, false));
      case ChannelDifferenceEmpty empty ->
          new Transition(
              new InStep(Math.max(behind.pts(), empty.pts()), behind.last()),
              effects,
              Verdict.SETTLED,
              empty.timeout());
      case ChannelDifference part -> part(behind, part);
      case ChannelDifferenceTooLong tooLong -> tooLong(behind, tooLong);
    };
  }

  private Transition part(Behind behind, ChannelDifference part) {
    List<TypeMessage> all = new ArrayList<>(part.newMessages());
    for (TypeUpdate update : part.otherUpdates()) {
      if (update instanceof UpdateNewChannelMessage added) {
        all.add(added.message());
      } else {
        // Before the posts: the position that comes with these is after the whole part.
        changed(update, behind.last());
      }
    }
    boolean fallen = part.pts() < behind.pts();
    List<TypeMessage> messages = newOnes(all, behind.last());
    int last = behind.last();
    for (int i = 0; i < messages.size(); i++) {
      // Between the messages only their ids tell how far it went.
      int pts = fallen || i < messages.size() - 1 ? behind.pts() : part.pts();
      last = arrived(messages.get(i), last, new InStep(pts, last));
    }
    if (fallen) {
      return later(new Unknown(0, last, 0, false));
    }
    ChannelState next =
        part.final_() ? new InStep(part.pts(), last) : new Behind(part.pts(), last, behind.limit());
    if (part.pts() != behind.pts() && messages.isEmpty()) {
      effects.add(new Effect.ChannelMoved(id, next.position()));
    }
    Verdict verdict =
        part.final_() ? Verdict.SETTLED : part.pts() > behind.pts() ? Verdict.ON : Verdict.LATER;
    return new Transition(next, effects, verdict, part.timeout());
  }

  private Transition tooLong(Behind behind, ChannelDifferenceTooLong tooLong) {
    int pts = 0;
    int top = newestOf(tooLong.messages());
    if (tooLong.dialog() instanceof Dialog dialog) {
      pts = dialog.pts() == null ? 0 : dialog.pts();
      top = Math.max(top, dialog.topMessage());
    }
    if (pts <= 0) {
      return on(new Unknown(0, behind.last(), 0, false));
    }
    if (pts == behind.pts()) {
      return later(behind);
    }
    if (top > behind.last()) {
      return moved(Filling.upTo(top, pts, behind.last()), Verdict.ON);
    }
    InStep next = new InStep(pts, behind.last());
    effects.add(new Effect.ChannelMoved(id, next.position()));
    return new Transition(next, effects, Verdict.SETTLED, tooLong.timeout());
  }

  // --- the history -------------------------------------------------------------------------

  private Transition filled(Filling filling, TypeMessages read) {
    List<TypeMessage> messages = newOnes(messagesOf(read), filling.last());
    return switch (filling.window()) {
      case Window.Probe(String detail) -> passedOver(filling, detail);
      case Window.Page(int limit) ->
          messages.isEmpty()
              ? nothingAbove(filling, ptsOf(read))
              : page(filling, messages, new Window.Page(Math.min(ChannelState.PAGE, limit * 4)));
      case Window.Ids(int count) ->
          messages.isEmpty()
              ? free(filling, count)
              : page(filling, messages, new Window.Page(2 * ChannelState.SMALLEST_PAGE));
    };
  }

  /** Messages above {@code last}, oldest first. */
  private Transition page(Filling filling, List<TypeMessage> messages, Window next) {
    Filling now = filling;
    boolean done = false;
    for (TypeMessage message : messages) {
      int to = idOf(message);
      done |= to >= filling.end();
      ChannelState after = done ? finished(filling, to) : at(filling, to, next);
      arrived(message, now.last(), after);
      now = at(filling, to, next);
    }
    return done
        ? moved(finished(filling, now.last()), Verdict.ON)
        : new Transition(now, effects, Verdict.ON);
  }

  private static Filling at(Filling filling, int last, Window window) {
    return new Filling(
        filling.pts(), last, filling.end(), window, filling.scanned(), 0, filling.instead(), 0);
  }

  private static ChannelState finished(Filling filling, int last) {
    return filling.instead()
        ? new InStep(filling.seenPts() > 0 ? filling.seenPts() : filling.pts(), last)
        : new Behind(filling.pts(), last, ChannelState.PAGE);
  }

  /** An empty page: the end, or a replica that lags, or the message to end at has been deleted. */
  private Transition nothingAbove(Filling filling, int pts) {
    boolean open = filling.end() == ChannelState.OPEN;
    int empties = filling.empties() + 1;
    // What was posted before the first empty page is in the second, if one is not behind: the pts
    // of then, not that of now, is the one that is in step.
    int seen = empties == 1 ? pts : filling.seenPts();
    Filling next =
        new Filling(
            filling.pts(),
            filling.last(),
            filling.end(),
            new Window.Page(ChannelState.PAGE),
            filling.scanned(),
            empties,
            filling.instead(),
            seen);
    if (empties < (open ? EMPTY_PAGES_AT_OPEN_END : EMPTY_PAGES)) {
      return later(next);
    }
    return moved(
        finished(next, open ? filling.last() : filling.end()),
        filling.instead() ? Verdict.SETTLED : Verdict.ON);
  }

  /** No message has one of these ids. */
  private Transition free(Filling filling, int count) {
    int to = ChannelState.lastOf(filling, count);
    if (to >= filling.end()) {
      return moved(finished(filling, filling.end()), Verdict.ON);
    }
    Window next =
        count >= ChannelState.PAGE
            ? new Window.Page(ChannelState.SMALLEST_PAGE)
            : new Window.Ids(Math.min(count * 2, ChannelState.PAGE));
    return new Transition(
        new Filling(
            filling.pts(),
            filling.last(),
            filling.end(),
            next,
            to,
            0,
            filling.instead(),
            filling.seenPts()),
        effects,
        Verdict.CAREFULLY);
  }

  private Transition passedOver(Filling filling, String detail) {
    int lost = filling.from();
    ChannelState next =
        lost >= filling.end()
            ? finished(filling, lost)
            : at(filling, lost, new Window.Page(2 * ChannelState.SMALLEST_PAGE));
    effects.add(
        new Effect.MessagesPassedOver(
            id, new PassedOver(lost, lost, StallCause.UNREADABLE, detail), next.position()));
    return new Transition(next, effects, Verdict.ON);
  }

  // --- failures ----------------------------------------------------------------------------

  private static Transition failed(ChannelState state, ChannelEvent.Failed event) {
    StallCause cause = StallCause.of(event.why());
    return switch (state) {
      case InStep inStep -> ignored(state);
      case Unknown unknown ->
          cause == StallCause.UNREADABLE
              ? newestUnreadable(unknown, event.why())
              : later(historyStalls(event) ? stalled(unknown, event.why(), false) : unknown);
      case Behind behind -> failed(behind, cause, event);
      case Filling filling ->
          cause == StallCause.UNREADABLE
              ? pageUnreadable(filling, event.why())
              : later(historyStalls(event) ? stalled(filling, event.why(), false) : filling);
      case Stalled stalled -> {
        Transition goal = failed(stalled.goal(), event);
        boolean begunAgain = stalled.goal() instanceof Behind && goal.state() instanceof Unknown;
        yield goal.with(
            goal.state() instanceof Stalled again
                ? merged(stalled, again)
                : begunAgain && !stalled.history() ? goal.state() : stalled.with(goal.state()));
      }
    };
  }

  private static Stalled merged(Stalled before, Stalled after) {
    return new Stalled(
        after.goal(),
        after.cause(),
        after.error(),
        before.difference() || after.difference(),
        before.history() || after.history());
  }

  /**
   * A history that is refused is asked again a few times first: then posts are passed over, and
   * that is not taken back.
   */
  private static boolean historyStalls(ChannelEvent.Failed event) {
    return StallCause.of(event.why()) == StallCause.REFUSED
        ? event.lasting()
        : countsAsStall(event);
  }

  private static boolean countsAsStall(ChannelEvent.Failed event) {
    return switch (StallCause.of(event.why())) {
      case REFUSED -> true;
      case FLOOD_WAIT ->
          event.why() instanceof RpcException.FloodWait flood
              && flood.delay().toSeconds() >= SHORT_FLOOD_SECONDS;
      case FAILING -> event.lasting();
      case UNREADABLE -> false;
    };
  }

  private static Transition failed(Behind behind, StallCause cause, ChannelEvent.Failed event) {
    if (event.why() instanceof RpcException rpc
        && (rpc.is("PERSISTENT_TIMESTAMP_INVALID") || rpc.is("PERSISTENT_TIMESTAMP_EMPTY"))) {
      return later(new Unknown(0, behind.last(), 0, false));
    }
    return switch (cause) {
      case UNREADABLE ->
          new Transition(
              behind.limit() > ChannelState.SMALLEST_DIFFERENCE
                  ? new Behind(behind.pts(), behind.last(), ChannelState.SMALLEST_DIFFERENCE)
                  : new Unknown(0, behind.last(), 0, false),
              Verdict.CAREFULLY);
      case FLOOD_WAIT -> later(countsAsStall(event) ? stalled(behind, event.why(), true) : behind);
      case REFUSED, FAILING ->
          later(
              countsAsStall(event)
                  ? stalled(
                      Filling.insteadOfDifference(behind.pts(), behind.last()), event.why(), true)
                  : behind);
    };
  }

  /** The newest message is of an unknown kind: look at the one before it, and so on. */
  private static Transition newestUnreadable(Unknown unknown, MtprotoException why) {
    if (unknown.askFull()) {
      return later(unreadable(unknown, StallCause.nameOf(why)));
    }
    int skip = unknown.skip() == 0 ? 1 : 2 * unknown.skip();
    if (skip <= MOST_SKIPPED) {
      return carefully(new Unknown(unknown.pts(), unknown.last(), skip, false));
    }
    if (unknown.pts() == 0) {
      return carefully(new Unknown(0, unknown.last(), skip, true));
    }
    return unknown.last() == ChannelPosition.UNKNOWN
        ? later(unreadable(unknown, StallCause.nameOf(why)))
        : carefully(Filling.upTo(ChannelState.OPEN, unknown.pts(), unknown.last()));
  }

  private static Transition pageUnreadable(Filling filling, MtprotoException why) {
    return switch (filling.window()) {
      case Window.Page(int limit) ->
          carefully(
              filling.with(
                  limit > ChannelState.SMALLEST_PAGE
                      ? new Window.Page(Math.max(limit / 2, ChannelState.SMALLEST_PAGE))
                      : new Window.Ids(FIRST_IDS)));
      case Window.Ids(int count) ->
          carefully(
              filling.with(
                  ChannelState.lastOf(filling, count) > filling.from()
                      ? new Window.Ids(Math.max(1, count / 2))
                      : new Window.Probe(StallCause.nameOf(why))));
      // Not the message but whatever comes with every answer.
      case Window.Probe probe ->
          later(
              unreadable(filling.with(new Window.Page(ChannelState.PAGE)), StallCause.nameOf(why)));
    };
  }

  private static Transition later(ChannelState state) {
    return new Transition(state, Verdict.LATER);
  }

  private static Transition carefully(ChannelState state) {
    return new Transition(state, Verdict.CAREFULLY);
  }

  private static Stalled unreadable(ChannelState goal, String detail) {
    return new Stalled(goal, StallCause.UNREADABLE, detail, false, true);
  }

  private static Stalled stalled(ChannelState goal, MtprotoException why, boolean difference) {
    return new Stalled(goal, StallCause.of(why), StallCause.nameOf(why), difference, !difference);
  }

  // --- messages ----------------------------------------------------------------------------

  /**
   * Delivers a message if it is new.
   *
   * @param at the state that goes with it, but for its last message
   * @return the id of the last message after it
   */
  private int arrived(TypeMessage message, int last, ChannelState at) {
    int number = idOf(message);
    if (number <= last) {
      return last;
    }
    if (message instanceof Message post) {
      ChannelPosition then = at.position();
      effects.add(
          new Effect.Post(id, post, new ChannelPosition(then.pts(), number, then.fillTo())));
    }
    return number;
  }

  /**
   * Tells of what became of messages up to {@code last}. A later one comes as a new message, as it
   * is by then.
   */
  private void changed(TypeUpdate update, int last) {
    switch (update) {
      case UpdateEditChannelMessage edit when edit.message() instanceof Message post -> {
        if (post.id() <= last) {
          effects.add(new Effect.PostEdited(id, post));
        }
      }
      case UpdateDeleteChannelMessages deleted ->
          effects.add(new Effect.PostsDeleted(id, deleted.messages()));
      case UpdateChannelWebPage preview ->
          effects.add(new Effect.PreviewReady(id, preview.webpage()));
      default -> {}
    }
  }

  private Transition moved(ChannelState state, Verdict verdict) {
    effects.add(new Effect.ChannelMoved(id, state.position()));
    return new Transition(state, effects, verdict);
  }

  private static int newestIn(Step step) {
    int newest = 0;
    for (TypeUpdate update : step.updates()) {
      if (update instanceof UpdateNewChannelMessage added) {
        newest = Math.max(newest, idOf(added.message()));
      }
    }
    return newest;
  }

  private static int idOf(TypeMessage message) {
    return UpdateSequence.idOf(message);
  }

  /** Those above {@code last} that exist, in ascending order. */
  private static List<TypeMessage> newOnes(List<TypeMessage> messages, int last) {
    return messages.stream()
        .filter(message -> idOf(message) > last && !(message instanceof MessageEmpty))
        .sorted(Comparator.comparingInt(UpdateSequence::idOf))
        .toList();
  }

  private static int newestOf(List<TypeMessage> messages) {
    return Math.max(0, messages.stream().mapToInt(UpdateSequence::idOf).max().orElse(0));
  }

  private static int ptsOf(TypeMessages history) {
    return history instanceof ChannelMessages channel ? Math.max(channel.pts(), 0) : 0;
  }

  private static List<TypeMessage> messagesOf(TypeMessages history) {
    return switch (history) {
      case ChannelMessages some -> some.messages();
      case MessagesSlice some -> some.messages();
      case dev.jobradar.tl.api.messages.Messages some -> some.messages();
      case MessagesNotModified nothing -> List.of();
    };
  }
}
