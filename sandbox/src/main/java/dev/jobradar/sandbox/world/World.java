package dev.jobradar.sandbox.world;

import dev.jobradar.tl.api.WebPage;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All data of the sandbox, behind one lock that is held briefly. This class takes the lock and
 * delivers updates; one package-private class for each kind of data decides what happens.
 *
 * <p>Thread-safe. Results are immutable. What is not allowed throws {@link RpcErrorException} with
 * the error that Telegram would answer. Whatever changes the world is first decided, then written
 * to the {@link Journal}, then applied, then delivered to the {@linkplain Subscriber subscribed
 * sessions}, outside the lock and in order.
 */
public final class World {

  private final Object lock = new Object();
  private final DeliveryQueue outbox = new DeliveryQueue();
  private final WorldOptions options;

  // Guarded by lock.
  private final WorldCore core;
  private final WorldNames names;
  private final WorldAccounts accounts;
  private final WorldKeys keys;
  private final WorldSignIns signIns;
  private final WorldChannels channels;
  private final WorldPosts posts;
  private final WorldMessages messages;
  private final WorldUpdates updates;

  /** An empty world; {@link #replay} the stored changes, if any, then {@link #start}. */
  public World(InstantSource clock, WorldOptions options) {
    this.options = options;
    core = new WorldCore(clock, new WorldState(options.channelLog()), outbox);
    names = new WorldNames(core);
    accounts = new WorldAccounts(core, names);
    keys = new WorldKeys(core);
    signIns = new WorldSignIns(core);
    channels = new WorldChannels(core, names);
    posts = new WorldPosts(core, names);
    messages = new WorldMessages(core);
    updates = new WorldUpdates(core, options);
  }

  /** A new world that keeps no journal. */
  public static World inMemory(InstantSource clock) {
    World world = new World(clock, WorldOptions.DEFAULT);
    world.start(Journal.NONE);
    return world;
  }

  /** Applies a stored change. Only before {@link #start}. */
  public void replay(Change change) {
    synchronized (lock) {
      core.apply(change);
    }
  }

  /** Starts to store changes; a world without replayed changes is created now. */
  public void start(Journal keeper) {
    synchronized (lock) {
      core.start(keeper);
    }
  }

  /** The time in the world, unix seconds. */
  public int now() {
    return core.now();
  }

  /** The limits of the world. */
  public WorldOptions options() {
    return options;
  }

  /** How many messages there are, posts and private ones. */
  public long messages() {
    synchronized (lock) {
      return core.state.messages;
    }
  }

  /** How many accounts there are, {@linkplain User#SERVICE the service's} apart. */
  public int users() {
    synchronized (lock) {
      return accounts.count();
    }
  }

  // Accounts

  /** The account with this number, if there is one. */
  public Optional<User> user(UserId id) {
    synchronized (lock) {
      return accounts.find(id);
    }
  }

  /** The account with this phone number, digits only, if there is one. */
  public Optional<User> userByPhone(String phone) {
    synchronized (lock) {
      return accounts.find(phone);
    }
  }

  /**
   * The account with this phone number, made now if there is none.
   *
   * @param newcomer makes it, given its number
   */
  public User userByPhone(String phone, Newcomer newcomer) {
    synchronized (lock) {
      return accounts.findOrMake(phone, newcomer);
    }
  }

  /** Makes an account. */
  @FunctionalInterface
  public interface Newcomer {
    User make(UserId id, String phone, int now);
  }

  /** Gives an account another name; a null username takes it away. */
  public User rename(UserId id, String firstName, String lastName, @Nullable String username) {
    return updating(() -> accounts.rename(id, firstName, lastName, username));
  }

  /**
   * Moves an account to another data centre. Its sign-ins stay where they are: the old data centre
   * answers USER_MIGRATE_X and only lets it export its authorization.
   */
  public void move(UserId id, int dc) {
    synchronized (lock) {
      accounts.move(id, dc);
    }
  }

  /** The owner of a public name; case-insensitive. */
  public Optional<Peer> byUsername(String username) {
    synchronized (lock) {
      return Optional.ofNullable(names.owner(username));
    }
  }

