package dev.jobradar.server.account;

import dev.jobradar.clients.UserId;
import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.telegram.AccountUpdateBatch;
import dev.jobradar.telegram.Channel;
import dev.jobradar.telegram.ChannelPeer;
import dev.jobradar.telegram.Post;
import dev.jobradar.telegram.Stall;
import dev.jobradar.telegram.TelegramClient;
import dev.jobradar.telegram.UpdatesListener;
import dev.jobradar.telegram.Watch;
import dev.jobradar.telegram.updates.ChannelPosition;
import dev.jobradar.telegram.updates.Effect.EndReason;
import dev.jobradar.telegram.updates.PassedOver;
import dev.jobradar.telegram.updates.StallCause;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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
 * watching, which does not block; events are sent up without it.
 */
final class UserSubscriptions implements UpdatesListener {
  private static final Logger log = LoggerFactory.getLogger(UserSubscriptions.class);

  /** core.telegram.org/api/updates: so many channels may be polled at a time. */
  private static final int POLLED = 10;

  /** A channel keeps its place for so many ticks when others wait: time for a few polls. */
  private static final int TURN_TICKS = 10;

  /** A channel that is to be watched. */
  private static final class Subscription {
    final ChannelPeer peer;
    ChannelPosition position;
    boolean joined;

    /** Whether the client watches it now. */
    boolean active;

    /** How many ticks it has been, for one that is polled. */
    int ticks;

    Subscription(ChannelPeer peer, ChannelPosition position, boolean joined) {
      this.peer = peer;
      this.position = position;
      this.joined = joined;
    }
  }

  private final UserId user;
  private final AccountEvents events;

  /** In the order in which they get their turn. */
  private final LinkedHashMap<Long, Subscription> subscriptions = new LinkedHashMap<>();

  private final StallTracker stalls = new StallTracker();

  private @Nullable AccountPosition place;
  private @Nullable TelegramClient client;

  /** A failure above: nothing is watched until {@link #want} is called again. */
  private boolean stopped;

  UserSubscriptions(UserId user, AccountEvents events) {
    this.user = user;
    this.events = events;
  }

  // --- what to watch ------------------------------------------------------------------------

