package dev.jobradar.server.account;

import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.server.users.UserId;
import dev.jobradar.telegram.ChannelPeer;
import dev.jobradar.telegram.CommonNews;
import dev.jobradar.telegram.Post;
import dev.jobradar.telegram.TelegramClient;
import dev.jobradar.telegram.UpdatesListener;
import dev.jobradar.telegram.Watch;
import dev.jobradar.telegram.updates.ChannelPosition;
import dev.jobradar.telegram.updates.Effect.EndReason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one user watches, over one client after another.
 *
 * <p>Telegram has joined channels pushed, and lets a client poll ten others. When there are more,
 * they take turns: each has its place for a while, and when its turn comes again it goes on where
 * it was, so that nothing is lost meanwhile, only later.
 *
 * <p>{@code this} guards all fields. Under it the client's updates are told to begin or to stop
 * watching, which does not block; the events above are told without it.
 */
final class Watching implements UpdatesListener {
  private static final Logger log = LoggerFactory.getLogger(Watching.class);

  /** core.telegram.org/api/updates: so many channels may be polled at a time. */
  private static final int POLLED = 10;

  /** A channel keeps its place for so many ticks when others wait: time for a few polls. */
  private static final int TURN_TICKS = 10;

  /** A channel that is to be watched. */
  private static final class Wanted {
    final ChannelPeer peer;
    ChannelPosition position;
    boolean joined;

    /** Whether the client watches it now. */
    boolean active;

    /** How many ticks it has been, for one that is polled. */
    int ticks;

    Wanted(ChannelPeer peer, ChannelPosition position, boolean joined) {
      this.peer = peer;
      this.position = position;
      this.joined = joined;
    }
  }

  private final UserId user;
  private final AccountEvents events;

  /** In the order in which they get their turn. */
  private final LinkedHashMap<Long, Wanted> wanted = new LinkedHashMap<>();

  private @Nullable AccountPlace place;
  private @Nullable TelegramClient client;

  /** A failure above: nothing goes on until it is said anew what is wanted, and from where. */
  private boolean stopped;

  Watching(UserId user, AccountEvents events) {
    this.user = user;
    this.events = events;
  }

  // --- what is wanted ------------------------------------------------------------------------

  /** Says what is wanted. Where a channel stands that is being watched already is known better. */
  synchronized void want(WatchList list) {
    boolean running = isRunning();
    Map<Long, Wanted> before = new HashMap<>(wanted);
    wanted.clear();
    for (WatchList.Watch each : list.channels()) {
      Wanted known = before.remove(each.channel().id());
      if (known == null || !running) {
        String stored = each.position();
        known =
            new Wanted(
                new ChannelPeer(each.channel().id(), each.channel().accessHash()),
                stored == null ? ChannelPosition.NEWEST : ChannelPosition.parse(stored),
                each.joined());
      }
      wanted.put(each.channel().id(), known);
    }
    if (running) {
      before.values().removeIf(dropped -> !dropped.active);
      unwatch(before.keySet());
    } else {
      place = AccountPlace.parse(list.accountPosition());
      stopped = false;
    }
    sync();
  }

  private void unwatch(Set<Long> channels) {
    try {
      channels.forEach(updatesOf(client)::unwatch);
    } catch (MtprotoException | IllegalStateException e) {
      log.debug("{}: its updates have just ended: {}", user, e.getMessage());
    }
  }

  synchronized boolean isEmpty() {
    return wanted.isEmpty();
  }

  /** Whether there is something to watch, and no client to watch it with. */
  synchronized boolean needsClient() {
    return !wanted.isEmpty() && client == null && !stopped;
  }

  // --- clients -------------------------------------------------------------------------------

  /** The user has this client; told twice, the second time does nothing. */
  synchronized void openedIfNew(TelegramClient fresh) {
    if (client == fresh) {
      return;
    }
    client = fresh;
    wanted.values().forEach(each -> each.active = false);
    sync();
  }

  /** A client of the user is closed. */
  synchronized void closed(TelegramClient gone) {
    if (client == gone) {
      client = null;
      wanted.values().forEach(each -> each.active = false);
    }
  }

  private static dev.jobradar.telegram.AccountUpdates updatesOf(@Nullable TelegramClient client) {
    if (client == null) {
      throw new IllegalStateException("no client");
    }
    return client.updates();
  }

  private boolean isRunning() {
    return client != null && client.updates().running();
  }

