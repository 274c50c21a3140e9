package dev.jobradar.server.account;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The stalls of one user that were reported and have not ended. They outlive the client that told
 * of them, and a channel's turn, so that a stall is reported once: after a new beginning a stall is
 * only presumed, and ends when the channel delivers, or is watched for a while without stalling.
 * Not thread-safe.
 */
final class StallTracker {
  /** What has no channel: updates of the account itself. */
  static final long ACCOUNT = 0;

  /** A presumed stall ends after so many ticks of watching: time for a few failing calls. */
  private static final int PRESUMED_TICKS = 60;

  /** What is known of one channel. */
  private sealed interface Open {
    WatchStall stall();
  }

  /** The client that watches now told of it. */
  private record Confirmed(WatchStall stall) implements Open {}

  /** An earlier watch told of it. */
  private record Presumed(WatchStall stall, int ticks) implements Open {}

  private final Map<Long, Open> open = new HashMap<>();

  /**
   * A channel stalls.
   *
   * @return what to report; null when that was reported before
   */
  @Nullable WatchStall stalled(long channelId, WatchStall stall) {
    Open before = open.get(channelId);
    if (before == null) {
      open.put(channelId, new Confirmed(stall));
      return stall;
    }
    WatchStall longer = stall.beganWith(before.stall());
    open.put(channelId, new Confirmed(longer));
    return longer.isLike(before.stall()) ? null : longer;
  }

  /** A channel goes on; says whether that is to be reported. */
  boolean resumed(long channelId) {
    return open.remove(channelId) != null;
  }

  /** A channel delivers; says whether that ends a stall, which is to be reported. */
  boolean delivered(long channelId) {
    return open.get(channelId) instanceof Presumed && resumed(channelId);
  }

  /** A channel is watched from a new beginning. */
  void restarted(long channelId) {
    open.computeIfPresent(channelId, (id, before) -> new Presumed(before.stall(), 0));
  }

  /** A channel is no longer watched, or its end is reported otherwise. */
  void forget(long channelId) {
    open.remove(channelId);
  }

  /** Forgets all others. */
  void retain(Set<Long> channels) {
    open.keySet().removeIf(id -> id != ACCOUNT && !channels.contains(id));
  }

  /**
   * Time passes.
   *
   * @param watched the channels that are watched at this moment
   * @return the channels whose presumed stall has ended, which is to be reported
   */
  List<Long> tick(Set<Long> watched) {
    List<Long> ended = new ArrayList<>();
    for (Map.Entry<Long, Open> each : open.entrySet()) {
      if (each.getValue() instanceof Presumed(WatchStall stall, int ticks)
          && (each.getKey() == ACCOUNT || watched.contains(each.getKey()))) {
        if (ticks + 1 >= PRESUMED_TICKS) {
          ended.add(each.getKey());
        } else {
          each.setValue(new Presumed(stall, ticks + 1));
        }
      }
    }
    open.keySet().removeAll(ended);
    return ended;
  }
}
