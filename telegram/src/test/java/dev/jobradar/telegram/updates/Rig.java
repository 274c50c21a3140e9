package dev.jobradar.telegram.updates;

import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.tl.TlMethod;
import dev.jobradar.tl.api.TypeUpdate;
import dev.jobradar.tl.api.TypeUpdates;
import dev.jobradar.tl.api.method.Updates;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An engine with a clock that the test moves, and a log of what it wanted. */
final class Rig {
  static final long SELF = 1;

  final UpdateEngine engine;
  final List<Effect> effects = new ArrayList<>();
  private final List<Effect.Call> calls = new ArrayList<>();
  long now = 5_000;

  Rig(@Nullable CommonPosition from) {
    engine = new UpdateEngine(SELF, from, now);
  }

  /** An engine that has heard that nothing is new since a position with pts 10, qts 0 and seq 1. */
  static Rig inStep() {
    Rig rig = new Rig(new CommonPosition(10, 0, Tl.DATE, 1));
    rig.connect();
    return rig;
  }

  /** Connects, and answers the first difference with nothing. */
  void connect() {
    engine.connected(now);
    take();
    answer(
        Updates.GetDifference.class, new dev.jobradar.tl.api.updates.DifferenceEmpty(Tl.DATE, 1));
  }

  /** Watches a channel that the account has joined and that is in step. */
  void watchJoined(long channel, int pts, int last) {
    engine.watch(channel, channel * 7, true, new ChannelPosition(pts, last, 0), now);
    take();
    answer(Updates.GetChannelDifference.class, Tl.nothingNew(pts, null));
  }

  void receive(TypeUpdates updates) {
    engine.received(updates, now);
    take();
  }

  void receive(TypeUpdate... updates) {
    receive(Tl.pushed(updates));
  }

  /** Lets time pass, waking the engine whenever it wants to be. */
  void pass(long millis) {
    long end = now + millis;
    while (engine.nextWakeUp() <= end) {
      now = Math.max(now, engine.nextWakeUp());
      engine.tick(now);
      take();
    }
    now = end;
  }

  void take() {
    for (Effect effect : engine.takeEffects()) {
      effects.add(effect);
      if (effect instanceof Effect.Call call) {
        calls.add(call);
      }
    }
  }

  /** The methods of the calls that wait for an answer. */
  List<TlMethod<?>> waiting() {
    return calls.stream().<TlMethod<?>>map(Effect.Call::method).toList();
  }

  /** The one call of this method that waits for an answer. */
  <M extends TlMethod<?>> M call(Class<M> method) {
    return method.cast(find(method).method());
  }

  private Effect.Call find(Class<? extends TlMethod<?>> method) {
    List<Effect.Call> found =
        calls.stream().filter(call -> method.isInstance(call.method())).toList();
    if (found.size() != 1) {
      throw new AssertionError("expected one " + method.getSimpleName() + ", got " + waiting());
    }
    return found.getFirst();
  }

  void answer(Class<? extends TlMethod<?>> method, Object answer) {
    answer(find(method), answer);
  }

  void answer(Effect.Call call, Object answer) {
    calls.remove(call);
    engine.answered(call, answer, now);
    take();
  }

  void fail(Class<? extends TlMethod<?>> method, MtprotoException why) {
    Effect.Call call = find(method);
    calls.remove(call);
    engine.failed(call, why, now);
    take();
  }

  List<Effect.Call> calls() {
    return List.copyOf(calls);
  }

  /** The ids of a channel's posts, in the order in which they were delivered. */
  List<Integer> posts(long channel) {
    return effects.stream()
        .filter(Effect.Post.class::isInstance)
        .map(Effect.Post.class::cast)
        .filter(post -> post.channelId() == channel)
        .map(post -> post.message().id())
        .toList();
  }

  /** The positions that came with a channel's posts. */
  List<String> positions(long channel) {
    return effects.stream()
        .filter(Effect.Post.class::isInstance)
        .map(Effect.Post.class::cast)
        .filter(post -> post.channelId() == channel)
        .map(post -> post.position().text())
        .toList();
  }

  /** Updates of the common box, in the order in which they were delivered. */
  List<TypeUpdate> common() {
    return effects.stream()
        .filter(Effect.Common.class::isInstance)
        .flatMap(common -> ((Effect.Common) common).updates().stream())
        .toList();
  }

  /** The effects of a kind. */
  <E extends Effect> List<E> all(Class<E> kind) {
    return effects.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** Where the account stands. */
  String standing() {
    return engine.position().map(CommonPosition::text).orElse("unknown");
  }

  /** Where a channel stands. */
  String standing(long channel) {
    return engine.position(channel).map(ChannelPosition::text).orElse("not watched");
  }
}
