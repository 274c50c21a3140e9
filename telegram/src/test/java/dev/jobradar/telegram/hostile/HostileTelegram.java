package dev.jobradar.telegram.hostile;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.crypto.AuthKey;
import dev.jobradar.mtproto.crypto.RsaPrivateKey;
import dev.jobradar.mtproto.session.SessionLimits;
import dev.jobradar.sandbox.event.EventListener;
import dev.jobradar.sandbox.fault.Aim;
import dev.jobradar.sandbox.fault.Fault;
import dev.jobradar.sandbox.fault.Faults;
import dev.jobradar.sandbox.fault.StandingFault;
import dev.jobradar.sandbox.feed.VacancyFeed;
import dev.jobradar.sandbox.net.ClientLink;
import dev.jobradar.sandbox.net.ConnectionId;
import dev.jobradar.sandbox.net.Endpoint;
import dev.jobradar.sandbox.net.Network;
import dev.jobradar.sandbox.net.NetworkListener;
import dev.jobradar.sandbox.net.NetworkOptions;
import dev.jobradar.sandbox.net.RpcCall;
import dev.jobradar.sandbox.net.RpcService;
import dev.jobradar.sandbox.net.RpcSession;
import dev.jobradar.sandbox.rpc.DataCentre;
import dev.jobradar.sandbox.rpc.RpcServer;
import dev.jobradar.sandbox.world.Device;
import dev.jobradar.sandbox.world.Journal;
import dev.jobradar.sandbox.world.KeyId;
import dev.jobradar.sandbox.world.User;
import dev.jobradar.sandbox.world.UserId;
import dev.jobradar.sandbox.world.World;
import dev.jobradar.sandbox.world.WorldOptions;
import dev.jobradar.telegram.session.DataCentres;
import dev.jobradar.telegram.session.SavedSession;
import dev.jobradar.tl.TlReader;
import dev.jobradar.tl.api.UpdatesTooLong;
import dev.jobradar.tl.api.method.InitConnection;
import dev.jobradar.tl.api.method.InvokeWithLayer;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Three data centres of the sandbox that answer each client as its seed wants it: rightly, or with
 * whatever else a server can say. A client names its seed as its device.
 */
final class HostileTelegram implements AutoCloseable {
  static final int DATA_CENTRES = 3;

  private static final RsaPrivateKey RSA_KEY = RsaPrivateKey.generate(new SecureRandom());

  /** What a server and a client have to do with each other. */
  static final class Dealings {
    final HostileAnswers answers;
    final Rate calls = new Rate();

    private final Set<KeyId> keys = ConcurrentHashMap.newKeySet();
    private final List<StandingFault> packetFaults = new CopyOnWriteArrayList<>();

    final Fault.@Nullable OfConnection link;
    final @Nullable Fault packets;

    /** How many packets were answered with another salt. */
    long wrongSalts() {
      return packets instanceof Fault.WrongSalt
          ? packetFaults.stream().mapToLong(StandingFault::struck).sum()
          : 0;
    }

    Dealings(int seed) {
      answers = new HostileAnswers(seed);
      link = answers.link();
      packets = answers.packets();
    }
  }

  private final Faults faults = new Faults();
  private final World world = new World(InstantSource.system(), WorldOptions.DEFAULT);
  private final Network network;
  private final Map<Integer, Dealings> dealings = new ConcurrentHashMap<>();
  private final SecureRandom random = new SecureRandom();

  HostileTelegram() {
    world.start(Journal.NONE);
    new VacancyFeed(world, 1).begin();
    NetworkOptions options =
        new NetworkOptions(
            0,
            DATA_CENTRES,
            false,
            true,
            InstantSource.system(),
            SessionLimits.DEFAULT,
            Duration.ofHours(1),
            faults);
    network =
        Network.open(
            options,
            RSA_KEY,
            world,
            (endpoints, counts) ->
                new Service(
                    new RpcServer(
                        world,
                        addresses(endpoints),
                        InstantSource.system(),
                        EventListener.NONE,
                        faults,
                        counts)),
            NetworkListener.NONE);
  }

  private static List<DataCentre> addresses(List<Endpoint> endpoints) {
    return endpoints.stream()
        .map(endpoint ->
            new DataCentre(
                endpoint.dc().value(),
                endpoint.address().getAddress().getHostAddress(),
                endpoint.address().getPort(),
                null))
        .toList();
  }

  Network network() {
    return network;
  }

  Dealings with(int seed) {
    return dealings.computeIfAbsent(seed, Dealings::new);
  }