  /** The hash by which {@code viewer} names {@code peer}; another viewer has another. */
  public long accessHash(UserId viewer, Peer peer) {
    return core.accessHash(viewer, peer);
  }

  // Keys

  /** A key of a data centre; none if it is not known there or has expired. */
  public Optional<StoredKey> key(KeyId id, int dc) {
    synchronized (lock) {
      return keys.find(id, dc);
    }
  }

  /**
   * Adds a key.
   *
   * @param secret its 256 bytes
   * @param expiresAt when a temporary one ends, unix seconds; 0 for a permanent one
   */
  public void addKey(KeyId id, int dc, byte[] secret, int expiresAt) {
    synchronized (lock) {
      keys.add(id, dc, secret, expiresAt);
    }
  }

  /** Binds a temporary key to a permanent one of the same data centre, for which it then acts. */
  public void bindKey(KeyId temporary, KeyId permanent) {
    synchronized (lock) {
      keys.bind(temporary, permanent);
    }
  }

  /** Destroys a key with its sign-in; returns whether there was one. */
  public boolean destroyKey(KeyId id) {
    synchronized (lock) {
      return keys.destroy(id);
    }
  }

  /** Destroys the temporary keys of a permanent one but those named; returns them. */
  public List<KeyId> dropTemporaryKeys(KeyId permanent, Collection<KeyId> kept) {
    synchronized (lock) {
      return keys.dropTemporary(permanent, kept);
    }
  }

  // Sign-ins

  /** The sign-in of a key, if it has one. */
  public Optional<Authorization> authorization(KeyId key) {
    synchronized (lock) {
      return signIns.find(key);
    }
  }

  /** The sign-ins of an account, newest first. */
  public List<Authorization> authorizations(UserId id) {
    synchronized (lock) {
      return signIns.of(id);
    }
  }

  /** What a key whose sign-in was ended from outside answers with. */
  public Optional<RpcErrorException> revocation(KeyId key) {
    synchronized (lock) {
      return signIns.revocation(key);
    }
  }

  /**
   * Signs a key in, and out of another account if it was in one.
   *
   * @param dc the data centre that the key belongs to
   */
  public Authorization signIn(KeyId key, UserId id, int dc, Device device) {
    return updating(() -> signIns.signIn(key, id, dc, device));
  }

  /** Ends a key's sign-in; nothing happens if it has none. */
  public void signOut(KeyId key) {
    synchronized (lock) {
      signIns.signOut(key);
    }
  }

  /** Ends a key's sign-in from outside: from now on the key answers with this error. */
  public void revoke(KeyId key, int code, String error) {
    synchronized (lock) {
      signIns.revoke(key, code, error);
    }
  }

  /** Ends all sign-ins of the account but that of one key; returns the keys. */
  public List<KeyId> signOutOthers(KeyId kept) {
    synchronized (lock) {
      return signIns.signOutOthers(kept);
    }
  }

  /**
   * Notes that a client is there and what it says of itself; kept only when it is news.
   *
   * @return whether the key is signed in; nothing is noted of others
   */
  public boolean deviceSeen(KeyId key, Device device) {
    synchronized (lock) {
      return signIns.deviceSeen(key, device);
    }
  }

  /** Makes a token that signs the account in again without a code, in hexadecimal. */
  public String issueToken(UserId id) {
    synchronized (lock) {
      return signIns.issueToken(id);
    }
  }

  /** Takes a token of this account back; returns whether it was good. It is good once. */
  public boolean useToken(UserId id, String token) {
    synchronized (lock) {
      return signIns.useToken(id, token);
    }
  }

  // Channels

  /** All channels, in the order in which they were made. */
  public List<ChannelInfo> channels() {
    synchronized (lock) {
      return channels.all();
    }
  }

  /** The channel with this number, if there is one. */
  public Optional<ChannelInfo> channel(ChannelId id) {
    synchronized (lock) {
      return channels.find(id);
    }
  }

