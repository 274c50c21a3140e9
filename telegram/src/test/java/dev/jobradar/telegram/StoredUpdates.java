package dev.jobradar.telegram;

import dev.jobradar.telegram.updates.ChannelPosition;
import dev.jobradar.telegram.updates.CommonPosition;
import dev.jobradar.telegram.updates.Effect.EndReason;
import dev.jobradar.telegram.updates.UpdateMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a service would keep in its database, written as a service would: each call is one
 * transaction, positions are texts. It survives its clients.
 */
class StoredUpdates implements UpdatesListener {
  private @Nullable String common;
  private final Map<Long, String> positions = new HashMap<>();
  private final Set<Long> inStep = new HashSet<>();
  private final Map<Long, List<Post>> posts = new HashMap<>();

  private final Map<Long, UpdateMode> modes = new HashMap<>();
  private final Map<Long, String> ended = new HashMap<>();
  private final List<ChatMessage> messages = new ArrayList<>();
  private @Nullable Throwable failure;
  private int largestPage;
  private final AtomicInteger telling = new AtomicInteger();
  private volatile boolean overlapped;

  // --- what is stored ------------------------------------------------------------------------

  synchronized @Nullable CommonPosition common() {
    return common == null ? null : CommonPosition.parse(common);
  }

  /** The channel as it is to be watched again, or for the first time. */
  synchronized Watch watch(ChannelPeer peer) {
    String position = positions.get(peer.id());
    return new Watch(
        peer,
        position == null ? ChannelPosition.NEWEST : ChannelPosition.parse(position),
        inStep.contains(peer.id()));
  }

  synchronized List<Integer> ids(ChannelPeer channel) {
    return posts.getOrDefault(channel.id(), List.of()).stream().map(Post::id).toList();
  }

  synchronized List<String> texts(ChannelPeer channel) {
    return posts.getOrDefault(channel.id(), List.of()).stream().map(Post::text).toList();
  }

  synchronized boolean begun(ChannelPeer channel) {
    return positions.containsKey(channel.id());
  }

  synchronized @Nullable UpdateMode updateMode(ChannelPeer channel) {
    return modes.get(channel.id());
  }

  synchronized @Nullable String ended(ChannelPeer channel) {
    return ended.get(channel.id());
  }

  synchronized List<ChatMessage> messages() {
    return List.copyOf(messages);
  }

  synchronized @Nullable Throwable failure() {
    return failure;
  }

  synchronized int largestPage() {
    return largestPage;
  }

  /** Whether two calls ever came at once. */
  boolean overlapped() {
    return overlapped;
  }

  /** Waits until it is so. */
  synchronized void await(BooleanSupplier condition, String what) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
      if (left <= 0) {
        throw new AssertionError("in vain: " + what);
      }
      wait(left);
    }
  }

  // --- what is heard -------------------------------------------------------------------------

  /** No lock hides it when two calls come at once. */
  private void one(Runnable transaction) {
    if (telling.getAndIncrement() != 0) {
      overlapped = true;
    }
    synchronized (this) {
      transaction.run();
      notifyAll();
    }
    telling.getAndDecrement();
  }

  @Override
  public void onPosts(long channelId, List<Post> news, ChannelPosition position) {
    one(() -> {
      posts.computeIfAbsent(channelId, id -> new ArrayList<>()).addAll(news);
      positions.put(channelId, position.text());
      largestPage = Math.max(largestPage, news.size());
    });
  }

  @Override
  public void onChannelMoved(long channelId, ChannelPosition position) {
    one(() -> positions.put(channelId, position.text()));
  }

  @Override
  public void onCommon(AccountUpdateBatch news) {
    one(() -> {
      messages.addAll(news.messages());
      common = news.position().text();
      inStep.clear();
      inStep.addAll(news.watched());
    });
  }

  @Override
  public void onUpdateMode(long channelId, UpdateMode mode) {
    one(() -> modes.put(channelId, mode));
  }

  @Override
  public void onWatchEnded(
      long channelId, ChannelPosition position, EndReason reason, String error) {
    one(() -> ended.put(channelId, reason + " " + error));
  }

  @Override
  public void onFailed(Throwable cause) {
    one(() -> failure = cause);
  }
}
