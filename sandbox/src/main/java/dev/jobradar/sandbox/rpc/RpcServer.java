package dev.jobradar.sandbox.rpc;

import dev.jobradar.sandbox.event.Event;
import dev.jobradar.sandbox.event.EventListener;
import dev.jobradar.sandbox.fault.Faults;
import dev.jobradar.sandbox.layer.LayerCodec;
import dev.jobradar.sandbox.layer.Layers;
import dev.jobradar.sandbox.net.ClientLink;
import dev.jobradar.sandbox.net.ConnectionCount;
import dev.jobradar.sandbox.net.ConnectionId;
import dev.jobradar.sandbox.net.RpcService;
import dev.jobradar.sandbox.net.RpcSession;
import dev.jobradar.sandbox.world.Authorization;
import dev.jobradar.sandbox.world.Device;
import dev.jobradar.sandbox.world.KeyId;
import dev.jobradar.sandbox.world.RpcErrorException;
import dev.jobradar.sandbox.world.Update;
import dev.jobradar.sandbox.world.User;
import dev.jobradar.sandbox.world.UserId;
import dev.jobradar.sandbox.world.World;
import dev.jobradar.tl.TlMethod;
import dev.jobradar.tl.api.ApiSchema;
import dev.jobradar.tl.api.method.Messages;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers the queries of all clients from one world. Thread-safe. */
public final class RpcServer implements RpcService {

  private final World world;
  private final EventListener events;
  private final Faults faults;
  private final Function<KeyId, ConnectionCount> connections;
  private final UpdateViews updates;
  private final PostPushes postPushes;
  private final UnknownConstructors unknownConstructors;
  private final Layers layers = new Layers();
  private final MethodTable methods = new MethodTable();
  private final Map<KeyId, Set<ApiSession>> sessions = new ConcurrentHashMap<>();

  /** The messages that are being sent: a second call for one is refused meanwhile. */
  private final Set<Sending> sending = ConcurrentHashMap.newKeySet();

  /** What keys that are not signed in have said of themselves. */
  private final Map<KeyId, Device> strangers = new ConcurrentHashMap<>();

  /**
   * @param faults what goes wrong on purpose
   * @param connections how many connections a key has, for the events
   */
  public RpcServer(
      World world,
      List<DataCentre> dataCentres,
      InstantSource clock,
      EventListener events,
      Faults faults,
      Function<KeyId, ConnectionCount> connections) {
    this.world = world;
    this.faults = faults;
    this.events = events;
    this.connections = connections;
    Views views = new Views(world);
    Peers peers = new Peers(world);
    Passwords passwords = new Passwords();
    SentCodes codes = new SentCodes(clock, events);
    Authorizer signIns = new Authorizer(world, views, passwords, events, this::signedOut);
    this.updates = new UpdateViews(world, views);
    this.postPushes = new PostPushes(world, updates);
    this.unknownConstructors = new UnknownConstructors(faults, world, views);
    new HelpMethods(world, dataCentres).register(methods);
    new LangpackMethods().register(methods);
    new AuthMethods(
            world,
            dataCentres.size(),
            codes,
            passwords,
            new LoginTokens(clock),
            new Exports(clock),
            signIns,
            faults)
        .register(methods);
    new AccountMethods(world, views, passwords, signIns).register(methods);
    new UserMethods(world, views, peers).register(methods);
    new ContactMethods(world, views).register(methods);
    new ChannelMethods(world, views, updates, peers).register(methods);
    new DialogMethods(world, views, updates, peers).register(methods);
    new MessageMethods(world, views, updates, peers, codes, faults).register(methods);
    new UpdateMethods(world, views, updates, peers, faults).register(methods);
  }

  @Override
  public RpcSession open(ClientLink link) {
    return new ApiSession(this, link);
  }

