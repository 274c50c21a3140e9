package dev.jobradar.sandbox.rpc;

import dev.jobradar.sandbox.fault.Fault;
import dev.jobradar.sandbox.fault.FaultSite;
import dev.jobradar.sandbox.layer.LayerCodec;
import dev.jobradar.sandbox.layer.LayerException;
import dev.jobradar.sandbox.layer.LayerTooOldException;
import dev.jobradar.sandbox.net.ClientLink;
import dev.jobradar.sandbox.net.RpcCall;
import dev.jobradar.sandbox.net.RpcSession;
import dev.jobradar.sandbox.world.ChannelId;
import dev.jobradar.sandbox.world.Device;
import dev.jobradar.sandbox.world.KeyId;
import dev.jobradar.sandbox.world.RpcErrorException;
import dev.jobradar.sandbox.world.Subscriber;
import dev.jobradar.sandbox.world.Update;
import dev.jobradar.sandbox.world.UserId;
import dev.jobradar.tl.GzipPacked;
import dev.jobradar.tl.TlException;
import dev.jobradar.tl.TlMethod;
import dev.jobradar.tl.TlWriter;
import dev.jobradar.tl.api.TypeUpdates;
import dev.jobradar.tl.api.UpdatesTooLong;
import dev.jobradar.tl.api.method.Auth.BindTempAuthKey;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One session of a client: executes its queries in order and pushes its updates. */
final class ApiSession implements RpcSession, Subscriber {

  private static final Logger LOG = LoggerFactory.getLogger(ApiSession.class);

  /** Smaller answers are not compressed, bytes. */
  private static final int PACKED_FROM = 4_096;

  /** How many failed calls are remembered for those that wait for them. */
  private static final int MAX_FAILED = 1_000;

  /** How long an update waits for the next one to overtake it. */
  private static final Duration MAX_HOLD = Duration.ofMillis(300);

  private final RpcServer server;
  private final ClientLink link;
  private final Object lock = new Object();
  private volatile Device device = Device.UNKNOWN;

  /** An update that a fault holds back until the next one. */
  private final AtomicReference<byte @Nullable []> held = new AtomicReference<>();

  /** Whether it has said what client it is, in this very session. */
  private boolean introduced;

  /** The newest calls that were answered with an error. */
  private final Set<Long> failed = new LinkedHashSet<>(0);

  // Guarded by lock.
  private @Nullable KeyId registered;
  private @Nullable UserId subscribed;
  private boolean over;

  ApiSession(RpcServer server, ClientLink link) {
    this.server = server;
    this.link = link;
  }

  @Override
  public void execute(RpcCall call) {
    String name = "";
    String error = null;
    RpcServer.Sending sending = null;
    boolean answersLater = false;
    try {
      Envelope envelope = Envelope.open(call.query());
      failWrappers(envelope);
      requireIntroduction(envelope);
      note(envelope);
      TlMethod<?> method = server.layers().readRequest(call.query(), envelope.query());
      name = server.nameOf(method);
      FaultSite site = site().calling(Set.of(name)).in(CalledChannel.of(method));
      requireBound(method);
      requireInitialised(method);
      requireDone(envelope.after());
      sending = server.begin(method, key());
      failOnPurpose(site);
      LayerCodec codec = codec();
      Object result = answer(method, call, envelope.withoutUpdates());
      // Asked again: the call may have signed somebody in.
      UserId me = server.account(key()).orElse(null);
      byte[] bytes = codec.writeResult(method, result);
      byte[] shown = server.unknownConstructors().hideMessages(bytes, me, () -> site, codec);
      RpcServer.Sending mine = sending;
      answersLater = answer(call, site, shown, () -> server.end(mine));
    } catch (RpcErrorException refusal) {
      error = refusal.name();
      call.fail(refusal.code(), refusal.name());
    } catch (LayerTooOldException e) {
      error = e.error();
      call.fail(e.code(), e.error());
    } catch (TlException e) {
      error =
          e.reason() == TlException.Reason.UNKNOWN_CONSTRUCTOR && name.isEmpty()
              ? "INPUT_METHOD_INVALID"
              : "INPUT_FETCH_ERROR";
      call.fail(400, error);
    } catch (RuntimeException e) {
      LOG.error("{} failed", name, e);
      error = "INTERNAL_SERVER_ERROR";
      call.fail(500, error);
    }
    if (!answersLater) {
      server.end(sending);
    }
    if (error != null) {
      noteFailure(call.messageId());
    }
    server.reportCall(this, call.connection(), name, error);
  }

