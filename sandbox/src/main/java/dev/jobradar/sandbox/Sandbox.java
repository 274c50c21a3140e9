package dev.jobradar.sandbox;

import dev.jobradar.mtproto.crypto.RsaPrivateKey;
import dev.jobradar.mtproto.crypto.RsaPublicKey;
import dev.jobradar.mtproto.session.SessionLimits;
import dev.jobradar.sandbox.event.Event;
import dev.jobradar.sandbox.event.EventListener;
import dev.jobradar.sandbox.fault.Aim;
import dev.jobradar.sandbox.fault.Faults;
import dev.jobradar.sandbox.feed.Feed;
import dev.jobradar.sandbox.feed.FeedClock;
import dev.jobradar.sandbox.net.ConnectionCount;
import dev.jobradar.sandbox.net.Endpoint;
import dev.jobradar.sandbox.net.Network;
import dev.jobradar.sandbox.net.NetworkOptions;
import dev.jobradar.sandbox.rpc.DataCentre;
import dev.jobradar.sandbox.rpc.RpcServer;
import dev.jobradar.sandbox.state.StateDirectory;
import dev.jobradar.sandbox.world.ChannelId;
import dev.jobradar.sandbox.world.Journal;
import dev.jobradar.sandbox.world.KeyId;
import dev.jobradar.sandbox.world.Peer;
import dev.jobradar.sandbox.world.Post;
import dev.jobradar.sandbox.world.UserId;
import dev.jobradar.sandbox.world.World;
import dev.jobradar.sandbox.world.WorldOptions;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Telegram data centre on loopback, in this process: several data centres, channels with a
 * history, accounts that come into being when somebody signs in. Any MTProto client that is told
 * the addresses and the public key can use it.
 *
 * <pre>{@code
 * try (Sandbox sandbox = Sandbox.builder().start()) {
 *   DataCentre first = sandbox.dataCentres().getFirst();
 *   ... // connect to first.host(), first.port() with sandbox.publicKey()
 *   sandbox.post("javajobs", "Java developer wanted");
 * }
 * }</pre>
 *
 * <p>Phones {@code 99966XYYYY} live at data centre X, their code is X five times; any other number
 * lives at data centre 1 and its code comes as an {@link Event.Code}. Numbers that end in 7 have
 * the two-step password {@code secret}.
 *
 * <p>Thread-safe.
 */
public final class Sandbox implements AutoCloseable {

  private static final int MAX_TEXT = 4_096;

  private final World world;
  private final Network network;
  private final Faults faults;
  private final RsaPrivateKey rsaKey;
  private final List<DataCentre> dataCentres;
  private final FeedClock feed;
  private final @Nullable StateDirectory state;

  private Sandbox(
      World world,
      Network network,
      Faults faults,
      RsaPrivateKey rsaKey,
      FeedClock feed,
      @Nullable StateDirectory state) {
    this.world = world;
    this.network = network;
    this.faults = faults;
    this.rsaKey = rsaKey;
    this.dataCentres = addresses(network.endpoints());
    this.feed = feed;
    this.state = state;
  }

  /** With three data centres on free ports, and as Telegram is otherwise. */
  public static Builder builder() {
    return new Builder();
  }

  /** How a sandbox is to be. Not thread-safe. */
  public static final class Builder {
    private int port;
    private int dataCentres = 3;
    private boolean strict;
    private boolean channels = true;
    private long seed = 1;
    private int postsPerMinute;
    private @Nullable Path state;
    private @Nullable RsaPrivateKey rsaKey;
    private InstantSource clock = InstantSource.system();
    private WorldOptions worldOptions = WorldOptions.DEFAULT;
    private EventListener listener = EventListener.NONE;

    private Builder() {}

    /** The port of data centre 1; the others have those that follow. 0, the default: any. */
    public Builder port(int number) {
      port = number;
      return this;
    }

    /** How many data centres, 1 to 9; three unless said otherwise. */
    public Builder dataCentres(int count) {
      dataCentres = count;
      return this;
    }

    /** Whether a signed-in key on two connections at once is ended with AUTH_KEY_DUPLICATED. */
    public Builder strict(boolean isStrict) {
      strict = isStrict;
      return this;
    }

    /** Keeps everything over restarts in this directory. */
    public Builder state(Path directory) {
      state = directory;
      return this;
    }

    /** The server's key; without it, and without a state, one is made, which takes a moment. */
    public Builder rsaKey(RsaPrivateKey key) {
      rsaKey = key;
      return this;
    }

    /** The server's time. */
    public Builder clock(InstantSource source) {
      clock = source;
      return this;
    }

    /** Where the world draws its lines. */
    public Builder worldOptions(WorldOptions options) {
      worldOptions = options;
      return this;
    }

    /** Leaves the channels out: the world is empty. */
    public Builder withoutChannels() {
      channels = false;
      return this;
    }

