package dev.jobradar.telegram.updates;

import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.mtproto.RpcException;
import dev.jobradar.telegram.updates.Effect.EndReason;
import dev.jobradar.tl.TlMethod;
import dev.jobradar.tl.api.Channel;
import dev.jobradar.tl.api.ChannelForbidden;
import dev.jobradar.tl.api.InputChannel;
import dev.jobradar.tl.api.InputUserSelf;
import dev.jobradar.tl.api.TypeChat;
import dev.jobradar.tl.api.TypeInputChannel;
import dev.jobradar.tl.api.TypeUpdates;
import dev.jobradar.tl.api.User;
import dev.jobradar.tl.api.messages.TypeChats;
import dev.jobradar.tl.api.method.Users;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An {@link UpdateEngine}, and the requests before it can begin: who the account is, and which of
 * the channels it has joined.
 *
 * <p>It is driven as the engine is. What is pushed before the engine has begun is passed over: the
 * difference that it begins with brings it.
 *
 * <p>Not thread-safe.
 */
public final class UpdateBootstrap {
  /** The most channels that are asked about at once. */
  private static final int MOST_ASKED = 100;

  /** The channel id of calls that are this class's own. */
  private static final long LOOK_UP = -1;

  /** A channel that the engine does not watch yet. */
  private record Newcomer(
      long id, long accessHash, ChannelPosition from, boolean inStep, @Nullable Boolean joined) {
    Newcomer known(long hash, boolean member) {
      return new Newcomer(id, hash, from, inStep, member);
    }
  }

  private final @Nullable CommonPosition from;
  private long self;
  private @Nullable UpdateEngine engine;
  private final EffectBuffer out = new EffectBuffer();

  /** In the order in which they were named; null for none. */
  private @Nullable Map<Long, Newcomer> newcomers;

  private boolean online;

  /** The call that is under way, null for none. */
  private Effect.@Nullable Call asking;

  private List<Long> askedAbout = List.of();

  /**
   * How many are asked about at once. One channel that the account may not see spoils the answer
   * for all of them: then half as many, until it is found.
   */
  private int askedAtOnce = MOST_ASKED;

  private int failures;
  private long notBefore = Long.MIN_VALUE;

  /**
   * @param self the account's user id, 0 when it is to be asked for
   * @param from where the account stood, null to begin with what is new from now on
   */
  public UpdateBootstrap(long self, @Nullable CommonPosition from) {
    this.self = self;
    this.from = from;
  }

  // --- what there is to do -----------------------------------------------------------------

  /** Takes the effects since the last call, to be run in this order. */
  public List<Effect> takeEffects() {
    List<Effect> own = out.take();
    List<Effect> more = engine == null ? List.of() : engine.takeEffects();
    if (own.isEmpty() || more.isEmpty()) {
      return own.isEmpty() ? more : own;
    }
    List<Effect> all = new ArrayList<>(own);
    all.addAll(more);
    return all;
  }

  /** When {@link #tick} is to be called if nothing else comes before; Long.MAX_VALUE for never. */
  public long nextWakeUp() {
    long due = engine == null ? ChannelBox.NEVER : engine.nextWakeUp();
    return online && asking == null && wantsToAsk() ? Math.min(due, notBefore) : due;
  }

  // --- channels ----------------------------------------------------------------------------

  /**
   * Watches a channel once it is known whether the account has joined it; {@link
   * Effect.UpdateModeChanged} tells. Does nothing if it is watched already.
   *
   * @param inStep whether the common position that this began with was handed out while the channel
   *     was watched; only before the first {@link #connected}
   */
  public void watch(
      long channelId, long accessHash, ChannelPosition position, boolean inStep, long now) {
    if (engine != null && engine.updateMode(channelId).isPresent()) {
      return;
    }
    if (newcomers == null) {
      newcomers = new LinkedHashMap<>();
    }
    newcomers.putIfAbsent(channelId, new Newcomer(channelId, accessHash, position, inStep, null));
    settle(now);
  }

  /** Stops watching a channel; does nothing if it is not watched. */
  public void unwatch(long channelId, long now) {
    forget(channelId);
    if (engine != null) {
      engine.unwatch(channelId, now);
    }
    settle(now);
  }

  /** How the posts of a channel come, empty while that is not known or it is not watched. */
  public Optional<UpdateMode> updateMode(long channelId) {
    return engine == null ? Optional.empty() : engine.updateMode(channelId);
  }

  /** Where a channel stands after all effects so far, empty if it is not watched yet. */
  public Optional<ChannelPosition> position(long channelId) {
    return engine == null ? Optional.empty() : engine.position(channelId);
  }

  /** The channels that are watched, in ascending order. */
  public List<Long> watched() {
    return engine == null ? List.of() : engine.watched();
  }

  // --- what came ---------------------------------------------------------------------------

  /** As {@link UpdateEngine#connected}. */
  public void connected(long now) {
    online = true;
    if (engine != null) {
      engine.connected(now);
    }
    settle(now);
  }

  /** As {@link UpdateEngine#disconnected}. */
  public void disconnected() {
    online = false;
    if (engine != null) {
      engine.disconnected();
    }
  }

  /** As {@link UpdateEngine#gap}. */
  public void gap(long now) {
    if (engine != null) {
      engine.gap(now);
    }
  }

  /** As {@link UpdateEngine#tick}. */
  public void tick(long now) {
    if (engine != null) {
      engine.tick(now);
    }
    settle(now);
  }

  /** As {@link UpdateEngine#received}. */
  public void received(TypeUpdates updates, long now) {
    if (engine != null) {
      engine.received(updates, now);
    }
  }