  /** Sets what to watch. A channel that is watched already keeps its own, newer position. */
  synchronized void want(WatchList list) {
    boolean running = isRunning();
    Map<Long, Subscription> before = new HashMap<>(subscriptions);
    subscriptions.clear();
    for (WatchList.Watch each : list.channels()) {
      Subscription known = before.remove(each.channel().id());
      if (known == null || !running) {
        String stored = each.position();
        known =
            new Subscription(
                new ChannelPeer(each.channel().id(), each.channel().accessHash()),
                stored == null ? ChannelPosition.NEWEST : ChannelPosition.parse(stored),
                each.joined());
      }
      subscriptions.put(each.channel().id(), known);
    }
    stalls.retain(subscriptions.keySet());
    if (running) {
      before.values().removeIf(dropped -> !dropped.active);
      unwatch(before.keySet());
    } else {
      place = AccountPosition.parse(list.accountPosition());
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
    return subscriptions.isEmpty();
  }

  /** Whether there is something to watch, and no client to watch it with. */
  synchronized boolean needsClient() {
    return !subscriptions.isEmpty() && client == null && !stopped;
  }

  // --- clients -------------------------------------------------------------------------------

  /** The user has this client; a second call does nothing. */
  synchronized void openedIfNew(TelegramClient fresh) {
    if (client == fresh) {
      return;
    }
    client = fresh;
    subscriptions.values().forEach(each -> each.active = false);
    sync();
  }

  /** A client of the user is closed. */
  synchronized void closed(TelegramClient gone) {
    if (client == gone) {
      client = null;
      subscriptions.values().forEach(each -> each.active = false);
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

  /** Brings what the client watches in line with the subscriptions. */
  private void sync() {
    TelegramClient current = client;
    if (current == null || stopped) {
      return;
    }
    try {
      if (current.updates().running()) {
        for (Subscription next = nextToWatch(); next != null; next = nextToWatch()) {
          activate(next);
          current.updates().watch(next.peer, next.position);
        }
      } else if (!subscriptions.isEmpty()) {
        start(current);
      }
    } catch (MtprotoException | IllegalStateException e) {
      // The client is at its end: there will be another one, or none.
      log.debug("{}: nothing can be watched now: {}", user, e.getMessage());
    }
  }

  private void start(TelegramClient current) {
    stalls.restarted(StallTracker.ACCOUNT);
    subscriptions.values().forEach(each -> each.active = false);
    List<Watch> watches = new ArrayList<>();
    for (Subscription next = nextToWatch(); next != null; next = nextToWatch()) {
      activate(next);
      boolean inStep = place != null && place.watched().contains(next.peer.id());
      watches.add(new Watch(next.peer, next.position, inStep));
    }
    current.updates().start(place == null ? null : place.position(), watches, this);
  }

  private void activate(Subscription channel) {
    channel.active = true;
    channel.ticks = 0;
    stalls.restarted(channel.peer.id());
  }

  private @Nullable Subscription nextToWatch() {
    boolean full =
        subscriptions.values().stream().filter(w -> w.active && !w.joined).count() >= POLLED;
    for (Subscription each : subscriptions.values()) {
      if (!each.active && (each.joined || !full)) {
        return each;
      }
    }
    return null;
  }

  /** Lets the next channel have its turn, if one waits; called every second. */
  void tick() {
    takeTurns().forEach(channelId -> events.onResumed(user, channelId));
  }

  /** Returns the channels that no longer stall. */
  private synchronized List<Long> takeTurns() {
    TelegramClient current = client;
    if (current == null || !current.updates().running()) {
      return List.of();
    }
    Set<Long> watched =
        subscriptions.values().stream()
            .filter(each -> each.active)
            .map(each -> each.peer.id())
            .collect(Collectors.toSet());
    List<Long> resumed = stalls.tick(watched);
    boolean waiting = false;
    Subscription longest = null;
    for (Subscription each : subscriptions.values()) {
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
      subscriptions.remove(longest.peer.id());
      subscriptions.put(longest.peer.id(), longest);
    }
    sync();
    return resumed;
  }

  // --- what comes ----------------------------------------------------------------------------

  @Override
  public void onPosts(long channelId, List<Post> posts, ChannelPosition position) {
    events.onPosts(
        user, channelId, posts.stream().map(UserSubscriptions::received).toList(), position.text());
    moved(channelId, position);
  }

  static ReceivedPost received(Post post) {
    Post.Origin origin = post.forwardedFrom();
    return new ReceivedPost(
        post.id(),
        post.date(),
        post.content(),
        post.outgoing(),
        post.albumId(),
        origin == null ? null : new ReceivedPost.Origin(origin.channelId(), origin.id()),
        post.isProtected(),
        post.editDate());
  }

  @Override
  public void onEdited(long channelId, Post post) {
    events.onEdited(user, channelId, received(post));
  }

  @Override
  public void onDeleted(long channelId, List<Integer> ids) {
    events.onDeleted(user, channelId, ids);
  }

  @Override
  public void onChannelMoved(long channelId, ChannelPosition position) {
    events.onMoved(user, channelId, position.text());
    moved(channelId, position);
  }

  private void moved(long channelId, ChannelPosition position) {
    boolean resumed;
    synchronized (this) {
      Subscription channel = subscriptions.get(channelId);
      if (channel != null) {
        channel.position = position;
      }
      resumed = stalls.delivered(channelId);
    }
    if (resumed) {
      events.onResumed(user, channelId);
    }
  }

  @Override
  public void onChannelChanged(Channel channel) {
    events.onDescribed(user, TelegramAccounts.described(channel));
  }

  @Override
  public void onPassedOver(long channelId, PassedOver what, ChannelPosition position) {
    events.onPassedOver(user, channelId, skipped(what), position.text());
    moved(channelId, position);
  }

  static SkippedPosts skipped(PassedOver what) {
    return new SkippedPosts(
        what.fromId(), what.toId(), what.cause() == StallCause.UNREADABLE, what.detail());
  }

  @Override
  public void onStalled(long channelId, Stall stall) {
    WatchStall told;
    synchronized (this) {
      if (channelId != StallTracker.ACCOUNT && !subscriptions.containsKey(channelId)) {
        return;
      }
      told =
          stalls.stalled(
              channelId,
              new WatchStall(
                  cause(stall.cause()),
                  stall.error(),
                  stall.since(),
                  stall.behind(),
                  stall.historyRead()));
    }
    if (told != null) {
      events.onStalled(user, channelId, told);
    }
  }

  private static WatchStall.Cause cause(StallCause cause) {
    return switch (cause) {
      case REFUSED -> WatchStall.Cause.REFUSED;
      case FAILING -> WatchStall.Cause.FAILING;
      case FLOOD_WAIT -> WatchStall.Cause.FLOOD_WAIT;
      case UNREADABLE -> WatchStall.Cause.UNREADABLE;
    };
  }

  @Override
  public void onResumed(long channelId) {
    boolean told;
    synchronized (this) {
      told = stalls.resumed(channelId);
    }
    if (told) {
      events.onResumed(user, channelId);
    }
  }

  @Override
  public void onCommon(AccountUpdateBatch news) {
    AccountPosition now = AccountPosition.of(news);
    events.onAccountMoved(user, now.text());
    boolean resumed;
    synchronized (this) {
      place = now;
      resumed = stalls.delivered(StallTracker.ACCOUNT);
    }
    if (resumed) {
      events.onResumed(user, StallTracker.ACCOUNT);
    }
  }

  @Override
  public void onUpdateMode(long channelId, dev.jobradar.telegram.updates.UpdateMode feed) {
    WatchMode told;
    synchronized (this) {
      Subscription channel = subscriptions.get(channelId);
      if (channel == null) {
        return;
      }
      channel.joined = feed == dev.jobradar.telegram.updates.UpdateMode.PUSHED;
      long others = subscriptions.values().stream().filter(each -> !each.joined).count();
      told =
          channel.joined
              ? WatchMode.PUSHED
              : others > POLLED ? WatchMode.IN_TURN : WatchMode.POLLED;
      sync();
    }
    events.onFeed(user, channelId, told);
  }

  @Override
  public void onWatchEnded(
      long channelId, ChannelPosition position, EndReason reason, String error) {
    boolean tell;
    synchronized (this) {
      Subscription channel = subscriptions.get(channelId);
      if (channel == null) {
        return;
      }
      channel.position = position;
      channel.active = false;
      channel.joined = false;
      tell = reason == EndReason.NO_ACCESS;
      subscriptions.remove(channelId);
      if (tell) {
        stalls.forget(channelId);
      }
      if (!tell) {
        subscriptions.put(channelId, channel);
      }
    }
    if (tell) {
      events.onWatchEnded(user, channelId, error);
    } else {
      events.onFeed(user, channelId, WatchMode.IN_TURN);
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
      subscriptions.values().forEach(each -> each.active = false);
    }
    events.onStopped(user);
  }
}
