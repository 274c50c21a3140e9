package dev.jobradar.telegram.updates;

import dev.jobradar.telegram.updates.Effect.EndReason;
import dev.jobradar.telegram.updates.GapBuffer.Capacity;
import dev.jobradar.telegram.updates.GapBuffer.Step;
import dev.jobradar.tl.api.Channel;
import dev.jobradar.tl.api.ChannelForbidden;
import dev.jobradar.tl.api.TypeChat;
import dev.jobradar.tl.api.TypeUpdate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The watched channels of an account.
 *
 * <p>Of the others nothing is kept, however many the account has joined: boxes are independent of
 * each other (api/updates#message-related-event-sequences), so passing over one that nobody wants
 * to hear of leaves no gap in another, and its own gaps concern nobody.
 */
final class WatchedChannels {
  /** "Limit to 10 the maximum number of channels shortpolled" (api/updates). */
  static final int MOST_POLLED = 10;

  /**
   * How long a channel may be silent. Telegram says 15 minutes, but its pushes of big channels come
   * late or stay away, and what stays away without a later one leaves no gap to notice.
   */
  private static final long SILENCE = 5 * 60_000L;

  /** An account's silent channels are not asked more often than this, however many they are. */
  private static final long BETWEEN_CHECKS = 10_000;

  /** Calls about channels that are under way at once; the others wait their turn. */
  static final int MOST_CALLS = 4;

  private final Capacity capacity;
  private final EffectBuffer out;

  /** In ascending order of ids. */
  private ChannelBox[] boxes = {};

  WatchedChannels(Capacity capacity, EffectBuffer out) {
    this.capacity = capacity;
    this.out = out;
  }

  @Nullable ChannelBox get(long id) {
    int at = find(id);
    return at < 0 ? null : boxes[at];
  }

  /**
   * @throws IllegalStateException when it is watched already
   * @throws TooManyPolledException when it would have to be polled and no more can be
   */
  void add(ChannelBox box) {
    int at = find(box.id());
    if (at >= 0) {
      throw new IllegalStateException("channel " + box.id() + " is watched already");
    }
    if (box.updateMode() == UpdateMode.POLLED && polled() == MOST_POLLED) {
      throw new TooManyPolledException(MOST_POLLED);
    }
    ChannelBox[] more = Arrays.copyOf(boxes, boxes.length + 1);
    System.arraycopy(boxes, ~at, more, ~at + 1, boxes.length - ~at);
    more[~at] = box;
    boxes = more;
  }

  /** Forgets a channel, if it is there. */
  void remove(long id) {
    int at = find(id);
    if (at >= 0) {
      boxes[at].drop();
      ChannelBox[] fewer = Arrays.copyOf(boxes, boxes.length - 1);
      System.arraycopy(boxes, at + 1, fewer, at, fewer.length - at);
      boxes = fewer;
    }
  }

  /** Forgets a channel and says so. */
  void end(ChannelBox box, EndReason reason, String error) {
    remove(box.id());
    out.add(new Effect.WatchEnded(box.id(), box.position(), reason, error));
  }

  private int find(long id) {
    int low = 0;
    int high = boxes.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = Long.compare(boxes[middle].id(), id);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return ~low;
  }

  /** The channels' ids, in ascending order. */
  List<Long> ids() {
    return Arrays.stream(boxes).map(ChannelBox::id).toList();
  }

  private int polled() {
    int polled = 0;
    for (ChannelBox box : boxes) {
      polled += box.updateMode() == UpdateMode.POLLED ? 1 : 0;
    }
    return polled;
  }

  // --- what comes --------------------------------------------------------------------------

  /** An update of a channel's box; ignored if the channel is not watched. */
  void pushed(UpdateSequence.ChannelBox place, TypeUpdate update, long now) {
    affected(place.channelId(), Step.pts(place.pts(), place.count(), List.of(update)), now);
  }

  /** Something happened in some channel's box. */
  void affected(long id, Step step, long now) {
    ChannelBox box = get(id);
    if (box != null) {
      box.pushed(step, now, capacity, out);
    }
  }

  /** Telegram wants a channel's difference to be asked for. */
  void tooLong(UpdateSequence.ChannelTooLong place) {
    ChannelBox box = get(place.channelId());
    if (box != null) {
      box.tooLong(place.pts());
    }
  }

  /** The account's state was lost: every channel must be polled. */
  void askAll() {
    for (ChannelBox box : boxes) {
      box.ask();
    }
  }

  /** Channels as Telegram described them to this account. */
  void seen(List<TypeChat> chats) {
    if (boxes.length == 0) {
      return;
    }
    for (TypeChat chat : chats) {
      switch (chat) {
        // A min constructor tells neither the access hash nor the membership (api/min).
        case Channel channel when !channel.min() -> seen(channel);
        case ChannelForbidden channel -> {
          ChannelBox box = get(channel.id());
          if (box != null) {
            end(box, EndReason.NO_ACCESS, "channelForbidden");
          }
        }
        default -> {}
      }
    }
  }

  private void seen(Channel channel) {
    ChannelBox box = get(channel.id());
    if (box == null) {
      return;
    }
    if (channel.left() && box.updateMode() == UpdateMode.PUSHED && polled() == MOST_POLLED) {
      end(box, EndReason.TOO_MANY_POLLED, "left");
      return;
    }
    UpdateMode changed = box.seen(channel.accessHash(), channel.left());
    if (changed != null) {
      out.add(new Effect.UpdateModeChanged(box.id(), changed));
    }
    if (box.described(fingerprint(channel))) {
      out.add(new Effect.ChannelChanged(channel));
    }
  }

  /**
   * Of what {@link Effect.ChannelChanged} tells. {@code updateChannel} comes for members only; of a
   * channel that is polled a new name is seen in the next difference.
   */
  private static int fingerprint(Channel channel) {
    return Objects.hash(
        channel.title(),
        channel.username(),
        channel.usernames(),
        channel.left(),
        channel.noforwards());
  }

  // --- time --------------------------------------------------------------------------------

  /** How long a channel may be silent before it is asked. */
  private long silence() {
    return Math.max(SILENCE, BETWEEN_CHECKS * boxes.length);
  }

  void wake(long now) {
    long silence = silence();
    for (ChannelBox box : boxes) {
      box.wake(now, silence);
    }
  }

  /** The channel whose call has waited longest, of those whose turn it is. */
  @Nullable ChannelBox nextToCall(long now) {
    ChannelBox next = null;
    int calling = 0;
    for (ChannelBox box : boxes) {
      calling += box.calling() ? 1 : 0;
      if (box.wantsCallAt(now) && (next == null || box.callDueAt() < next.callDueAt())) {
        next = box;
      }
    }
    return calling < MOST_CALLS ? next : null;
  }

  /** When time has to pass next. */
  long dueAt() {
    long due = ChannelBox.NEVER;
    long silence = silence();
    int calling = 0;
    for (ChannelBox box : boxes) {
      calling += box.calling() ? 1 : 0;
    }
    for (ChannelBox box : boxes) {
      if (calling < MOST_CALLS || !box.wantsCall()) {
        due = Math.min(due, box.dueAt(silence));
      }
    }
    return due;
  }

  /** The account's date is about to move on from this one. */
  void dateMoves(int date) {
    for (ChannelBox box : boxes) {
      box.dateMoves(date);
    }
  }

  /** The account's date, held back to where every channel was in step. */
  int heldBack(int date) {
    int held = date;
    for (ChannelBox box : boxes) {
      held = Math.min(held, box.latestDate());
    }
    return held;
  }
}