  /**
   * Makes a channel.
   *
   * @param username its public name; null for a private channel
   * @param audience how many members it has outside the sandbox
   * @param joinedByNew whether new accounts join it by themselves
   * @param creator who may write in it and is its first member; null for none
   */
  public ChannelInfo makeChannel(
      @Nullable String username,
      String title,
      String about,
      int date,
      int audience,
      boolean joinedByNew,
      @Nullable UserId creator) {
    synchronized (lock) {
      return channels.make(username, title, about, date, audience, joinedByNew, creator);
    }
  }

  /** The channel of a public name, or of a number for those that have none. */
  public Optional<ChannelId> channelNamed(String name) {
    synchronized (lock) {
      return names.channel(name);
    }
  }

  /**
   * Changes what a channel is; members are pushed that it has changed.
   *
   * @throws IllegalArgumentException when a channel is to be linked to a channel
   */
  public void set(ChannelId id, ChannelSettings settings) {
    synchronized (lock) {
      channels.set(id, settings);
    }
    outbox.drain();
  }

  /**
   * Gives a channel other public names; members are pushed that it has changed.
   *
   * @throws RpcErrorException USERNAME_OCCUPIED when one belongs to another
   */
  public void rename(ChannelId id, List<PublicName> names) {
    synchronized (lock) {
      this.names.rename(id, names);
    }
    outbox.drain();
  }

  /** Gives each of two channels the public names of the other. */
  public void swapNames(ChannelId one, ChannelId other) {
    synchronized (lock) {
      names.swap(one, other);
    }
    outbox.drain();
  }

  /** Whether the account has joined the channel. */
  public boolean joined(UserId user, ChannelId id) {
    synchronized (lock) {
      return channels.joined(user, id);
    }
  }

  /** Joins; nothing happens if the account is in already. */
  public void join(UserId user, ChannelId id, @Nullable Subscriber origin) {
    synchronized (lock) {
      channels.join(user, id, origin);
    }
    outbox.drain();
  }

  /** Leaves. */
  public void leave(UserId user, ChannelId id, @Nullable Subscriber origin) {
    synchronized (lock) {
      channels.leave(user, id, origin);
    }
    outbox.drain();
  }

  // Posts

  /** A post without an author in the sandbox. */
  public Post post(ChannelId id, String text, List<Entity> entities) {
    return post(id, text, entities, now());
  }

  /** The same, as of a date; one before the channel's newest post counts as that one's. */
  public Post post(ChannelId id, String text, List<Entity> entities, int date) {
    return updating(() -> posts.post(id, text, entities, date));
  }

  /**
   * A post of any kind.
   *
   * @throws IllegalArgumentException when it names a channel or a post that is not there
   */
  public Post post(ChannelId id, PostContent content) {
    return post(id, content, now());
  }

  /** The same, as of a date; one before the channel's newest post counts as that one's. */
  public Post post(ChannelId id, PostContent content, int date) {
    return updating(() -> posts.post(id, content, date));
  }

  /** Posts that are pushed at once, as the parts of an album usually are. */
  public List<Post> postTogether(ChannelId id, List<PostContent> parts) {
    return updating(() -> posts.postTogether(id, parts, now()));
  }

  /**
   * A post by an account, which must have made the channel or have joined the group.
   *
   * @param randomId what the account's client calls it; one that was used before is refused
   * @param origin the session it came from, which gets no update
   */
  public Update.NewPost post(
      UserId author,
      ChannelId id,
      String text,
      List<Entity> entities,
      long randomId,
      @Nullable Subscriber origin) {
    return updating(() -> posts.post(author, id, text, entities, randomId, origin));
  }

  /** Changes what a post says. */
  public Post edit(ChannelId id, int postId, String text, List<Entity> entities) {
    return updating(() -> posts.edit(id, postId, text, entities));
  }

  /**
   * Changes what {@code change} says of a post; what it does not say stays. Members are pushed an
   * edit, whatever it was. One of reactions, views or buttons alone is not shown as an edit.
   *
   * @throws IllegalArgumentException when it names something that is not there
   */
  public Post edit(ChannelId id, int postId, PostContent change) {
    return updating(() -> posts.edit(id, postId, change));
  }