  /** A call that waits for one that failed fails too (api/invoking). */
  private void requireDone(List<Long> messages) {
    if (messages.stream().anyMatch(failed::contains)) {
      throw RpcErrorException.badRequest("MSG_WAIT_FAILED");
    }
  }

  private void noteFailure(long messageId) {
    failed.add(messageId);
    if (failed.size() > MAX_FAILED) {
      failed.remove(failed.iterator().next());
    }
  }

  /** A layer alone introduces nobody: {@code initConnection} belongs into it (api/invoking). */
  private void requireIntroduction(Envelope envelope) {
    if (!envelope.device().equals(Device.UNKNOWN)) {
      introduced = true;
    } else if (envelope.layer() != 0 && !introduced) {
      throw RpcErrorException.badRequest("CONNECTION_NOT_INITED");
    }
  }

  /** A temporary key can be bound and nothing else until it is (api/pfs). */
  private void requireBound(TlMethod<?> method) {
    if (link.isUnbound() && !(method instanceof BindTempAuthKey)) {
      throw new RpcErrorException(401, "AUTH_KEY_PERM_EMPTY");
    }
  }

  /** Refuses a connection before it is introduced: what {@code initConnection} said is not kept. */
  private void failWrappers(Envelope envelope) {
    fail(server.faults().strikeNamed(Fault.Fail.class, () -> site().calling(envelope.names())));
  }

  private void failOnPurpose(FaultSite site) {
    fail(server.faults().strike(Fault.Fail.class, () -> site));
    Fault.MigrateLoop loop =
        server
            .faults()
            .strike(Fault.MigrateLoop.class, () -> site, ring -> ring.includes(site.dc()));
    fail(loop == null ? null : loop.at(site.dc()));
  }

  private static void fail(Fault.@Nullable Fail fault) {
    if (fault != null) {
      throw new RpcErrorException(fault.code(), fault.error());
    }
  }

  /**
   * Answers, or lets a fault do so.
   *
   * @param end done when an answer that comes later has been given
   * @return whether it comes later
   */
  private boolean answer(RpcCall call, FaultSite site, byte[] answer, Runnable end) {
    switch (server.faults().strike(Fault.OfAnswer.class, () -> site)) {
      case null -> call.answer(packed(answer));
      case Fault.DelayAnswers(Duration delay) -> {
        later(
            delay,
            () -> {
              end.run();
              call.answer(packed(answer));
            });
        return true;
      }
      case Fault.LoseAnswers(boolean hangUp) -> call.lose(packed(answer), hangUp);
      case Fault.UnknownConstructor() -> call.answer(UnknownConstructors.outermost(answer));
    }
    return false;
  }

