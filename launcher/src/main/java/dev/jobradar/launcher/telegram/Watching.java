package dev.jobradar.launcher.telegram;

import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.telegram.AccountUpdateBatch;
import dev.jobradar.telegram.ChannelPeer;
import dev.jobradar.telegram.Post;
import dev.jobradar.telegram.TelegramClient;
import dev.jobradar.telegram.UpdatesListener;
import dev.jobradar.telegram.Watch;
import dev.jobradar.telegram.updates.ChannelPosition;
import dev.jobradar.telegram.updates.Effect.EndReason;
import dev.jobradar.telegram.updates.UpdateMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A watch under way: prints what comes, and keeps how far it came. */
final class Watching implements UpdatesListener, AutoCloseable {
  private final TelegramClient client;
  private final JsonLines out;
  private final PositionFile positions;
  private final Map<Long, String> names;
  private final List<Watch> watches = new ArrayList<>();
  private final Set<Long> left = new HashSet<>();

  /** Channels whose newest post is being looked up: what is posted from then on will come. */
  private final Map<Long, UpdateMode> beginning = new HashMap<>();

  /** Completed when there is nothing more to wait for. */
  private final CompletableFuture<Void> over = new CompletableFuture<>();

  private final CompletableFuture<Void> closed = new CompletableFuture<>();

  /**
   * @param names the channels' public names
   */
  Watching(TelegramClient client, JsonLines out, PositionFile positions, Map<Long, String> names) {
    this.client = client;
    this.out = out;
    this.positions = positions;
    this.names = names;
  }

  void add(ChannelPeer peer) {
    watches.add(positions.watch(peer));
    left.add(peer.id());
  }

  /** Watches so long, or for ever; until SIGTERM or Ctrl-C in any case. */
  void run(@Nullable Duration time) throws InterruptedException {
    Thread hook =
        new Thread(
            () -> {
              over.complete(null);
              // The process ends here, and not before everything is closed.
              closed.completeOnTimeout(null, 5, TimeUnit.SECONDS).join();
              Runtime.getRuntime().halt(0);
            },
            "stop-watching");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      client.updates().start(positions.common(), watches, this);
      await(time);
      client.updates().stop();
    } finally {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException endingAlready) {
        // Then it waits for close().
      }
    }
  }

  private void await(@Nullable Duration time) throws InterruptedException {
    try {
      if (time == null) {
        over.get();
      } else {
        over.get(time.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (TimeoutException itsTime) {
      // As it was asked for.
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw cause instanceof MtprotoException gone
          ? gone
          : new FailedException(String.valueOf(cause.getMessage()));
    }
  }

  @Override
  public void close() {
    client.close();
    closed.complete(null);
  }

  private String name(long channelId) {
    return names.getOrDefault(channelId, Long.toString(channelId));
  }

  @Override
  public void onPosts(long channelId, List<Post> posts, ChannelPosition position) {
    begun(channelId);
    for (Post post : posts) {
      out.print(JsonLines.of(post, name(channelId)));
    }
    if (out.broken()) {
      // Its position is not kept, so that nothing is lost that nobody read.
      throw new FailedException("nobody reads the output any more");
    }
    positions.moved(channelId, position);
  }

  @Override
  public void onChannelMoved(long channelId, ChannelPosition position) {
    positions.moved(channelId, position);
    begun(channelId);
  }

  @Override
  public void onCommon(AccountUpdateBatch news) {
    positions.moved(news);
  }

  @Override
  public void onUpdateMode(long channelId, UpdateMode feed) {
    beginning.put(channelId, feed);
    if (positions.knows(channelId)) {
      begun(channelId);
    }
  }

  private void begun(long channelId) {
    UpdateMode feed = beginning.remove(channelId);
    if (feed != null) {
      out.print(
          JsonLines.event("watching")
              .with("channel", name(channelId))
              .with("feed", feed.name().toLowerCase(Locale.ROOT)));
    }
  }

  @Override
  public void onWatchEnded(
      long channelId, ChannelPosition position, EndReason reason, String error) {
    out.print(
        JsonLines.event("watch_ended")
            .with("channel", name(channelId))
            .with("reason", reason.name().toLowerCase(Locale.ROOT))
            .with("error", error));
    left.remove(channelId);
    if (left.isEmpty()) {
      over.completeExceptionally(new FailedException("no channel is left to watch"));
    }
  }

  @Override
  public void onFailed(Throwable cause) {
    over.completeExceptionally(cause);
  }
}
