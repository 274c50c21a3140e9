package dev.jobradar.server.account;

import dev.jobradar.clients.UserId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Hears of accounts, and stores posts and positions as one step, as the service does. Fails at a
 * batch when told to.
 */
final class EventLog implements AccountEvents {
  private final Map<Long, List<Integer>> posts = new TreeMap<>();
  private final Map<Long, String> positions = new HashMap<>();
  private final Map<Long, WatchMode> feeds = new HashMap<>();
  private final Map<Long, List<String>> names = new HashMap<>();
  private final List<String> ended = new ArrayList<>();
  private final List<Integer> passedOver = new ArrayList<>();
  private final List<String> stalls = new ArrayList<>();
  private @Nullable String account;
  private int failures;
  private int stops;
  private int connects;

  synchronized void failNext(int times) {
    failures = times;
  }

  synchronized List<Integer> posts(long channel) {
    return List.copyOf(posts.getOrDefault(channel, List.of()));
  }

  synchronized Optional<String> position(long channel) {
    return Optional.ofNullable(positions.get(channel));
  }

  synchronized Optional<WatchMode> feed(long channel) {
    return Optional.ofNullable(feeds.get(channel));
  }

  /** The names of a channel, as they were told last. */
  synchronized List<String> names(long channel) {
    return names.getOrDefault(channel, List.of());
  }

  synchronized List<Integer> passedOver() {
    return List.copyOf(passedOver);
  }

  /** Stalls and their ends, in that order. */
  synchronized List<String> stalls() {
    return List.copyOf(stalls);
  }

  synchronized @Nullable String account() {
    return account;
  }

  synchronized int stops() {
    return stops;
  }

  synchronized List<String> ended() {
    return List.copyOf(ended);
  }

  /** Waits until something that was heard makes it true. */
  synchronized void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + 30_000_000_000L;
    while (!condition.getAsBoolean()) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new AssertionError("it did not happen; heard of " + posts + ", " + feeds);
      }
      wait(left);
    }
  }

  @Override
  public synchronized void onPosts(
      UserId user, long channelId, List<ReceivedPost> batch, String position) {
    if (failures > 0) {
      failures--;
      throw new IllegalStateException("the database is away");
    }
    batch.forEach(post -> posts.computeIfAbsent(channelId, id -> new ArrayList<>()).add(post.id()));
    positions.put(channelId, position);
    notifyAll();
  }

  @Override
  public synchronized void onMoved(UserId user, long channelId, String position) {
    positions.put(channelId, position);
    notifyAll();
  }

  @Override
  public synchronized void onAccountMoved(UserId user, String position) {
    account = position;
    notifyAll();
  }

  @Override
  public synchronized void onDescribed(UserId user, SourceChannel channel) {
    names.put(channel.channel().id(), channel.names());
    notifyAll();
  }

  @Override
  public void onEdited(UserId user, long channelId, ReceivedPost post) {}

  @Override
  public void onDeleted(UserId user, long channelId, List<Integer> ids) {}

  @Override
  public synchronized void onFeed(UserId user, long channelId, WatchMode feed) {
    feeds.put(channelId, feed);
    notifyAll();
  }

  @Override
  public synchronized void onWatchEnded(UserId user, long channelId, String error) {
    ended.add(error);
    notifyAll();
  }

  @Override
  public synchronized void onPassedOver(
      UserId user, long channelId, SkippedPosts posts, String position) {
    passedOver.add(posts.fromId());
    positions.put(channelId, position);
    notifyAll();
  }

  @Override
  public synchronized void onStalled(UserId user, long channelId, WatchStall stall) {
    stalls.add("stalled: " + stall.error());
    notifyAll();
  }

  @Override
  public synchronized void onResumed(UserId user, long channelId) {
    stalls.add("resumed");
    notifyAll();
  }

  @Override
  public synchronized void onStopped(UserId user) {
    stops++;
    notifyAll();
  }

  /** What is published as an event. */
  synchronized void published(Object event) {
    switch (event) {
      case AccountConnected connected -> connects++;
      case SessionEnded session -> ended.add(session.reason());
      default -> throw new IllegalArgumentException("not known: " + event);
    }
    notifyAll();
  }

  synchronized int connects() {
    return connects;
  }
}