  /** Authorisations at data centres that are not the account's own do not count as sign-ins. */
  @Override
  public Optional<UserId> account(KeyId key) {
    return world
        .authorization(key)
        .filter(known ->
            world.user(known.user()).map(User::homeDc).filter(dc -> dc == known.dc()).isPresent())
        .map(Authorization::user);
  }

  @Override
  public void endSignIn(KeyId key, int code, String error) {
    world.revoke(key, code, error);
    signedOut(key);
  }

  @Override
  public void keyDestroyed(KeyId key) {
    world.destroyKey(key);
    strangers.remove(key);
    signedOut(key);
  }

  // For the sessions

  World world() {
    return world;
  }

  MethodTable methods() {
    return methods;
  }

  UpdateViews updates() {
    return updates;
  }

  PostPushes postPushes() {
    return postPushes;
  }

  UnknownConstructors unknownConstructors() {
    return unknownConstructors;
  }

  Optional<byte[]> push(UserId me, Update update, LayerCodec codec) {
    return codec.writeUpdates(updates.push(me, update));
  }

  Faults faults() {
    return faults;
  }

  Layers layers() {
    return layers;
  }

  String nameOf(TlMethod<?> method) {
    return Objects.requireNonNullElse(ApiSchema.nameOf(method.constructorId()), "");
  }

  /** Refuses a key whose sign-in was ended from outside. */
  void requireAlive(KeyId key) {
    world
        .revocation(key)
        .ifPresent(refusal -> {
          throw refusal;
        });
  }

  /** A message that is being sent. */
  record Sending(UserId from, long randomId) {}

  /**
   * Notes that a message is being sent, if the call sends one.
   *
   * @throws RpcErrorException when the same one is being sent already
   */
  @Nullable Sending begin(TlMethod<?> method, KeyId key) {
    UserId from = account(key).orElse(null);
    if (from == null || !(method instanceof Messages.SendMessage call) || call.randomId() == 0) {
      return null;
    }
    Sending begun = new Sending(from, call.randomId());
    if (!sending.add(begun)) {
      throw RpcErrorException.badRequest("RANDOM_ID_DUPLICATE");
    }
    return begun;
  }

  /** The message is sent, or was refused. */
  void end(@Nullable Sending begun) {
    if (begun != null) {
      sending.remove(begun);
    }
  }

  void deviceSeen(KeyId key, Device device) {
    if (device.layer() > ApiSchema.LAYER && !device(key).equals(device)) {
      events.on(new Event.LayerNoted(key.value(), device.layer(), ApiSchema.LAYER));
    }
    if (world.deviceSeen(key, device)) {
      strangers.remove(key);
    } else {
      strangers.put(key, device);
    }
  }

  Device device(KeyId key) {
    return world
        .authorization(key)
        .map(Authorization::device)
        .orElseGet(() -> strangers.getOrDefault(key, Device.UNKNOWN));
  }

  void register(ApiSession session, @Nullable KeyId before, KeyId key) {
    unregister(session, before);
    sessions.computeIfAbsent(key, absent -> ConcurrentHashMap.newKeySet()).add(session);
  }

  void unregister(ApiSession session, @Nullable KeyId key) {
    if (key != null) {
      sessions.computeIfPresent(
          key,
          (same, all) -> {
            all.remove(session);
            return all.isEmpty() ? null : all;
          });
    }
  }

  private void signedOut(KeyId key) {
    Set.copyOf(sessions.getOrDefault(key, Set.of())).forEach(ApiSession::signedOut);
  }

  void reportCall(
      ApiSession session, ConnectionId connection, String method, @Nullable String error) {
    if (events.equals(EventListener.NONE)) {
      return;
    }
    KeyId key = session.key();
    ConnectionCount count = connections.apply(key);
    long user = world.authorization(key).map(known -> known.user().value()).orElse(0L);
    events.on(
        new Event.Rpc(
            method,
            connection.value(),
            session.dc(),
            key.value(),
            user,
            count.open(),
            count.maxOpen(),
            error));
  }
}