  /**
   * Puts the link preview in place that was {@linkplain PostContent#pendingWebPage pending}. It is
   * pushed as {@code updateChannelWebPage}; differences say nothing of it.
   *
   * @throws IllegalArgumentException when none is pending there
   */
  public Post webPageCame(ChannelId id, int postId, WebPage page) {
    return updating(() -> posts.webPageCame(id, postId, page));
  }

  /** Sets how many have seen a post; that is pushed, but is no edit and has no position. */
  public Post seen(ChannelId id, int postId, int views) {
    return updating(() -> posts.seen(id, postId, views));
  }

  /** Deletes posts; ids that are not there are passed over. Returns the ids that were. */
  public List<Integer> delete(ChannelId id, Collection<Integer> postIds) {
    return updating(() -> posts.delete(id, postIds));
  }

  /** The posts of these ids that are there, in the order asked for. */
  public List<Post> posts(ChannelId id, Collection<Integer> ids) {
    synchronized (lock) {
      return posts.find(id, ids);
    }
  }

  /** A page of a channel's posts. */
  public HistoryPage<Post> history(ChannelId id, HistoryQuery query) {
    synchronized (lock) {
      return HistoryPage.cut(posts.of(id), query);
    }
  }

  /** A page of those posts of a channel that fit. */
  public HistoryPage<Post> search(ChannelId id, Predicate<Post> wanted, HistoryQuery query) {
    List<Post> all;
    synchronized (lock) {
      all = List.copyOf(posts.of(id));
    }
    return HistoryPage.cut(all.stream().filter(wanted).toList(), query);
  }

  /** The message of a group under which a post of its channel is discussed; 0 for none. */
  public int discussed(ChannelId group, int postOfChannel) {
    synchronized (lock) {
      return posts.copyOf(group, postOfChannel);
    }
  }

  /** How many comments stand under a message of a group. */
  public int comments(ChannelId group, int messageId) {
    synchronized (lock) {
      return posts.comments(group, messageId);
    }
  }

  /** A page of the comments under a message of a group. */
  public HistoryPage<Post> comments(ChannelId group, int messageId, HistoryQuery query) {
    synchronized (lock) {
      return HistoryPage.cut(posts.thread(group, messageId), query);
    }
  }

  /** The link preview of an address, if a post has one. */
  public Optional<WebPage> webPage(String url) {
    synchronized (lock) {
      return Optional.ofNullable(core.state.webPages.get(url));
    }
  }

  /** Notes that an account has read a channel up to a post. */
  public void readChannel(UserId user, ChannelId id, int maxId, @Nullable Subscriber origin) {
    synchronized (lock) {
      posts.read(user, id, maxId, origin);
    }
    outbox.drain();
  }

  // Private messages

  /**
   * What an account sent before under a random_id.
   *
   * @param pts the position of the account, or of the channel, after it
   */
  public record SentBefore(Peer to, int id, int pts) {}

  /** What an account sent before under a random_id, if anything. */
  public Optional<SentBefore> sentBefore(UserId user, long randomId) {
    synchronized (lock) {
      return messages.sentBefore(user, randomId);
    }
  }

  /** A private message as it was sent: the sender's copy and where their updates stand. */
  public record Sent(Message message, int pts) {}

  /**
   * Sends a private message; to oneself it lies in Saved Messages.
   *
   * @param randomId what the sender's client calls it; one that was used before is refused
   * @param origin the session it came from, which gets no update
   */
  public Sent send(
      UserId from,
      UserId to,
      String text,
      List<Entity> entities,
      long randomId,
      @Nullable Subscriber origin) {
    return updating(() -> messages.send(from, to, text, entities, randomId, origin));
  }

  /** The messages of these ids in an account's box that are there, in the order asked for. */
  public List<Message> messages(UserId user, Collection<Integer> ids) {
    synchronized (lock) {
      return messages.find(user, ids);
    }
  }

  /** A page of an account's messages with a peer. */
  public HistoryPage<Message> history(UserId user, UserId peer, HistoryQuery query) {
    synchronized (lock) {
      return HistoryPage.cut(messages.of(user, peer), query);
    }
  }

