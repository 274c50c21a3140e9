package dev.jobradar.telegram;

import dev.jobradar.telegram.updates.ChannelPosition;
import dev.jobradar.telegram.updates.CommonPosition;
import dev.jobradar.telegram.updates.Effect;
import dev.jobradar.telegram.updates.UpdateBootstrap;
import dev.jobradar.tl.api.TypeUpdate;
import dev.jobradar.tl.api.TypeWebPage;
import dev.jobradar.tl.api.UpdateWebPage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what an input led to, in order: tells the listener, with the posts of one channel that
 * follow each other told together, and hands on the calls.
 */
final class EffectDispatcher {
  private static final Logger log = LoggerFactory.getLogger(EffectDispatcher.class);

  private final UpdatesListener listener;
  private final UpdateBootstrap flow;
  private final Channels channels;
  private final PendingPreviews previews = new PendingPreviews();

  /**
   * @param flow guarded by itself
   * @param channels forgets names that a channel no longer has
   */
  EffectDispatcher(UpdatesListener listener, UpdateBootstrap flow, Channels channels) {
    this.listener = listener;
    this.flow = flow;
    this.channels = channels;
  }

  /** Does everything, or everything until it is stopped. */
  void tell(List<Effect> effects, Consumer<Effect.Call> caller, BooleanSupplier stopped) {
    for (int at = 0; at < effects.size() && !stopped.getAsBoolean(); ) {
      if (effects.get(at) instanceof Effect.Post first) {
        at = posts(first.channelId(), effects, at);
      } else {
        one(effects.get(at), caller);
        at++;
      }
    }
  }

  /** Tells of the posts from here on; returns what comes after them. */
  private int posts(long channelId, List<Effect> effects, int from) {
    List<Post> posts = new ArrayList<>();
    ChannelPosition position = ChannelPosition.NEWEST;
    int at = from;
    while (at < effects.size()
        && effects.get(at) instanceof Effect.Post post
        && post.channelId() == channelId) {
      previews.seen(post.message());
      Post read = Post.of(post.message());
      if (read != null) {
        posts.add(read);
      }
      position = post.position();
      at++;
    }
    if (at < effects.size()
        && effects.get(at) instanceof Effect.ChannelMoved moved
        && moved.channelId() == channelId) {
      // Nothing lies between: one transaction less.
      position = moved.position();
      at++;
    }
    if (posts.isEmpty()) {
      listener.onChannelMoved(channelId, position);
    } else {
      listener.onPosts(channelId, List.copyOf(posts), position);
    }
    return at;
  }

  private void one(Effect effect, Consumer<Effect.Call> caller) {
    switch (effect) {
      case Effect.Call call -> caller.accept(call);
      case Effect.Post post -> throw new IllegalStateException("posts are told together");
      case Effect.ChannelMoved(long channelId, ChannelPosition position) ->
          listener.onChannelMoved(channelId, position);
      case Effect.PostEdited(long channelId, var message) -> {
        previews.seen(message);
        Post edited = Post.of(message);
        if (edited != null) {
          listener.onEdited(channelId, edited);
        }
      }
      case Effect.PostsDeleted(long channelId, var ids) -> listener.onDeleted(channelId, ids);
      case Effect.PreviewReady(long channelId, var page) -> ready(page);
      case Effect.Common(List<TypeUpdate> updates, CommonPosition position) -> {
        for (TypeUpdate update : updates) {
          if (update instanceof UpdateWebPage preview) {
            ready(preview.webpage());
          }
        }
        listener.onCommon(news(updates, position));
      }
      case Effect.CommonMoved(CommonPosition position) ->
          listener.onCommon(news(List.of(), position));
      case Effect.CommonSkipped(CommonPosition position) ->
          listener.onSkipped(news(List.of(), position));
      case Effect.UpdateModeChanged(long channelId, var mode) ->
          listener.onUpdateMode(channelId, mode);
      case Effect.WatchEnded(long channelId, var position, var reason, String error) ->
          listener.onWatchEnded(channelId, position, reason, error);
      case Effect.MessagesPassedOver(long channelId, var what, var position) ->
          listener.onPassedOver(channelId, what, position);
      case Effect.WatchStalled stalled -> listener.onStalled(stalled.channelId(), stall(stalled));
      case Effect.WatchResumed(long channelId) -> listener.onResumed(channelId);
      case Effect.ChannelChanged(var described) -> {
        Channel changed = Channel.of(described);
        channels.changed(changed);
        listener.onChannelChanged(changed);
      }
    }
  }

  private void ready(TypeWebPage page) {
    previews.ready(page).forEach(post -> listener.onEdited(post.channelId(), post));
  }

  private static Stall stall(Effect.WatchStalled stalled) {
    return new Stall(
        stalled.cause(),
        stalled.error(),
        Instant.now().minusMillis(stalled.lasting()),
        stalled.behind(),
        stalled.historyRead());
  }

  private AccountUpdateBatch news(List<TypeUpdate> updates, CommonPosition position) {
    synchronized (flow) {
      return new AccountUpdateBatch(updates, position, flow.watched());
    }
  }

  /** Tells that this was all. */
  void failed(Throwable cause) {
    try {
      listener.onFailed(cause);
    } catch (RuntimeException e) {
      log.error("a listener of updates failed while it heard of its failure", e);
    }
  }
}