    /** Another seed makes other posts. */
    public Builder seed(long number) {
      seed = number;
      return this;
    }

    /** New posts by themselves, over all channels; 0, the default, for none. */
    public Builder postsPerMinute(int rate) {
      postsPerMinute = rate;
      return this;
    }

    /** Who hears of events. */
    public Builder listener(EventListener hearing) {
      listener = hearing;
      return this;
    }

    /**
     * Starts it.
     *
     * @throws java.io.UncheckedIOException when a port cannot be had
     * @throws dev.jobradar.sandbox.state.StateException when the state cannot be used
     */
    public Sandbox start() {
      StateDirectory directory = state == null ? null : StateDirectory.open(state);
      try {
        return start(directory);
      } catch (RuntimeException e) {
        if (directory != null) {
          directory.close();
        }
        throw e;
      }
    }

    private Sandbox start(@Nullable StateDirectory directory) {
      World world = new World(clock, worldOptions);
      Feed posts = new Feed(world, seed);
      Runnable begin = channels ? posts::begin : () -> {};
      if (directory == null) {
        world.start(Journal.NONE);
        begin.run();
      } else {
        directory.restore(world, begin);
      }
      RsaPrivateKey key = key(directory);
      NetworkOptions options =
          new NetworkOptions(
              port,
              dataCentres,
              strict,
              clock,
              SessionLimits.DEFAULT,
              Duration.ofHours(1),
              new Faults());
      Network network =
          Network.open(
              options,
              key,
              world,
              (endpoints, counts) ->
                  new RpcServer(
                      world, addresses(endpoints), clock, listener, options.faults(), counts),
              new ConnectionEvents(listener));
      FeedClock feed = new FeedClock(posts, postsPerMinute);
      return new Sandbox(world, network, options.faults(), key, feed, directory);
    }

    private RsaPrivateKey key(@Nullable StateDirectory directory) {
      if (rsaKey != null) {
        return rsaKey;
      }
      return directory == null ? RsaPrivateKey.generate(new SecureRandom()) : directory.rsaKey();
    }
  }

  private static List<DataCentre> addresses(List<Endpoint> endpoints) {
    return endpoints.stream()
        .map(endpoint ->
            new DataCentre(
                endpoint.dc().value(),
                endpoint.address().getAddress().getHostAddress(),
                endpoint.address().getPort()))
        .toList();
  }

  /** Where the data centres listen, by number. */
  public List<DataCentre> dataCentres() {
    return dataCentres;
  }

  /** The key that clients need. */
  public RsaPublicKey publicKey() {
    return rsaKey.publicKey();
  }

  /** Everything it knows, to look at and to change. */
  public World world() {
    return world;
  }

  /**
   * Makes a post in the channel of that public name.
   *
   * @throws IllegalArgumentException when there is no such channel, or the text is empty or longer
   *     than 4,096 characters
   */
  public Post post(String channel, String text) {
    Peer peer = world.byUsername(channel).orElse(null);
    if (!(peer instanceof ChannelId id)) {
      throw new IllegalArgumentException("there is no channel '" + channel + "'");
    }
    if (text.isBlank() || text.length() > MAX_TEXT) {
      throw new IllegalArgumentException("a post has 1 to " + MAX_TEXT + " characters");
    }
    return world.post(id, text.strip(), List.of());
  }

  /** How many posts a minute come by themselves from now on; 0 for none. */
  public void postsPerMinute(int rate) {
    feed.rate(rate);
  }

  /**
   * Makes accounts that are signed in, with keys that no client has used yet, at data centre 1.
   *
   * @return their session strings in Telethon's form, which names the address too
   */
  public List<String> accounts(int count) {
    return new ReadyAccounts(world, dataCentres.getFirst()).make(count);
  }

  /** The connections of a key, as the server counts them. */
  public ConnectionCount connections(KeyId key) {
    return network.connections(key);
  }

  /** The connections of an account over all its keys, as the server counts them. */
  public ConnectionCount connections(UserId account) {
    return network.connections(account);
  }

  /** What goes wrong on purpose; nothing, until something is set. */
  public Faults faults() {
    return faults;
  }

  /**
   * Closes connections that are open now, as a server that is restarted does (by FIN).
   *
   * @return how many
   */
  public int drop(Aim aim) {
    return network.drop(aim, false);
  }

  /**
   * Resets connections that are open now (by RST): what is under way either way is lost.
   *
   * @return how many
   */
  public int reset(Aim aim) {
    return network.drop(aim, true);
  }

  /** How things stand. */
  public Event.Stats stats() {
    return new Event.Stats(
        network.connections(),
        world.users(),
        network.maxOpenPerKey(),
        network.maxOpenPerAccount(),
        world.messages());
  }

  /** Closes all connections and ports, and what is kept on disk. */
  @Override
  public void close() {
    feed.close();
    network.close();
    if (state != null) {
      state.close();
    }
  }
}