  /** Brings what the client watches in line with what is wanted. */
  private void sync() {
    TelegramClient current = client;
    if (current == null || stopped) {
      return;
    }
    try {
      if (current.updates().running()) {
        for (Wanted next = nextToWatch(); next != null; next = nextToWatch()) {
          activate(next);
          current.updates().watch(next.peer, next.position);
        }
      } else if (!wanted.isEmpty()) {
        start(current);
      }
    } catch (MtprotoException | IllegalStateException e) {
      // The client is at its end: there will be another one, or none.
      log.debug("{}: nothing can be watched now: {}", user, e.getMessage());
    }
  }

  private void start(TelegramClient current) {
    wanted.values().forEach(each -> each.active = false);
    List<Watch> watches = new ArrayList<>();
    for (Wanted next = nextToWatch(); next != null; next = nextToWatch()) {
      activate(next);
      boolean inStep = place != null && place.watched().contains(next.peer.id());
      watches.add(new Watch(next.peer, next.position, inStep));
    }
    current.updates().start(place == null ? null : place.position(), watches, this);
  }

  private static void activate(Wanted channel) {
    channel.active = true;
    channel.ticks = 0;
  }

  private @Nullable Wanted nextToWatch() {
    boolean full = wanted.values().stream().filter(w -> w.active && !w.joined).count() >= POLLED;
    for (Wanted each : wanted.values()) {
      if (!each.active && (each.joined || !full)) {
        return each;
      }
    }
    return null;
  }

  /** Lets the next channel have its turn, if one waits; called every second. */
  synchronized void tick() {
    TelegramClient current = client;
    if (current == null || !current.updates().running()) {
      return;
    }
    boolean waiting = false;
    Wanted longest = null;
    for (Wanted each : wanted.values()) {
      if (each.joined) {
        continue;
      }
      if (each.active) {
        each.ticks++;
        longest = longest == null || each.ticks > longest.ticks ? each : longest;
      } else {
        waiting = true;
      }
    }
    if (waiting && longest != null && longest.ticks >= TURN_TICKS) {
      current.updates().unwatch(longest.peer.id());
      longest.active = false;
      // To the end of the queue.
      wanted.remove(longest.peer.id());
      wanted.put(longest.peer.id(), longest);
    }
    sync();
  }

  // --- what comes ----------------------------------------------------------------------------

  @Override
  public void onPosts(long channelId, List<Post> posts, ChannelPosition position) {
    events.onPosts(
        user, channelId, posts.stream().map(Watching::received).toList(), position.text());
    moved(channelId, position);
  }

  static ReceivedPost received(Post post) {
    return new ReceivedPost(post.id(), post.date(), post.text(), post.outgoing());
  }

  @Override
  public void onChannelMoved(long channelId, ChannelPosition position) {
    events.onMoved(user, channelId, position.text());
    moved(channelId, position);
  }

  private synchronized void moved(long channelId, ChannelPosition position) {
    Wanted channel = wanted.get(channelId);
    if (channel != null) {
      channel.position = position;
    }
  }

  @Override
  public void onCommon(CommonNews news) {
    AccountPlace now = AccountPlace.of(news);
    events.onAccountMoved(user, now.text());
    synchronized (this) {
      place = now;
    }
  }

  @Override
  public void onFeed(long channelId, dev.jobradar.telegram.updates.Feed feed) {
    Feed told;
    synchronized (this) {
      Wanted channel = wanted.get(channelId);
      if (channel == null) {
        return;
      }
      channel.joined = feed == dev.jobradar.telegram.updates.Feed.PUSHED;
      long others = wanted.values().stream().filter(each -> !each.joined).count();
      told = channel.joined ? Feed.PUSHED : others > POLLED ? Feed.IN_TURN : Feed.POLLED;
      sync();
    }
    events.onFeed(user, channelId, told);
  }

  @Override
  public void onWatchEnded(
      long channelId, ChannelPosition position, EndReason reason, String error) {
    boolean tell;
    synchronized (this) {
      Wanted channel = wanted.get(channelId);
      if (channel == null) {
        return;
      }
      channel.position = position;
      channel.active = false;
      channel.joined = false;
      tell = reason == EndReason.NO_ACCESS;
      wanted.remove(channelId);
      if (!tell) {
        wanted.put(channelId, channel);
      }
    }
    if (tell) {
      events.onWatchEnded(user, channelId, error);
    } else {
      events.onFeed(user, channelId, Feed.IN_TURN);
    }
  }

  @Override
  public void onFailed(Throwable cause) {
    if (cause instanceof MtprotoException) {
      // The client's own end, which its owner hears of too.
      return;
    }
    log.error("{}: updates stopped", user, cause);
    synchronized (this) {
      stopped = true;
      wanted.values().forEach(each -> each.active = false);
    }
    events.onStopped(user);
  }
}
