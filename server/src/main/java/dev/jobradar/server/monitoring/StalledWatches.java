package dev.jobradar.server.monitoring;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.account.WatchStall;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * The watched channels that should deliver and do not, as they are now. Not stored: what still
 * stalls after a restart is found again. Thread-safe.
 */
@Component
public class StalledWatches {
  /** Stands for what happens outside channels. */
  public static final long ACCOUNT = 0;

  /** Unmodifiable maps, none empty. */
  private final ConcurrentHashMap<UserId, Map<Long, WatchStall>> stalls = new ConcurrentHashMap<>();

  public StalledWatches(MeterRegistry meters) {
    Gauge.builder("jobradar.watches.stalled", stalls, StalledWatches::count)
        .description("Watched channels that should deliver and do not, each counted for every user")
        .register(meters);
  }

  /** The stable name of what is wrong, as an error of a source. */
  public static String code(WatchStall stall) {
    return (stall.late() ? "LATE_" : "STALLED_") + stall.cause().name();
  }

  /** What stalls for a user, by channel. */
  public Map<Long, WatchStall> of(UserId user) {
    return stalls.getOrDefault(user, Map.of());
  }

  private static int count(Map<UserId, Map<Long, WatchStall>> stalls) {
    return stalls.values().stream().mapToInt(Map::size).sum();
  }

  /** How many users have a channel that has stalled since before a moment. */
  int usersStalledSince(Instant moment) {
    return (int)
        stalls.values().stream()
            .filter(mine -> mine.values().stream().anyMatch(s -> s.since().isBefore(moment)))
            .count();
  }

  /** A channel stalls; says whether that is news. */
  boolean began(UserId user, long channelId, WatchStall stall) {
    boolean[] news = new boolean[1];
    stalls.compute(
        user,
        (id, before) -> {
          Map<Long, WatchStall> mine = new HashMap<>(before == null ? Map.of() : before);
          news[0] = !stall.equals(mine.put(channelId, stall));
          return Map.copyOf(mine);
        });
    return news[0];
  }

  /** A channel goes on, or is no longer watched; says whether it stalled. */
  boolean ended(UserId user, long channelId) {
    boolean[] news = new boolean[1];
    stalls.computeIfPresent(
        user,
        (id, before) -> {
          Map<Long, WatchStall> mine = new HashMap<>(before);
          news[0] = mine.remove(channelId) != null;
          return mine.isEmpty() ? null : Map.copyOf(mine);
        });
    return news[0];
  }

  /** Forgets all channels of a user that are not watched. */
  void retain(UserId user, Set<Long> watched) {
    stalls.computeIfPresent(
        user,
        (id, before) -> {
          Map<Long, WatchStall> mine = new HashMap<>(before);
          mine.keySet()
              .removeIf(channel ->
                  !watched.contains(channel) && (channel != ACCOUNT || watched.isEmpty()));
          return mine.isEmpty() ? null : Map.copyOf(mine);
        });
  }
}
