package dev.jobradar.telegram;

import dev.jobradar.mtproto.RpcException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Public names and what they stand for, as one account was told: the last {@link #CAPACITY} of
 * them, for a day. Names without a channel are remembered for a minute only: somebody may take the
 * name, and who names it again wants to know; a FLOOD_WAIT of the method that resolves names is
 * remembered until it is over.
 */
final class NameCache {
  static final int CAPACITY = 64;
  private static final long MISSING_FOR = Duration.ofMinutes(1).toNanos();

  /** A name may pass to another channel without a notice. */
  private static final long FOUND_FOR = Duration.ofDays(1).toNanos();

  /** What is known of a name. */
  sealed interface Entry {}

  /** It is a channel's. */
  record Found(ChannelPeer peer, long until) implements Entry {}

  /** It is no channel's. */
  record Missing(boolean somethingElse, long until) implements Entry {
    NoSuchNameException toException(String name) {
      String words =
          somethingElse
              ? "@" + name + " is not a channel"
              : "there is no @" + name + " in Telegram";
      return new NoSuchNameException(words, somethingElse);
    }
  }

  /** Nothing may be asked yet. */
  record Flooded(long until, String method) implements Entry {
    RpcException again(long now) {
      long seconds = Math.max(1, Math.ceilDiv(until - now, Duration.ofSeconds(1).toNanos()));
      return RpcException.of(420, "FLOOD_WAIT_" + seconds, method);
    }
  }

  private @Nullable Map<String, Entry> entries;
  private @Nullable Flooded flooded;

  synchronized @Nullable Entry get(String name, long now) {
    Entry known = entries == null ? null : entries.get(name);
    boolean aged =
        switch (known) {
          case Found found -> now - found.until() >= 0;
          case Missing missing -> now - missing.until() >= 0;
          case Flooded flood -> false;
          case null -> true;
        };
    if (known != null && !aged) {
      return known;
    }
    if (flooded != null && now - flooded.until() >= 0) {
      flooded = null;
    }
    return flooded;
  }

  synchronized void found(String name, ChannelPeer peer, long now) {
    put(name, new Found(peer, now + FOUND_FOR));
  }

  /** Forgets what it was said to be, unless something else is known by now. */
  synchronized void forget(String name, ChannelPeer peer) {
    if (entries != null && entries.get(name) instanceof Found found && found.peer().equals(peer)) {
      entries.remove(name);
    }
  }

  /** Forgets the names that a channel no longer has. */
  synchronized void changed(Channel channel) {
    if (entries != null) {
      entries
          .entrySet()
          .removeIf(entry ->
              entry.getValue() instanceof Found found
                  && found.peer().id() == channel.peer().id()
                  && !channel.hasName(entry.getKey()));
    }
  }

  synchronized Missing missing(String name, boolean somethingElse, long now) {
    Missing missing = new Missing(somethingElse, now + MISSING_FOR);
    put(name, missing);
    return missing;
  }

  synchronized void flooded(RpcException.FloodWait wait, long now) {
    flooded = new Flooded(now + wait.delay().toNanos(), wait.method());
  }

  private void put(String name, Entry entry) {
    if (entries == null) {
      entries = new LinkedHashMap<>(4, 0.75f, true);
    }
    entries.put(name, entry);
    if (entries.size() > CAPACITY) {
      entries.remove(entries.keySet().iterator().next());
    }
  }
}
