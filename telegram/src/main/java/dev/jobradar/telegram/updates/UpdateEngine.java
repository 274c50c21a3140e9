package dev.jobradar.telegram.updates;

import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.telegram.updates.Effect.EndReason;
import dev.jobradar.telegram.updates.GapBuffer.Capacity;
import dev.jobradar.telegram.updates.GapBuffer.Counter;
import dev.jobradar.telegram.updates.GapBuffer.Step;
import dev.jobradar.tl.TlMethod;
import dev.jobradar.tl.api.TypeChat;
import dev.jobradar.tl.api.TypeUpdate;
import dev.jobradar.tl.api.TypeUpdates;
import dev.jobradar.tl.api.UpdateShort;
import dev.jobradar.tl.api.UpdateShortChatMessage;
import dev.jobradar.tl.api.UpdateShortMessage;
import dev.jobradar.tl.api.UpdateShortSentMessage;
import dev.jobradar.tl.api.Updates;
import dev.jobradar.tl.api.UpdatesCombined;
import dev.jobradar.tl.api.UpdatesTooLong;
import dev.jobradar.tl.api.messages.ChannelMessages;
import dev.jobradar.tl.api.messages.ChatFull;
import dev.jobradar.tl.api.messages.ChatInviteJoinResultOk;
import dev.jobradar.tl.api.messages.InvitedUsers;
import dev.jobradar.tl.api.payments.PaymentResult;
import dev.jobradar.tl.api.updates.ChannelDifference;
import dev.jobradar.tl.api.updates.ChannelDifferenceTooLong;
import dev.jobradar.tl.api.updates.Difference;
import dev.jobradar.tl.api.updates.DifferenceSlice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts the updates of one account in order (core.telegram.org/api/updates): what came is handed in,
 * what is to be done is taken out with {@link #takeEffects}.
 *
 * <p>It has no I/O, thread or clock. The package's description says how it is driven.
 *
 * <p><b>The promise.</b> Each new post of a watched channel is delivered exactly once and in
 * ascending order of message ids, whatever is lost, doubled, reordered or too long, over any number
 * of restarts, if whoever handles a post stores the position that comes with it in the same
 * transaction. A post that was deleted before it could be delivered is not. Edits are not new
 * posts: they and deletions are told of as they come, or with a difference; those within a gap that
 * only the history can fill are not.
 *
 * <p>Not thread-safe. All times are milliseconds of one clock that never runs backwards.
 */
public final class UpdateEngine {
  private final long self;

  /**
   * Whether the account's first difference tells what happened in channels since their positions.
   */
  private final boolean resumed;

  private final Capacity capacity = new Capacity();
  private final EffectBuffer out = new EffectBuffer();
  private final WatchedChannels channels;
  private final CommonBox common;

  private boolean started;
  private boolean online;
  private int lastNumber;

  /**
   * An engine that requests nothing until {@link #connected}.
   *
   * @param self the account's user id
   * @param from where the account stood, null to begin with what is new from now on
   */
  public UpdateEngine(long self, @Nullable CommonPosition from, long now) {
    this.self = self;
    this.resumed = from != null;
    this.channels = new WatchedChannels(capacity, out);
    this.common = new CommonBox(from, now, capacity, channels, out);
  }

  // --- what there is to do -----------------------------------------------------------------

  /** Takes the effects since the last call, to be run in this order. */
  public List<Effect> takeEffects() {
    return out.take();
  }

  /** When {@link #tick} is to be called if nothing else comes before; Long.MAX_VALUE for never. */
  public long nextWakeUp() {
    return online ? Math.min(common.dueAt(), channels.dueAt()) : ChannelBox.NEVER;
  }

  // --- channels ----------------------------------------------------------------------------

  /**
   * Watches a channel: its new posts are delivered from now on.
   *
   * <p>Before the first {@link #connected} this resumes watching: the engine's common position must
   * be one that was handed out while the channel was watched, by this engine's predecessor.
   * Telegram is then asked once what happened in all channels together. Later, and when there was
   * no common position, each channel is asked: when in doubt, watch later.
   *
   * @param accessHash as this account was told it
   * @param joined whether the account is a member
   * @param from where it stood, or one of {@link ChannelPosition#NEWEST} and {@link
   *     ChannelPosition#after}
   * @return how the posts come
   * @throws TooManyPolledException when the account has not joined it and ten such channels are
   *     watched already
   * @throws IllegalStateException when the channel is watched already
   */
  public UpdateMode watch(
      long channelId, long accessHash, boolean joined, ChannelPosition from, long now) {
    ChannelBox box = new ChannelBox(channelId, accessHash, joined, from, resumed && !started, now);
    channels.add(box);
    settle(now);
    return box.updateMode();
  }

  /** Stops watching a channel; does nothing if it is not watched. */
  public void unwatch(long channelId, long now) {
    channels.remove(channelId);
    settle(now);
  }

  /** How the posts of a channel come, empty if it is not watched. */
  public Optional<UpdateMode> updateMode(long channelId) {
    return Optional.ofNullable(channels.get(channelId)).map(ChannelBox::updateMode);
  }

  /** The channels that are watched, in ascending order. */
  public List<Long> watched() {
    return channels.ids();
  }

  /** Where a channel stands after all effects so far, empty if it is not watched. */
  public Optional<ChannelPosition> position(long channelId) {
    return Optional.ofNullable(channels.get(channelId)).map(ChannelBox::position);
  }

  /** Where the account stands after all effects so far, empty while that is not known. */
  public Optional<CommonPosition> position() {
    return Optional.ofNullable(common.position());
  }

  // --- the connection ----------------------------------------------------------------------

  /**
   * Calls travel, for the first time or again. The difference is asked for each time: it repairs
   * what was lost with the connection, and a call is what makes Telegram push to the new one.
   */
  public void connected(long now) {
    started = true;
    online = true;
    common.ask();
    settle(now);
  }

  /** The connection was lost: nothing is asked for until it stands again. */
  public void disconnected() {
    online = false;
  }

  /**
   * Updates were missed: the server began a new session, something that came could not be read, or
   * more came than was kept.
   */
  public void gap(long now) {
    common.ask();
    settle(now);
  }

  /** Lets time pass. */
  public void tick(long now) {
    settle(now);
  }

  // --- what came ---------------------------------------------------------------------------

  /** Takes updates as they were pushed. */
  public void received(TypeUpdates updates, long now) {
    common.heard(now);
    take(updates, now);
    settle(now);
  }

  /** Whether an answer contains updates, and so must be passed to {@link #result}. */
  public static boolean tellsOfUpdates(TlMethod<?> method, Object answer) {
    return switch (answer) {
      case TypeUpdates updates -> true;
      case InvitedUsers invited -> true;
      case ChatInviteJoinResultOk joined -> true;
      case PaymentResult paid -> true;
      default -> Affected.of(method, answer) != null;
    };
  }

  /**
   * Takes what the answer to a call of one's own says of updates, if anything: {@code Updates} of
   * any kind, and events that the call made. To be called with the answer to every call but those
   * of {@link Effect.Call}.
   */
  public void result(TlMethod<?> method, Object answer, long now) {
    switch (answer) {
      case TypeUpdates updates -> take(updates, now);
      case InvitedUsers invited -> take(invited.updates(), now);
      case ChatInviteJoinResultOk joined -> take(joined.updates(), now);
      case PaymentResult paid -> take(paid.updates(), now);
      default -> {
        Affected affected = Affected.of(method, answer);
        if (affected != null) {
          Step step = Step.pts(affected.pts(), affected.count(), List.of());
          if (affected.channelId() == 0) {
            common.step(step, now);
          } else {
            channels.affected(affected.channelId(), step, now);
          }
        }
      }
    }
    settle(now);
  }

  /**
   * Takes channels as Telegram described them in any answer: their access hashes, and whether the
   * account is a member. Those that come with updates and with the engine's own calls are known to
   * it already.
   */
  public void seen(List<TypeChat> chats, long now) {
    channels.seen(chats);
    settle(now);
  }

  /** Takes the answer to a call that was asked for. */
  public void answered(Effect.Call call, Object answer, long now) {
    if (call.channelId() == 0) {
      if (common.calling(call.number())) {
        common.heard(now);
        channels.seen(chatsOf(answer));
        common.answered(answer, withoutChannels(answer, now), now);
      }
    } else if (calling(call) != null) {
      channels.seen(chatsOf(answer));
      ChannelBox box = calling(call);
      if (box != null) {
        box.answered(answer, now, capacity, out);
      }
    }
    settle(now);
  }

  /** Takes the failure of a call that was asked for; the call is repeated when that makes sense. */
  public void failed(Effect.Call call, MtprotoException why, long now) {
    if (call.channelId() == 0) {
      if (common.calling(call.number())) {
        common.failed(why, online, now);
      }
    } else {
      ChannelBox box = calling(call);
      String noAccess = box == null ? null : box.failed(why, online, now, capacity, out);
      if (box != null && noAccess != null) {
        channels.end(box, EndReason.NO_ACCESS, noAccess);
      }
    }
    settle(now);
  }

  private @Nullable ChannelBox calling(Effect.Call call) {
    ChannelBox box = channels.get(call.channelId());
    return box != null && box.calling(call.number()) ? box : null;
  }

  private static List<TypeChat> chatsOf(Object answer) {
    return switch (answer) {
      case Difference some -> some.chats();
      case DifferenceSlice some -> some.chats();
      case ChannelDifference some -> some.chats();
      case ChannelDifferenceTooLong some -> some.chats();
      case ChannelMessages some -> some.chats();
      case ChatFull some -> some.chats();
      default -> List.of();
    };
  }

  private static List<TypeUpdate> otherUpdatesOf(Object answer) {
    return switch (answer) {
      case Difference some -> some.otherUpdates();
      case DifferenceSlice some -> some.otherUpdates();
      default -> List.of();
    };
  }

  /** Hands a difference's updates of channels to these, and returns the others. */
  private List<TypeUpdate> withoutChannels(Object answer, long now) {
    List<TypeUpdate> all = otherUpdatesOf(answer);
    List<TypeUpdate> others = new ArrayList<>(all.size());
    for (TypeUpdate update : all) {
      switch (UpdateSequence.of(update)) {
        case UpdateSequence.ChannelBox place -> channels.pushed(place, update, now);
        case UpdateSequence.ChannelTooLong place -> channels.tooLong(place);
        // The difference brings the new state itself.
        case UpdateSequence.StateLost lost -> {}
        case UpdateSequence.CommonBox place -> others.add(update);
        case UpdateSequence.Secondary place -> others.add(update);
        case UpdateSequence.Elsewhere place -> others.add(update);
      }
    }
    return others;
  }

  private void take(TypeUpdates updates, long now) {
    switch (updates) {
      case UpdatesTooLong tooLong -> common.ask();
      case UpdateShort(TypeUpdate update, int date) -> takeAll(List.of(update), 0, 0, 0, now);
      case UpdateShortMessage message ->
          takeAll(List.of(ShortUpdates.whole(message, self)), 0, 0, 0, now);
      case UpdateShortChatMessage message ->
          takeAll(List.of(ShortUpdates.whole(message)), 0, 0, 0, now);
      case UpdateShortSentMessage sent -> {
        if (sent.pts() > 0) {
          common.step(Step.pts(sent.pts(), sent.ptsCount(), List.of()), now);
        }
      }
      case Updates some -> {
        channels.seen(some.chats());
        takeAll(some.updates(), some.seq(), some.seq(), some.date(), now);
      }
      case UpdatesCombined some -> {
        channels.seen(some.chats());
        takeAll(some.updates(), some.seqStart(), some.seq(), some.date(), now);
      }
    }
  }

  /**
   * "First of all, walk through all of the nested updates and check if they belong to any of
   * message box sequences"; the remaining ones go by seq. The date moves on only with a seq: an
   * older one makes Telegram tell of more channels at the next start, never of fewer.
   */
  private void takeAll(List<TypeUpdate> all, int seqStart, int seq, int date, long now) {
    List<TypeUpdate> remaining = new ArrayList<>(all.size());
    for (TypeUpdate update : all) {
      switch (UpdateSequence.of(update)) {
        case UpdateSequence.ChannelBox place -> channels.pushed(place, update, now);
        case UpdateSequence.ChannelTooLong place -> channels.tooLong(place);
        case UpdateSequence.StateLost lost -> common.forget();
        case UpdateSequence.CommonBox(int pts, int count) ->
            common.step(Step.pts(pts, count, List.of(update)), now);
        case UpdateSequence.Secondary(int qts) ->
            common.step(new Step(Counter.QTS, qts - 1, qts, 0, List.of(update)), now);
        case UpdateSequence.Elsewhere place -> remaining.add(update);
      }
    }
    if (seqStart != 0) {
      common.step(new Step(Counter.SEQ, seqStart - 1, seq, date, List.copyOf(remaining)), now);
    } else if (!remaining.isEmpty()) {
      common.unordered(List.copyOf(remaining));
    }
  }

  // --- what follows ------------------------------------------------------------------------

  private void settle(long now) {
    if (!online) {
      return;
    }
    common.wake(now);
    channels.wake(now);
    if (common.wantsCallAt(now)) {
      int number = nextNumber();
      out.add(new Effect.Call(0, number, common.begin(number, now)));
    }
    for (ChannelBox box = channels.nextToCall(now); box != null; box = channels.nextToCall(now)) {
      int number = nextNumber();
      out.add(new Effect.Call(box.id(), number, box.begin(number)));
    }
  }

  /** Numbers begin again after two billion calls; 0 is none. */
  private int nextNumber() {
    lastNumber = lastNumber == Integer.MAX_VALUE ? 1 : lastNumber + 1;
    return lastNumber;
  }
}