  /** As {@link UpdateEngine#result}. */
  public void result(TlMethod<?> method, Object answer, long now) {
    if (engine != null) {
      engine.result(method, answer, now);
    }
  }

  /** Takes the answer to a call that was asked for. */
  public void answered(Effect.Call call, Object answer, long now) {
    if (call.channelId() != LOOK_UP) {
      if (engine != null) {
        engine.answered(call, answer, now);
      }
      return;
    }
    if (!call.equals(asking)) {
      return;
    }
    asking = null;
    failures = 0;
    askMore();
    switch (answer) {
      case TypeChats chats -> found(chats.chats(), now);
      case List<?> users when !users.isEmpty() && users.getFirst() instanceof User me ->
          self = me.id();
      default -> notBefore = now + Backoff.after(++failures);
    }
    settle(now);
  }

  /** Takes the failure of a call that was asked for; the call is repeated when that makes sense. */
  public void failed(Effect.Call call, MtprotoException why, long now) {
    if (call.channelId() != LOOK_UP) {
      if (engine != null) {
        engine.failed(call, why, now);
      }
      return;
    }
    if (!call.equals(asking)) {
      return;
    }
    asking = null;
    if (why instanceof RpcException rpc && ChannelBox.NO_ACCESS.contains(rpc.error())) {
      if (askedAbout.size() > 1) {
        askedAtOnce = askedAbout.size() / 2;
      } else {
        askMore();
        askedAbout.forEach(id -> end(id, EndReason.NO_ACCESS, rpc.error()));
      }
    } else {
      notBefore = now + Backoff.after(++failures, why);
    }
    settle(now);
  }

  private void askMore() {
    askedAtOnce = Math.min(MOST_ASKED, 2 * askedAtOnce);
  }

  // --- newcomers ---------------------------------------------------------------------------

  private void found(List<TypeChat> chats, long now) {
    for (TypeChat chat : chats) {
      switch (chat) {
        case Channel channel when !channel.min() && newcomer(channel.id()) != null -> {
          Newcomer asked = newcomer(channel.id());
          Long hash = channel.accessHash();
          if (newcomers != null && asked != null) {
            newcomers.put(
                asked.id(), asked.known(hash == null ? asked.accessHash() : hash, !channel.left()));
          }
        }
        case ChannelForbidden channel -> end(channel.id(), EndReason.NO_ACCESS, "channelForbidden");
        default -> {}
      }
    }
    for (long id : askedAbout) {
      Newcomer asked = newcomer(id);
      if (asked != null && asked.joined() == null) {
        end(id, EndReason.NO_ACCESS, "CHANNEL_INVALID");
      }
    }
    if (engine != null) {
      engine.seen(chats, now);
    }
  }

  private @Nullable Newcomer newcomer(long id) {
    return newcomers == null ? null : newcomers.get(id);
  }

  private void forget(long id) {
    if (newcomers != null) {
      newcomers.remove(id);
      if (newcomers.isEmpty()) {
        newcomers = null;
        askedAtOnce = MOST_ASKED;
      }
    }
  }

  private void end(long id, EndReason reason, String error) {
    Newcomer gone = newcomer(id);
    if (gone != null) {
      forget(id);
      out.add(new Effect.WatchEnded(id, gone.from(), reason, error));
    }
  }

  private void enter(Newcomer ready, boolean joined, UpdateEngine into, long now) {
    try {
      UpdateMode mode = into.watch(ready.id(), ready.accessHash(), joined, ready.from(), now);
      forget(ready.id());
      out.add(new Effect.UpdateModeChanged(ready.id(), mode));
    } catch (TooManyPolledException tooMany) {
      end(ready.id(), EndReason.TOO_MANY_POLLED, "not joined");
    }
  }

  // --- what follows ------------------------------------------------------------------------

  private void settle(long now) {
    if (!online) {
      return;
    }
    UpdateEngine running = engine;
    if (running == null && self != 0 && firstOnesAreKnown()) {
      running = new UpdateEngine(self, from, now);
      engine = running;
      enterAll(running, true, now);
      running.connected(now);
    }
    if (running != null) {
      enterAll(running, false, now);
    }
    if (asking == null && wantsToAsk() && notBefore <= now) {
      ask();
    }
  }

  private boolean firstOnesAreKnown() {
    return newcomers == null
        || newcomers.values().stream().noneMatch(each -> each.inStep() && each.joined() == null);
  }

  private void enterAll(UpdateEngine into, boolean onlyInStep, long now) {
    if (newcomers == null) {
      return;
    }
    for (Newcomer each : List.copyOf(newcomers.values())) {
      Boolean joined = each.joined();
      if (joined != null && (each.inStep() || !onlyInStep)) {
        enter(each, joined, into, now);
      }
    }
  }

  private boolean wantsToAsk() {
    return self == 0
        || (newcomers != null
            && newcomers.values().stream().anyMatch(each -> each.joined() == null));
  }

  private void ask() {
    TlMethod<?> method;
    if (self == 0 || newcomers == null) {
      askedAbout = List.of();
      method = new Users.GetUsers(List.of(new InputUserSelf()));
    } else {
      List<Newcomer> unknown =
          newcomers.values().stream()
              .filter(each -> each.joined() == null)
              .limit(askedAtOnce)
              .toList();
      askedAbout = unknown.stream().map(Newcomer::id).toList();
      List<TypeInputChannel> channels = new ArrayList<>(unknown.size());
      unknown.forEach(each -> channels.add(new InputChannel(each.id(), each.accessHash())));
      method = new dev.jobradar.tl.api.method.Channels.GetChannels(channels);
    }
    asking = new Effect.Call(LOOK_UP, 0, method);
    out.add(asking);
  }
}