  private static void later(Duration delay, Runnable what) {
    Thread.startVirtualThread(() -> {
      try {
        Thread.sleep(delay);
        what.run();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
  }

  private FaultSite site() {
    return FaultSite.of(dc(), key(), server.account(key()).orElse(null));
  }

  /** Long answers are packed, as at Telegram. */
  private static byte[] packed(byte[] answer) {
    if (answer.length < PACKED_FROM) {
      return answer;
    }
    TlWriter writer = new TlWriter();
    GzipPacked.write(writer, answer);
    return writer.size() < answer.length ? writer.toByteArray() : answer;
  }

  /** Until a client has said what it is, it can bind its key and nothing else (api/invoking). */
  private void requireInitialised(TlMethod<?> method) {
    if (device.equals(Device.UNKNOWN) && !(method instanceof BindTempAuthKey)) {
      throw RpcErrorException.badRequest("CONNECTION_NOT_INITED");
    }
    if (device.apiId() < 0) {
      throw RpcErrorException.badRequest("CONNECTION_API_ID_INVALID");
    }
    if (device.layer() == 0 && !device.equals(Device.UNKNOWN)) {
      throw RpcErrorException.badRequest("CONNECTION_LAYER_INVALID");
    }
  }

  /** What writes for this client. One that has not said its layer can only bind its key. */
  private LayerCodec codec() {
    return device.layer() == 0 ? server.layers().ours() : server.layers().forLayer(device.layer());
  }

  private Object answer(TlMethod<?> method, RpcCall call, boolean withoutUpdates) {
    server.requireAlive(link.key());
    if (!withoutUpdates) {
      subscribe();
    }
    Caller caller = new Caller(server.world(), link, call, this, device);
    Object result = server.methods().answer(method, caller);
    if (!withoutUpdates) {
      subscribe();
    }
    return result;
  }

  /** Takes over what the wrappers say, or what the key said before. */
  private void note(Envelope envelope) {
    KeyId key = link.key();
    Device said = envelope.device();
    if (!said.equals(Device.UNKNOWN)) {
      device = said;
      server.deviceSeen(key, said);
    } else if (device.equals(Device.UNKNOWN)) {
      device = server.device(key);
    }
    if (envelope.layer() != 0 && envelope.layer() != device.layer()) {
      device = device.withLayer(envelope.layer());
    }
    synchronized (lock) {
      if (!over && !key.equals(registered)) {
        server.register(this, registered, key);
        registered = key;
      }
    }
  }

  /** Subscribes to the updates of the signed-in account. */
  private void subscribe() {
    UserId me = server.account(link.key()).orElse(null);
    synchronized (lock) {
      if (over || me == null || me.equals(subscribed)) {
        return;
      }
      unsubscribe();
      subscribed = me;
      server.world().subscribe(me, this);
    }
  }

  private void unsubscribe() {
    if (subscribed != null) {
      server.world().unsubscribe(subscribed, this);
      subscribed = null;
    }
  }

  /** The key's sign-in has ended. */
  void signedOut() {
    synchronized (lock) {
      unsubscribe();
    }
    link.signedOut();
  }

  KeyId key() {
    return link.key();
  }

  int dc() {
    return link.dc().value();
  }

  @Override
  public void deliver(Update update) {
    // Asked each time: the account may have moved to another data centre.
    UserId me = server.account(link.key()).orElse(null);
    synchronized (lock) {
      if (me == null || !me.equals(subscribed)) {
        return;
      }
    }
    switch (update) {
      case Update.OfChannel ofChannel ->
          send(ofChannel.channel(), codec -> server.postPushes().write(me, ofChannel, codec));
      case Update.ReadChannel read -> send(read.channel(), codec -> server.push(me, read, codec));
      case Update.PostsTogether posts ->
          send(posts.channel(), codec -> server.push(me, posts, codec));
      case Update.PostViews seen -> send(seen.channel(), codec -> server.push(me, seen, codec));
      default -> push(server.updates().push(me, update));
    }
  }

  /** Pushes updates in the client's layer, as far as it has them. */
  void push(TypeUpdates updates) {
    send(null, codec -> codec.writeUpdates(updates));
  }

  /**
   * @param channel to which the update belongs; null for none
   */
  private void send(@Nullable ChannelId channel, Function<LayerCodec, Optional<byte[]>> update) {
    try {
      LayerCodec codec = codec();
      update.apply(codec).ifPresent(bytes -> pushBytes(bytes, channel, codec));
    } catch (LayerException | LayerTooOldException e) {
      LOG.error("an update has no form in layer {}", device.layer(), e);
    }
  }

  private void pushBytes(byte[] written, @Nullable ChannelId channel, LayerCodec codec) {
    if (server.faults().isEmpty()) {
      link.push(written);
      return;
    }
    FaultSite site = site().in(channel);
    byte[] update =
        server.unknownConstructors().hideMessages(written, site.account(), () -> site, codec);
    byte[] overtaken = held.getAndSet(null);
    if (overtaken != null) {
      link.push(update);
      link.push(overtaken);
      return;
    }
    switch (server.faults().strike(Fault.OfUpdate.class, () -> site)) {
      case null -> link.push(update);
      case Fault.SwallowUpdates() -> {}
      case Fault.UnknownUpdates() -> link.push(UnknownConstructors.outermost(update));
      case Fault.DoubleUpdates() -> {
        link.push(update);
        link.push(update);
      }
      case Fault.ReorderUpdates() -> {
        held.set(update);
        later(
            MAX_HOLD,
            () -> {
              if (held.compareAndSet(update, null)) {
                link.push(update);
              }
            });
      }
    }
  }

  @Override
  public void updatesDropped() {
    codec().writeUpdates(new UpdatesTooLong()).ifPresent(link::push);
  }

  @Override
  public void ended() {
    synchronized (lock) {
      over = true;
      unsubscribe();
      server.unregister(this, registered);
    }
  }
}