  /** The first data centre; a client learns of the others from {@code help.getConfig}. */
  DataCentres dataCentres() {
    Map<DcId, InetSocketAddress> known = new HashMap<>();
    Endpoint first = network.endpoints().getFirst();
    known.put(first.dc(), first.address());
    return DataCentres.custom(known, List.of(RSA_KEY.publicKey()));
  }

  /** A sign-in at the first data centre. */
  SavedSession signedIn(int seed) {
    User user =
        world.userByPhone(
            "9990%08d".formatted(seed),
            (id, digits, now) -> new User(id, digits, "Somebody", "", null, 1, false, now));
    byte[] secret = new byte[AuthKey.SIZE];
    random.nextBytes(secret);
    AuthKey made = new AuthKey(secret);
    KeyId key = new KeyId(made.id());
    world.addKey(key, 1, secret, 0);
    world.signIn(key, user.id(), 1, Device.UNKNOWN);
    return SavedSession.of(new DcId(1), false, made);
  }

  @Override
  public void close() {
    network.close();
  }

  // --- the server ----------------------------------------------------------------------------

  private final class Service implements RpcService {
    private final RpcService right;

    Service(RpcService right) {
      this.right = right;
    }

    @Override
    public RpcSession open(ClientLink link) {
      return new Session(link, right.open(link));
    }

    @Override
    public Optional<UserId> account(KeyId key) {
      return right.account(key);
    }

    @Override
    public void endSignIn(KeyId key, int code, String error) {
      right.endSignIn(key, code, error);
    }

    @Override
    public void keyDestroyed(KeyId key) {
      right.keyDestroyed(key);
    }
  }

  private final class Session implements RpcSession {
    private final ClientLink link;
    private final RpcSession right;
    private @Nullable Dealings client;

    Session(ClientLink link, RpcSession right) {
      this.link = link;
      this.right = right;
    }

    @Override
    public void execute(RpcCall call) {
      TlReader query = new TlReader(call.query());
      int method = query.readInt();
      if (method == InvokeWithLayer.ID) {
        query.readInt();
        method = query.readInt();
      }
      if (method == InitConnection.ID) {
        query.readInt();
        query.readInt();
        introduced(with(Integer.parseInt(query.readString())));
        for (int i = 0; i < 5; i++) {
          query.readString();
        }
        method = query.readInt();
      }
      Dealings known = client;
      if (known == null) {
        call.fail(400, "CONNECTION_NOT_INITED");
        return;
      }
      known.calls.count(System.nanoTime() / 1_000_000);
      HostileAnswers.Reaction reaction = known.answers.to(method);
      if (!known.answers.fail(call, reaction, link.dc().value())) {
        react(reaction, call);
      }
    }

    private void introduced(Dealings by) {
      client = by;
      if (by.keys.add(link.key())) {
        Aim aim = Aim.key(link.key());
        if (by.link != null) {
          // For some connections: their first packet is the next one.
          faults.set(by.link, aim, 1 + by.answers.number(4));
        }
        if (by.packets != null) {
          by.packetFaults.add(faults.set(by.packets, aim));
        }
      }
    }

    private void react(HostileAnswers.Reaction reaction, RpcCall call) {
      switch (reaction) {
        case LATE ->
            Thread.startVirtualThread(() -> {
              try {
                Thread.sleep(1_500);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              right.execute(call);
            });
        case SILENCE -> {}
        case LOST -> right.execute(new LostCall(call));
        case HANG_UP -> call.lose(new byte[] {1, 2, 3, 4}, true);
        case UNREADABLE -> call.answer(new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
        case ANSWER_TO_ANOTHER_QUESTION -> call.answer(new UpdatesTooLong().toByteArray());
        case UPDATES_TOO_LONG -> {
          link.push(new UpdatesTooLong().toByteArray());
          right.execute(call);
        }
        default -> right.execute(call);
      }
    }

    @Override
    public void updatesDropped() {
      right.updatesDropped();
    }

    @Override
    public void ended() {
      right.ended();
    }
  }

  /** A call that is executed, and whose answer goes astray with its connection. */
  private record LostCall(RpcCall call) implements RpcCall {
    @Override
    public ConnectionId connection() {
      return call.connection();
    }

    @Override
    public long messageId() {
      return call.messageId();
    }

    @Override
    public byte[] query() {
      return call.query();
    }

    @Override
    public void answer(byte[] result) {
      call.lose(result, true);
    }

    @Override
    public void fail(int code, String error) {
      call.fail(code, error);
    }

    @Override
    public void lose(byte[] result, boolean hangUp) {
      call.lose(result, hangUp);
    }
  }
}