  /** A page of those of an account's messages with a peer that fit. */
  public HistoryPage<Message> search(
      UserId user, UserId peer, Predicate<Message> wanted, HistoryQuery query) {
    List<Message> all;
    synchronized (lock) {
      all = List.copyOf(messages.of(user, peer));
    }
    return HistoryPage.cut(all.stream().filter(wanted).toList(), query);
  }

  /**
   * What lies in an account's chat with a peer, oldest first, each with the random_id that it was
   * sent under; 0 for what the peer wrote. The chat with oneself is Saved Messages.
   */
  public List<Update.NewMessage> messages(UserId user, UserId peer) {
    synchronized (lock) {
      return messages.withRandomIds(user, peer);
    }
  }

  /** Notes that an account has read what a peer wrote; returns where its updates stand. */
  public int readMessages(UserId user, UserId peer, int maxId, @Nullable Subscriber origin) {
    return updating(() -> messages.read(user, peer, maxId, origin));
  }

  /** An account's chats, the most recent first. */
  public List<Dialog> dialogs(UserId user) {
    synchronized (lock) {
      return messages.dialogs(user);
    }
  }

  /** An account's chat with a peer, joined or not, with or without messages. */
  public Dialog dialog(UserId user, Peer peer) {
    synchronized (lock) {
      return messages.dialog(user, peer);
    }
  }

  // Updates

  /** Where an account's updates stand. */
  public BoxState state(UserId user) {
    synchronized (lock) {
      return updates.state(user);
    }
  }

  /**
   * What a client missed of an account's common sequence.
   *
   * @param pts where it stands
   * @param date date of its last update, unix seconds
   * @param ptsLimit how many positions one answer may take; 0 for the world's own
   * @param totalLimit how far behind it may be before the answer is "too long"; 0 for any
   */
  public Difference difference(UserId user, int pts, int date, int ptsLimit, int totalLimit) {
    synchronized (lock) {
      return updates.difference(user, pts, date, ptsLimit, totalLimit);
    }
  }

  /**
   * What a client missed in a channel.
   *
   * @param pts where it stands
   * @param limit how many updates it wants at most
   * @param slice how many updates one answer brings at most
   */
  public ChannelDifference channelDifference(
      UserId viewer, ChannelId id, int pts, int limit, int slice) {
    synchronized (lock) {
      return updates.channelDifference(viewer, id, pts, limit, slice);
    }
  }

  /** The same in slices as the world's options have them. */
  public ChannelDifference channelDifference(UserId viewer, ChannelId id, int pts, int limit) {
    return channelDifference(viewer, id, pts, limit, options.channelSlice());
  }

  /**
   * Sets a channel's position, usually to a lower one, as Telegram has done: ids go on, older
   * updates are forgotten, and nobody is pushed anything.
   *
   * @throws IllegalArgumentException when it is below 1
   */
  public void setPts(ChannelId id, int pts) {
    synchronized (lock) {
      updates.setPts(id, pts);
    }
  }

  /**
   * Sets an account's common position; see {@link #setPts(ChannelId, int)}.
   *
   * @throws IllegalArgumentException when it is below 1
   */
  public void setPts(UserId id, int pts) {
    synchronized (lock) {
      updates.setPts(id, pts);
    }
  }

  /** A "too long" difference of a channel, whatever the client missed. */
  public ChannelDifference channelTooLong(UserId viewer, ChannelId id, int limit) {
    synchronized (lock) {
      return updates.channelTooLong(viewer, id, limit);
    }
  }

  /** Subscribes a session to the updates of its account. */
  public void subscribe(UserId user, Subscriber session) {
    synchronized (lock) {
      updates.subscribe(user, session);
    }
  }

  /** Ends the subscription of a session. */
  public void unsubscribe(UserId user, Subscriber session) {
    synchronized (lock) {
      updates.unsubscribe(user, session);
    }
  }

  /** Changes the world under the lock, then delivers the updates that this led to. */
  private <T> T updating(Supplier<T> change) {
    T result;
    synchronized (lock) {
      result = change.get();
    }
    outbox.drain();
    return result;
  }
}
