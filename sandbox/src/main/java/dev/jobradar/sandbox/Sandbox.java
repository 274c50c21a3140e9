package dev.jobradar.sandbox;

import dev.jobradar.mtproto.crypto.RsaPrivateKey;
import dev.jobradar.mtproto.crypto.RsaPublicKey;
import dev.jobradar.mtproto.session.SessionLimits;
import dev.jobradar.sandbox.event.Event;
import dev.jobradar.sandbox.event.EventListener;
import dev.jobradar.sandbox.fault.Aim;
import dev.jobradar.sandbox.fault.Fault;
import dev.jobradar.sandbox.fault.Faults;
import dev.jobradar.sandbox.fault.SkewedClock;
import dev.jobradar.sandbox.feed.FeedClock;
import dev.jobradar.sandbox.feed.LoadChannels;
import dev.jobradar.sandbox.feed.VacancyFeed;
import dev.jobradar.sandbox.layer.Layers;
import dev.jobradar.sandbox.net.ConnectionCount;
import dev.jobradar.sandbox.net.Endpoint;
import dev.jobradar.sandbox.net.Network;
import dev.jobradar.sandbox.net.NetworkOptions;
import dev.jobradar.sandbox.rpc.DataCentre;
import dev.jobradar.sandbox.rpc.RpcServer;
import dev.jobradar.sandbox.state.StateDirectory;
import dev.jobradar.sandbox.world.Authorization;
import dev.jobradar.sandbox.world.ChannelId;
import dev.jobradar.sandbox.world.ChannelSettings;
import dev.jobradar.sandbox.world.HistoryQuery;
import dev.jobradar.sandbox.world.Journal;
import dev.jobradar.sandbox.world.KeyId;
import dev.jobradar.sandbox.world.Post;
import dev.jobradar.sandbox.world.PostContent;
import dev.jobradar.sandbox.world.PublicName;
import dev.jobradar.sandbox.world.RpcErrorException;
import dev.jobradar.sandbox.world.Update;
import dev.jobradar.sandbox.world.UserId;
import dev.jobradar.sandbox.world.World;
import dev.jobradar.sandbox.world.WorldOptions;
import dev.jobradar.tl.api.MessageService;
import dev.jobradar.tl.api.PeerChannel;
import dev.jobradar.tl.api.WebPage;
import java.net.InetAddress;
import java.net.StandardProtocolFamily;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Telegram data centre on loopback, in this process: several data centres, channels with a
 * history, accounts that come into being when somebody signs in. Any MTProto client that knows the
 * addresses and the public key can use it.
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

  /** What subscribers of Premium may write, in UTF-16 units; others half of it. */
  private static final int MAX_TEXT = 8_192;

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
    private boolean ipv6;
    private boolean strict;
    private boolean channels = true;
    private int loadChannels;
    private long seed = 1;
    private int postsPerMinute;
    private int connectionsPerMinute;
    private @Nullable Path state;
    private @Nullable RsaPrivateKey rsaKey;
    private InstantSource clock = InstantSource.system();
    private WorldOptions worldOptions = WorldOptions.DEFAULT;
    private EventListener listener = EventListener.NONE;

    private Builder() {}

    /**
     * The port of data centre 1; the others have those that follow. 0, the default: any. A sandbox
     * that is started again on its ports needs {@link dev.jobradar.sandbox.net.ReservedPorts}, or
     * another program may have them.
     */
    public Builder port(int number) {
      port = number;
      return this;
    }

    /** How many data centres, 1 to 9; three unless said otherwise. */
    public Builder dataCentres(int count) {
      dataCentres = count;
      return this;
    }

    /**
     * Whether the data centres listen on ::1 too, at the same ports, and {@code help.getConfig}
     * lists that; not unless said.
     */
    public Builder ipv6(boolean isWanted) {
      ipv6 = isWanted;
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

    /**
     * More channels, which nobody has joined: {@code load_0001}, the most popular one, to {@code
     * load_2000}. 0, the default, for none.
     *
     * @throws IllegalArgumentException when it is below 0 or above 100,000
     */
    public Builder loadChannels(int count) {
      loadChannels = LoadChannels.requireCount(count);
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

    /**
     * From how many connections a minute an address gets −429; 0, the default, for no limit. As
     * {@link Fault.ConnectionLimit}, and taken away with the other faults.
     */
    public Builder connectionsPerMinute(int most) {
      connectionsPerMinute = most;
      return this;
    }

    /** The receiver of events. */
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
      Faults faults = new Faults();
      if (connectionsPerMinute > 0) {
        faults.set(new Fault.ConnectionLimit(connectionsPerMinute, Duration.ofMinutes(1)));
      }
      InstantSource time = new SkewedClock(clock, faults);
      World world = new World(time, worldOptions);
      VacancyFeed posts = new VacancyFeed(world, seed);
      Runnable begin =
          () -> {
            if (channels) {
              posts.begin();
            }
            LoadChannels.make(world, loadChannels);
          };
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
              ipv6,
              strict,
              time,
              SessionLimits.DEFAULT,
              Duration.ofHours(1),
              faults);
      Network network =
          Network.open(
              options,
              key,
              world,
              (endpoints, counts) ->
                  new RpcServer(world, addresses(endpoints), time, listener, faults, counts),
              new ConnectionEvents(listener));
      FeedClock feed = new FeedClock(posts, postsPerMinute);
      return new Sandbox(world, network, faults, key, feed, directory);
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
                endpoint.address().getPort(),
                endpoint.ipv6() == null ? null : inFull(endpoint.ipv6().getAddress())))
        .toList();
  }

  /** An IPv6 address as Telegram writes it: eight groups of four digits. */
  private static String inFull(InetAddress address) {
    return HexFormat.of().formatHex(address.getAddress()).replaceAll("(.{4})(?!$)", "$1:");
  }

  /** Where the data centres listen, by number. */
  public List<DataCentre> dataCentres() {
    return dataCentres;
  }

  /** The key that clients need. */
  public RsaPublicKey publicKey() {
    return rsaKey.publicKey();
  }

  /** Its data, to inspect and to change. */
  public World world() {
    return world;
  }

  /**
   * Makes a post in the channel of that public name.
   *
   * @throws IllegalArgumentException when there is no such channel, or the text is empty or longer
   *     than 8,192 characters
   */
  public Post post(String channel, String text) {
    return world.post(channel(channel), checked(text), List.of());
  }

  /**
   * Makes a post of any kind; see {@link PostContent}.
   *
   * @throws IllegalArgumentException when there is no such channel, it would be empty or too long,
   *     or it has something that not every client can be sent
   */
  public Post post(String channel, PostContent content) {
    return post(channel, content, world.now());
  }

  /** The same, as of a date in unix seconds; posts never get older than those before them. */
  public Post post(String channel, PostContent content, int date) {
    return world.post(channel(channel), newPost(content), date);
  }

  /** Makes posts that are pushed in one piece, as the parts of an album usually are. */
  public List<Post> postTogether(String channel, List<PostContent> parts) {
    ChannelId there = channel(channel);
    return world.postTogether(there, parts.stream().map(Sandbox::newPost).toList());
  }

  private static PostContent newPost(PostContent content) {
    if (content.isEmpty()) {
      throw new IllegalArgumentException("the post would be empty");
    }
    return checked(content);
  }

  private static PostContent checked(PostContent content) {
    if (content.text() != null && content.text().length() > MAX_TEXT) {
      throw new IllegalArgumentException("a post has at most " + MAX_TEXT + " characters");
    }
    if (!content.shape().equals(PostContent.NOTHING.shape())) {
      Layers.requireSendable(content.shape());
    }
    if (content.action() != null) {
      Layers.requireSendable(
          MessageService.builder().peerId(new PeerChannel(0)).action(content.action()).build());
    }
    return content;
  }

  /**
   * Changes what a post says.
   *
   * @throws IllegalArgumentException when there is no such channel or post, or the text is not one
   *     for {@link #post}
   */
  public Post edit(String channel, int id, String text) {
    return world.edit(withPost(channel, id), id, checked(text), List.of());
  }

  /**
   * Changes what {@code change} says of a post, and pushes that as an edit. What it does not say
   * stays. Reactions, views and buttons alone are not shown as an edit, and neither is {@link
   * PostContent#NOTHING}, which Telegram sends too.
   *
   * @throws IllegalArgumentException as for {@link #post(String, PostContent)}, or when there is no
   *     such post
   */
  public Post edit(String channel, int id, PostContent change) {
    return world.edit(withPost(channel, id), id, checked(change));
  }

  /**
   * Deletes posts.
   *
   * @return the ids that were there
   * @throws IllegalArgumentException when there is no such channel
   */
  public List<Integer> delete(String channel, Collection<Integer> ids) {
    return world.delete(channel(channel), ids);
  }

  /**
   * Makes a link preview ready that was {@linkplain PostContent#pendingWebPage pending}.
   *
   * @throws IllegalArgumentException when none is pending there
   */
  public Post webPageCame(String channel, int id, WebPage page) {
    return world.webPageCame(withPost(channel, id), id, page);
  }

  /**
   * Sets how many have seen a post: pushed as {@code updateChannelMessageViews}, which is no edit.
   *
   * @throws IllegalArgumentException when there is no such post
   */
  public Post seen(String channel, int id, int views) {
    return world.seen(withPost(channel, id), id, views);
  }

  private ChannelId withPost(String channel, int id) {
    ChannelId there = channel(channel);
    if (world.posts(there, List.of(id)).isEmpty()) {
      throw new IllegalArgumentException("there is no post " + id + " in '" + channel + "'");
    }
    return there;
  }

  /**
   * Makes a channel that nobody has joined.
   *
   * @param name its public name; null for a private one, which is named by its number elsewhere
   * @param settings what else it is
   * @throws IllegalArgumentException when the name belongs to another
   */
  public ChannelId makeChannel(@Nullable String name, ChannelSettings settings) {
    return makeChannel(name, 0, false, settings);
  }

  /** The same with readers outside the sandbox, and joined by new accounts or not. */
  ChannelId makeChannel(
      @Nullable String name, int audience, boolean joinedByNew, ChannelSettings settings) {
    String title = settings.title() != null ? settings.title() : name == null ? "Private" : name;
    try {
      ChannelId id =
          world.makeChannel(name, title, "", world.now(), audience, joinedByNew, null).id();
      world.set(id, settings);
      return id;
    } catch (RpcErrorException e) {
      throw new IllegalArgumentException("a name belongs to somebody else: " + e.name(), e);
    }
  }

  /**
   * Changes what a channel is; its members are pushed {@code updateChannel}.
   *
   * @throws IllegalArgumentException when there is no such channel, or it is linked to none that
   *     fits
   */
  public void setChannel(String channel, ChannelSettings settings) {
    world.set(channel(channel), settings);
  }

  private static String checked(String text) {
    if (text.isBlank() || text.length() > MAX_TEXT) {
      throw new IllegalArgumentException("a post has 1 to " + MAX_TEXT + " characters");
    }
    return text.strip();
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
    return readyAccounts(count).stream().map(ReadyAccount::session).toList();
  }

  /** As {@link #accounts}, with who they are. */
  public List<ReadyAccount> readyAccounts(int count) {
    return new ReadyAccounts(world, dataCentres.getFirst()).make(count);
  }

  /**
   * What an account has in Saved Messages, oldest first, with the random_ids that it was sent
   * under.
   */
  public List<Update.NewMessage> savedMessages(UserId account) {
    return world.messages(account, account);
  }

  /**
   * How many posts a channel holds.
   *
   * @throws IllegalArgumentException when there is no such channel
   */
  public int posts(String channel) {
    return world.history(channel(channel), HistoryQuery.newest(1)).total();
  }

  /**
   * The id of the channel of that public name, for instance to aim a fault at it. A channel without
   * a name is named by its number.
   *
   * @throws IllegalArgumentException when there is no such channel
   */
  public ChannelId channel(String name) {
    return world
        .channelNamed(name)
        .orElseThrow(() -> new IllegalArgumentException("there is no channel '" + name + "'"));
  }

  /**
   * Sets the position of a channel's updates, usually to a lower one, as Telegram has done. Ids go
   * on; nothing is pushed; differences know nothing from before. A client that asks from above the
   * position gets {@code PERSISTENT_TIMESTAMP_INVALID}.
   *
   * @throws IllegalArgumentException when there is no such channel, or the position is below 1
   */
  public void setPts(String channel, int pts) {
    world.setPts(channel(channel), pts);
  }

  /**
   * Sets the position of an account's common updates; see {@link #setPts(String, int)}.
   *
   * @throws IllegalArgumentException when there is no such account, or the position is below 1
   */
  public void setPts(UserId account, int pts) {
    if (world.user(account).isEmpty()) {
      throw new IllegalArgumentException("there is no such account");
    }
    world.setPts(account, pts);
  }

  /**
   * Gives a channel other public names; its members are pushed {@code updateChannel}. Several, or
   * one that is not active, are served as {@code usernames} in place of {@code username}.
   *
   * @param names none for a private channel
   * @throws IllegalArgumentException when there is no such channel, or a name belongs to another
   */
  public void rename(String channel, List<PublicName> names) {
    ChannelId id = channel(channel);
    try {
      world.rename(id, names);
    } catch (RpcErrorException e) {
      throw new IllegalArgumentException("a name belongs to somebody else: " + e.name(), e);
    }
  }

  /**
   * Gives each of two channels the public names of the other.
   *
   * @throws IllegalArgumentException when there is no such channel
   */
  public void swapNames(String channel, String other) {
    world.swapNames(channel(channel), channel(other));
  }

  /** Forgets the highest counts of connections, so that a new test can begin. */
  public void resetConnectionCounts() {
    network.resetConnectionCounts();
  }

  /** The connections of each account that has or had any, as the server counts them. */
  public Map<UserId, ConnectionCount> connectionsOfAccounts() {
    return network.connectionsOfAccounts();
  }

  /** The connections of a key, as the server counts them. */
  public ConnectionCount connections(KeyId key) {
    return network.connections(key);
  }

  /** The connections of an account over all its keys, as the server counts them. */
  public ConnectionCount connections(UserId account) {
    return network.connections(account);
  }

  /** The faults; none until one is set. */
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

  /**
   * Refuses connections to a data centre; those that are open stay.
   *
   * @throws IllegalArgumentException when there is no such data centre
   */
  public void stopListening(int dc) {
    network.stopListening(dc);
  }

  /**
   * Refuses connections to a data centre at its IPv4 address ({@code INET}) or at its IPv6 address
   * ({@code INET6}) alone.
   *
   * @throws IllegalArgumentException when there is no such data centre
   */
  public void stopListening(int dc, StandardProtocolFamily family) {
    network.stopListening(dc, family);
  }

  /**
   * Listens again for a data centre, on the same port.
   *
   * @throws IllegalArgumentException when there is no such data centre
   * @throws java.io.UncheckedIOException when another program has taken the port meanwhile, which
   *     cannot happen on Linux
   */
  public void startListening(int dc) {
    network.startListening(dc);
  }

  /** Stops listening for a data centre, closes its connections and listens again. */
  public void restart(int dc) {
    network.stopListening(dc);
    network.drop(Aim.dc(dc), false);
    network.startListening(dc);
  }

  /**
   * Ends all sign-ins of an account: its keys are answered with this error from now on.
   *
   * @param error such as {@code SESSION_REVOKED} or {@code USER_DEACTIVATED} with 401, or {@code
   *     AUTH_KEY_DUPLICATED} with 406
   * @return how many there were
   */
  public int revoke(UserId account, int code, String error) {
    List<Authorization> all = world.authorizations(account);
    all.forEach(known -> network.endSignIn(known.key(), code, error));
    return all.size();
  }

  /** Ends the sign-in of one key; see {@link #revoke(UserId, int, String)}. */
  public void revoke(KeyId key, int code, String error) {
    network.endSignIn(key, code, error);
  }

  /**
   * Moves an account to another data centre: the one where it was answers {@code USER_MIGRATE_X}
   * from now on.
   *
   * @throws IllegalArgumentException when there is no such data centre or account
   */
  public void move(UserId account, int dc) {
    if (dataCentres.stream().noneMatch(each -> each.id() == dc)) {
      throw new IllegalArgumentException("there is no data centre " + dc);
    }
    if (world.user(account).isEmpty()) {
      throw new IllegalArgumentException("there is no such account");
    }
    world.move(account, dc);
  }

  /**
   * Forgets the message state of sessions and sends their clients {@code new_session_created}.
   *
   * @return how many
   */
  public int resetSessions(Aim aim) {
    return network.resetSessions(aim);
  }

  /**
   * Pushes {@code updatesTooLong}.
   *
   * @return how many sessions
   */
  public int sendUpdatesTooLong(Aim aim) {
    return network.sendUpdatesTooLong(aim);
  }

  /** Totals. */
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
