package dev.jobradar.server.account;

import dev.jobradar.clients.ClientResult;
import dev.jobradar.clients.ClientStatus;
import dev.jobradar.clients.SessionStore;
import dev.jobradar.clients.StoredSession;
import dev.jobradar.clients.UserClients;
import dev.jobradar.clients.UserClientsClosedException;
import dev.jobradar.clients.UserId;
import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.telegram.Channel;
import dev.jobradar.telegram.ChannelPeer;
import dev.jobradar.telegram.HistoryPage;
import dev.jobradar.telegram.HistoryQuery;
import dev.jobradar.telegram.Me;
import dev.jobradar.telegram.NoSuchNameException;
import dev.jobradar.telegram.SentMessage;
import dev.jobradar.telegram.TelegramClient;
import dev.jobradar.telegram.content.MessageContent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link Accounts} in the process that has the connections. */
final class TelegramAccounts implements Accounts, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TelegramAccounts.class);
  private static final Duration FAREWELL = Duration.ofSeconds(15);
  private static final Duration TICK = Duration.ofSeconds(1);

  /** Users who watch something and lost their client are given one again this often. */
  private static final int TICKS_TO_LOOK = 30;

  private final UserClients clients;
  private final SessionStore sessions;
  private final AccountSubscriptions watcher;
  private final ConcurrentHashMap<UserId, UserClients.KeepOpen> kept = new ConcurrentHashMap<>();
  private final Thread clock;

  TelegramAccounts(UserClients clients, SessionStore sessions, AccountSubscriptions watcher) {
    this.clients = clients;
    this.sessions = sessions;
    this.watcher = watcher;
    this.clock = Thread.ofVirtual().name("watch-clock").start(this::tick);
  }

  private interface Call<R> {
    R on(TelegramClient client) throws InterruptedException;
  }

  private <R> R call(UserId user, Call<R> call) throws InterruptedException {
    ClientResult answer = get(user);
    if (!(answer instanceof ClientResult.Connected(TelegramClient client))) {
      throw AccountFailures.of(answer);
    }
    try {
      return call.on(client);
    } catch (NoSuchNameException e) {
      throw AccountFailures.of(e);
    } catch (MtprotoException e) {
      throw AccountFailures.of(e);
    }
  }

  /** The service that ends is one that Telegram cannot be reached from. */
  private ClientResult get(UserId user) throws InterruptedException {
    try {
      return clients.get(user);
    } catch (UserClientsClosedException e) {
      throw AccountFailures.of(e);
    }
  }

  private static ChannelPeer peer(ChannelRef channel) {
    return new ChannelPeer(channel.id(), channel.accessHash());
  }

  // --- calls ---------------------------------------------------------------------------------

  @Override
  public Sent sendToSelf(UserId user, MessageContent content, long randomId)
      throws InterruptedException {
    return sent(call(user, client -> client.channels().sendToSelf(content, randomId)));
  }

  @Override
  public Sent sendToChannel(UserId user, ChannelRef channel, MessageContent content, long randomId)
      throws InterruptedException {
    return sent(call(user, client -> client.channels().send(peer(channel), content, randomId)));
  }

  private static Sent sent(SentMessage message) {
    return new Sent(message.messageId(), message.repeated());
  }

  @Override
  public SourceChannel resolve(UserId user, String name) throws InterruptedException {
    return described(call(user, client -> client.channels().resolve(name)));
  }

  @Override
  public SourceChannel describe(UserId user, ChannelRef channel) throws InterruptedException {
    return described(call(user, client -> client.channels().full(peer(channel))));
  }

  static SourceChannel described(Channel channel) {
    return new SourceChannel(
        new ChannelRef(channel.peer().id(), channel.peer().accessHash()),
        channel.usernames(),
        channel.title(),
        channel.kind() == Channel.Kind.BROADCAST,
        channel.joined(),
        channel.memberCount() < 0 ? null : channel.memberCount(),
        channel.isProtected());
  }

  @Override
  public PostPage history(UserId user, ChannelRef channel, PageQuery query)
      throws InterruptedException {
    HistoryQuery asked = new HistoryQuery(query.beforeId(), null, query.afterId(), query.limit());
    HistoryPage page = call(user, client -> client.channels().history(peer(channel), asked));
    return new PostPage(
        page.posts().stream().map(UserSubscriptions::received).toList(),
        page.next(),
        page.total(),
        page.passedOver().stream().map(UserSubscriptions::skipped).toList());
  }

  @Override
  public Optional<ReceivedPost> wholePost(UserId user, ChannelRef channel, int id)
      throws InterruptedException {
    return call(
        user,
        client ->
            Optional.ofNullable(client.channels().wholePost(peer(channel), id))
                .map(UserSubscriptions::received));
  }

  @Override
  public Profile profile(UserId user) throws InterruptedException {
    Me me = call(user, TelegramClient::refreshMe);
    String last = me.lastName();
    String name = last == null ? me.firstName() : (me.firstName() + " " + last).strip();
    return new Profile(me.id(), name, me.username(), me.phone());
  }

  // --- watching ------------------------------------------------------------------------------

  @Override
  public void watch(UserId user, WatchList channels) {
    if (channels.channels().isEmpty()) {
      try {
        watcher.want(user, channels);
      } finally {
        release(user);
      }
    } else {
      watcher.want(user, channels);
      kept.computeIfAbsent(user, id -> clients.keepOpen(id));
      connectAll(List.of(user));
    }
  }

  private void connectAll(List<UserId> users) {
    try {
      clients.connectAll(users);
    } catch (UserClientsClosedException e) {
      log.debug("the service ends: nothing is watched any more");
    }
  }

  private void release(UserId user) {
    UserClients.KeepOpen keep = kept.remove(user);
    if (keep != null) {
      keep.close();
    }
  }

  private void tick() {
    for (int ticks = 1; ; ticks++) {
      try {
        Thread.sleep(TICK);
      } catch (InterruptedException e) {
        return;
      }
      watcher.tick();
      if (ticks % TICKS_TO_LOOK == 0) {
        connectAll(watcher.withoutClient());
      }
    }
  }

  // --- a user's connection -------------------------------------------------------------------

  @Override
  public void connect(UserId user) {
    clients.connectAll(List.of(user));
  }

  @Override
  public AccountState state(UserId user) {
    Optional<ClientStatus> status = clients.status(user);
    if (status.isPresent()) {
      ClientStatus known = status.get();
      return switch (known.state()) {
        case CONNECTED, PREPARING -> new AccountState.Connected(known.since());
        case LOADING, CONNECTING, REPAIRING, BACKING_OFF, RESERVED ->
            new AccountState.Connecting(known.nextTry(), AccountFailures.name(known.lastCause()));
        case CLOSING, OVERDUE, RECORDING -> new AccountState.Asleep();
      };
    }
    return switch (sessions.find(user)) {
      case StoredSession.None none -> new AccountState.NotSignedIn();
      case StoredSession.Ended ended -> new AccountState.SessionEnded(ended.end().reason());
      case StoredSession.Valid valid -> new AccountState.Asleep();
    };
  }

  @Override
  public OptionalInt dataCentre(UserId user) {
    DcId dc = clients.status(user).map(ClientStatus::dc).orElse(null);
    return dc == null ? OptionalInt.empty() : OptionalInt.of(dc.value());
  }

  @Override
  public void close(UserId user) throws InterruptedException {
    watch(user, WatchList.NOTHING);
    clients.disconnect(user);
  }

  @Override
  public boolean logOut(UserId user) throws InterruptedException {
    ClientResult answer;
    try {
      answer = clients.logOut(user, FAREWELL);
    } catch (UserClientsClosedException e) {
      return false;
    }
    return switch (answer) {
      case ClientResult.NoSession none -> {
        watch(user, WatchList.NOTHING);
        yield true;
      }
      case ClientResult.SessionEnded ended -> {
        watch(user, WatchList.NOTHING);
        yield true;
      }
      case ClientResult.Unreachable later -> false;
      case ClientResult.Connected connected -> false;
    };
  }

  /** Stops its clock. The clients are closed by their owner. */
  @Override
  public void close() {
    clock.interrupt();
  }
}
