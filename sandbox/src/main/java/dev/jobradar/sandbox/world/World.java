package dev.jobradar.sandbox.world;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All data of the sandbox, behind one lock that is held briefly.
 *
 * <p>Thread-safe. Results are immutable. What is not allowed throws {@link RpcErrorException} with
 * the error that Telegram would answer. Whatever changes the world is first decided, then written
 * to the {@link Journal}, then applied, then delivered to the {@linkplain Subscriber subscribed
 * sessions}, outside the lock and in order.
 */
public final class World {

  private static final Logger LOG = LoggerFactory.getLogger(World.class);

  private final Object lock = new Object();
  private final DeliveryQueue outbox = new DeliveryQueue();
  private final SecureRandom random = new SecureRandom();
  private final InstantSource clock;
  private final WorldOptions options;

  /** Guarded by lock, with all that it leads to. */
  private final WorldState ledger;

  private Journal journal = Journal.NONE;
  private volatile @Nullable AccessHashes accessHashes;

  /** An empty world; {@link #replay} the stored changes, if any, then {@link #start}. */
  public World(InstantSource clock, WorldOptions options) {
    this.clock = clock;
    this.options = options;
    this.ledger = new WorldState(options.channelLog());
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
      apply(change);
    }
    outbox.drain();
  }

  /** Starts to store changes; a world without replayed changes is created now. */
  public void start(Journal keeper) {
    synchronized (lock) {
      journal = keeper;
      if (accessHashes != null) {
        return;
      }
      byte[] secret = new byte[32];
      random.nextBytes(secret);
      commit(new Change.WorldMade(HexFormat.of().formatHex(secret)));
      commit(new Change.AccountMade(User.service(now())));
    }
  }

  /** The time in the world, unix seconds. */
  public int now() {
    return (int) clock.instant().getEpochSecond();
  }

  /** The limits of the world. */
  public WorldOptions options() {
    return options;
  }

  /** How many messages there are, posts and private ones. */
  public long messages() {
    synchronized (lock) {
      return ledger.messages;
    }
  }

  /** How many accounts there are, {@linkplain User#SERVICE the service's} apart. */
  public int users() {
    synchronized (lock) {
      return ledger.accounts.size() - (ledger.accounts.containsKey(User.SERVICE) ? 1 : 0);
    }
  }

  // Accounts

  /** The account with this number, if there is one. */
  public Optional<User> user(UserId id) {
    synchronized (lock) {
      return Optional.ofNullable(ledger.accounts.get(id)).map(AccountState::user);
    }
  }

  /** The account with this phone number, digits only, if there is one. */
  public Optional<User> userByPhone(String phone) {
    synchronized (lock) {
      return Optional.ofNullable(ledger.phones.get(phone)).map(AccountState::user);
    }
  }

  /**
   * The account with this phone number, made now if there is none.
   *
   * @param newcomer makes it, given its number
   */
  public User userByPhone(String phone, Newcomer newcomer) {
    synchronized (lock) {
      AccountState known = ledger.phones.get(phone);
      if (known != null) {
        return known.user();
      }
      User user = newcomer.make(new UserId(ledger.nextUserId), phone, now());
      requireFree(user.username());
      commit(new Change.AccountMade(user));
      return user;
    }
  }

  /** Makes an account. */
  @FunctionalInterface
  public interface Newcomer {
    User make(UserId id, String phone, int now);
  }

  /** Gives an account another name; a null username takes it away. */
  public User rename(UserId id, String firstName, String lastName, @Nullable String username) {
    User user;
    synchronized (lock) {
      AccountState account = ledger.account(id);
      if (username != null && !username.equals(account.user().username())) {
        requireFree(username);
      }
      commit(new Change.Renamed(id, firstName, lastName, username));
      user = account.user();
      notifySubscribers(List.of(account), new Update.NameChanged(id, account.seq), null);
    }
    outbox.drain();
    return user;
  }

  /**
   * Moves an account to another data centre. Its sign-ins stay where they are: the old data centre
   * answers USER_MIGRATE_X and only lets it export its authorization.
   */
  public void move(UserId id, int dc) {
    synchronized (lock) {
      if (ledger.account(id).user().homeDc() != dc) {
        commit(new Change.Moved(id, dc));
      }
    }
  }

  private void requireFree(@Nullable String username) {
    if (username != null && ledger.usernames.containsKey(WorldState.folded(username))) {
      throw RpcErrorException.badRequest("USERNAME_OCCUPIED");
    }
  }

  /** The owner of a public name; case-insensitive. */
  public Optional<Peer> byUsername(String username) {
    synchronized (lock) {
      return Optional.ofNullable(ledger.usernames.get(WorldState.folded(username)));
    }
  }

  /** The hash by which {@code viewer} names {@code peer}; another viewer has another. */
  public long accessHash(UserId viewer, Peer peer) {
    AccessHashes hashes = accessHashes;
    if (hashes == null) {
      throw new IllegalStateException("the world has not been started");
    }
    return hashes.of(viewer, peer);
  }

  // Keys

  /** A key of a data centre; none if it is not known there or has expired. */
  public Optional<StoredKey> key(KeyId id, int dc) {
    synchronized (lock) {
      return Optional.ofNullable(ledger.keys.get(id))
          .filter(key -> key.dc() == dc && !key.expired(now()));
    }
  }

  /**
   * Adds a key.
   *
   * @param secret its 256 bytes
   * @param expiresAt when a temporary one ends, unix seconds; 0 for a permanent one
   */
  public void addKey(KeyId id, int dc, byte[] secret, int expiresAt) {
    String text = Base64.getEncoder().encodeToString(secret);
    synchronized (lock) {
      dropExpiredKeys();
      commit(new Change.KeyMade(id, dc, text, expiresAt));
    }
  }

  /** Binds a temporary key to a permanent one of the same data centre, for which it then acts. */
  public void bindKey(KeyId temporary, KeyId permanent) {
    synchronized (lock) {
      commit(new Change.KeyBound(temporary, permanent));
    }
  }

  /** Destroys a key with its sign-in; returns whether there was one. */
  public boolean destroyKey(KeyId id) {
    synchronized (lock) {
      if (!ledger.keys.containsKey(id)) {
        return false;
      }
      commit(new Change.KeyDestroyed(id));
      return true;
    }
  }

  /** Destroys the temporary keys of a permanent one but those named; returns them. */
  public List<KeyId> dropTemporaryKeys(KeyId permanent, Collection<KeyId> kept) {
    synchronized (lock) {
      List<KeyId> dropped =
          ledger.keys.values().stream()
              .filter(key -> permanent.equals(key.boundTo()) && !kept.contains(key.id()))
              .map(StoredKey::id)
              .toList();
      dropped.forEach(key -> commit(new Change.KeyDestroyed(key)));
      return dropped;
    }
  }

  /** Looks through the keys only when one of them is due. */
  private void dropExpiredKeys() {
    int now = now();
    if (now < ledger.nextExpiry) {
      return;
    }
    List<StoredKey> expired =
        ledger.keys.values().stream().filter(key -> key.expired(now)).toList();
    expired.forEach(key -> commit(new Change.KeyDestroyed(key.id())));
    ledger.noteNextExpiry();
  }

  // Sign-ins

  /** The sign-in of a key, if it has one. */
  public Optional<Authorization> authorization(KeyId key) {
    synchronized (lock) {
      return Optional.ofNullable(ledger.authorizations.get(key));
    }
  }

  /** The sign-ins of an account, newest first. */
  public List<Authorization> authorizations(UserId id) {
    synchronized (lock) {
      return ledger.account(id).keys.stream().map(ledger.authorizations::get).toList().reversed();
    }
  }

  /** What a key whose sign-in was ended from outside answers with. */
  public Optional<RpcErrorException> revocation(KeyId key) {
    synchronized (lock) {
      return Optional.ofNullable(ledger.revoked.get(key))
          .map(change -> new RpcErrorException(change.code(), change.error()));
    }
  }

  /**
   * Signs a key in, and out of another account if it was in one.
   *
   * @param dc the data centre that the key belongs to
   */
  public Authorization signIn(KeyId key, UserId id, int dc, Device device) {
    Authorization authorization;
    synchronized (lock) {
      AccountState account = ledger.account(id);
      if (ledger.authorizations.containsKey(key)) {
        commit(new Change.SignedOut(key));
      }
      long hash = random.nextLong() | 1;
      authorization = new Authorization(key, id, dc, hash, now(), now(), device);
      commit(new Change.SignedIn(authorization));
      notifySubscribers(List.of(account), new Update.SignedIn(authorization, account.seq), null);
    }
    outbox.drain();
    return authorization;
  }

  /** Ends a key's sign-in; nothing happens if it has none. */
  public void signOut(KeyId key) {
    synchronized (lock) {
      if (ledger.authorizations.containsKey(key)) {
        commit(new Change.SignedOut(key));
      }
    }
  }

  /** Ends a key's sign-in from outside: from now on the key answers with this error. */
  public void revoke(KeyId key, int code, String error) {
    synchronized (lock) {
      commit(new Change.Revoked(key, code, error));
    }
  }

  /** Ends all sign-ins of the account but that of one key; returns the keys. */
  public List<KeyId> signOutOthers(KeyId kept) {
    synchronized (lock) {
      Authorization own = ledger.authorizations.get(kept);
      if (own == null) {
        return List.of();
      }
      List<KeyId> others =
          ledger.account(own.user()).keys.stream().filter(key -> !key.equals(kept)).toList();
      others.forEach(key -> commit(new Change.SignedOut(key)));
      return others;
    }
  }

  /**
   * Notes that a client is there and what it says of itself; kept only when it is news.
   *
   * @return whether the key is signed in; nothing is noted of others
   */
  public boolean deviceSeen(KeyId key, Device device) {
    synchronized (lock) {
      Authorization known = ledger.authorizations.get(key);
      if (known != null && !known.device().equals(device)) {
        commit(new Change.DeviceSeen(key, device));
      }
      ledger.authorizations.computeIfPresent(key, (k, present) -> present.activeAt(now()));
      return known != null;
    }
  }

  /** Makes a token that signs the account in again without a code, in hexadecimal. */
  public String issueToken(UserId id) {
    byte[] token = new byte[32];
    random.nextBytes(token);
    String hex = HexFormat.of().formatHex(token);
    synchronized (lock) {
      ledger.account(id);
      commit(new Change.TokenIssued(id, hex));
    }
    return hex;
  }

  /** Takes a token of this account back; returns whether it was good. It is good once. */
  public boolean useToken(UserId id, String token) {
    synchronized (lock) {
      if (!id.equals(ledger.tokens.get(token))) {
        return false;
      }
      commit(new Change.TokenUsed(token));
      return true;
    }
  }

  // Channels

  /** All channels, in the order in which they were made. */
  public List<ChannelInfo> channels() {
    synchronized (lock) {
      return ledger.channels.values().stream().map(ChannelState::info).toList();
    }
  }

  /** The channel with this number, if there is one. */
  public Optional<ChannelInfo> channel(ChannelId id) {
    synchronized (lock) {
      return Optional.ofNullable(ledger.channels.get(id)).map(ChannelState::info);
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
      requireFree(username);
      ChannelId id = new ChannelId(ledger.nextChannelId);
      commit(
          new Change.ChannelMade(id, username, title, about, date, audience, joinedByNew, creator));
      if (creator != null) {
        commit(new Change.Joined(creator, id, date));
      }
      return ledger.channel(id).info();
    }
  }

  /**
   * Gives a channel other public names; members are pushed that it has changed.
   *
   * @throws RpcErrorException USERNAME_OCCUPIED when one belongs to another
   */
  public void rename(ChannelId id, List<PublicName> names) {
    synchronized (lock) {
      ledger.channel(id);
      for (PublicName name : names) {
        Peer owner = ledger.usernames.get(WorldState.folded(name.name()));
        if (owner != null && !owner.equals(id)) {
          throw RpcErrorException.badRequest("USERNAME_OCCUPIED");
        }
      }
      commitNames(id, names);
    }
    outbox.drain();
  }

  /** Gives each of two channels the public names of the other. */
  public void swapNames(ChannelId one, ChannelId other) {
    synchronized (lock) {
      List<PublicName> names = ledger.channel(one).names();
      List<PublicName> others = ledger.channel(other).names();
      commitNames(one, others);
      commitNames(other, names);
    }
    outbox.drain();
  }

  private void commitNames(ChannelId id, List<PublicName> names) {
    commit(new Change.ChannelRenamed(id, names));
    for (AccountState member : ledger.channel(id).members) {
      notifySubscribers(List.of(member), new Update.MembershipChanged(id, member.seq), null);
    }
  }

  /** Whether the account has joined the channel. */
  public boolean joined(UserId user, ChannelId id) {
    synchronized (lock) {
      ChannelState channel = ledger.channels.get(id);
      return channel != null && ledger.account(user).in(channel) != null;
    }
  }

  /** Joins; nothing happens if the account is in already. */
  public void join(UserId user, ChannelId id, @Nullable Subscriber origin) {
    synchronized (lock) {
      AccountState account = ledger.account(user);
      if (account.in(ledger.channel(id)) != null) {
        return;
      }
      commit(new Change.Joined(user, id, now()));
      notifySubscribers(List.of(account), new Update.MembershipChanged(id, account.seq), origin);
    }
    outbox.drain();
  }

  /** Leaves. */
  public void leave(UserId user, ChannelId id, @Nullable Subscriber origin) {
    synchronized (lock) {
      AccountState account = ledger.account(user);
      if (account.in(ledger.channel(id)) == null) {
        throw RpcErrorException.badRequest("USER_NOT_PARTICIPANT");
      }
      commit(new Change.Left(user, id));
      notifySubscribers(List.of(account), new Update.MembershipChanged(id, account.seq), origin);
    }
    outbox.drain();
  }

  /** A post without an author in the sandbox. */
  public Post post(ChannelId id, String text, List<Entity> entities) {
    return post(id, text, entities, now());
  }

  /** The same, as of a date; one before the channel's newest post counts as that one's. */
  public Post post(ChannelId id, String text, List<Entity> entities, int date) {
    Update.NewPost update;
    synchronized (lock) {
      update = append(ledger.channel(id), text, entities, date, null, null);
    }
    outbox.drain();
    return update.post();
  }

  /**
   * A post by an account, which must have made the channel.
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
    Update.NewPost update;
    synchronized (lock) {
      ChannelState channel = ledger.channel(id);
      if (!author.equals(channel.creator)) {
        throw new RpcErrorException(403, "CHAT_WRITE_FORBIDDEN");
      }
      requireNew(ledger.account(author), randomId);
      Update.Sender sender = new Update.Sender(author, randomId);
      update = append(channel, text, entities, now(), sender, origin);
    }
    outbox.drain();
    return update;
  }

  private Update.NewPost append(
      ChannelState channel,
      String text,
      List<Entity> entities,
      int date,
      Update.@Nullable Sender sender,
      @Nullable Subscriber origin) {
    int notBefore = Math.max(date, channel.topDate());
    Post post = new Post(channel.nextId(), notBefore, 0, text, entities);
    commit(new Change.Posted(channel.id, post, sender));
    Update.NewPost update = new Update.NewPost(channel.id, post, channel.pts(), sender);
    notifySubscribers(channel.members, update, origin);
    return update;
  }

  /** Changes what a post says. */
  public Post edit(ChannelId id, int postId, String text, List<Entity> entities) {
    Post edited;
    synchronized (lock) {
      ChannelState channel = ledger.channel(id);
      Post old = channel.post(postId);
      if (old == null) {
        throw RpcErrorException.badRequest("MESSAGE_ID_INVALID");
      }
      edited = new Post(postId, old.date(), Math.max(now(), old.date()), text, entities);
      commit(new Change.PostEdited(id, edited));
      notifySubscribers(channel.members, new Update.EditedPost(id, edited, channel.pts()), null);
    }
    outbox.drain();
    return edited;
  }

  /** Deletes posts; ids that are not there are passed over. Returns the ids that were. */
  public List<Integer> delete(ChannelId id, Collection<Integer> postIds) {
    List<Integer> there;
    synchronized (lock) {
      ChannelState channel = ledger.channel(id);
      there = postIds.stream().distinct().filter(postId -> channel.post(postId) != null).toList();
      if (there.isEmpty()) {
        return there;
      }
      commit(new Change.PostsDeleted(id, there, now()));
      notifySubscribers(channel.members, new Update.DeletedPosts(id, there, channel.pts()), null);
    }
    outbox.drain();
    return there;
  }

  /** The posts of these ids that are there, in the order asked for. */
  public List<Post> posts(ChannelId id, Collection<Integer> ids) {
    synchronized (lock) {
      ChannelState channel = ledger.channel(id);
      List<Post> found = new ArrayList<>();
      for (int postId : ids) {
        Post post = channel.post(postId);
        if (post != null) {
          found.add(post);
        }
      }
      return List.copyOf(found);
    }
  }

  /** A page of a channel's posts. */
  public HistoryPage<Post> history(ChannelId id, HistoryQuery query) {
    synchronized (lock) {
      return HistoryPage.cut(ledger.channel(id).posts(), query);
    }
  }

  /** A page of those posts of a channel that fit. */
  public HistoryPage<Post> search(ChannelId id, Predicate<Post> wanted, HistoryQuery query) {
    List<Post> posts;
    synchronized (lock) {
      posts = List.copyOf(ledger.channel(id).posts());
    }
    return HistoryPage.cut(posts.stream().filter(wanted).toList(), query);
  }

  /** Notes that an account has read a channel up to a post. */
  public void readChannel(UserId user, ChannelId id, int maxId, @Nullable Subscriber origin) {
    synchronized (lock) {
      AccountState account = ledger.account(user);
      ChannelState channel = ledger.channel(id);
      Membership membership = account.in(channel);
      int upTo = maxId <= 0 ? channel.top() : Math.min(maxId, channel.top());
      if (membership == null || upTo <= membership.readMaxId) {
        return;
      }
      commit(new Change.ChannelRead(user, id, upTo));
      Update update = new Update.ReadChannel(id, upTo, channel.unreadAfter(upTo), channel.pts());
      notifySubscribers(List.of(account), update, origin);
    }
    outbox.drain();
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
      ChannelState channel = ledger.channel(id);
      Dialog dialog = ledger.account(viewer).dialog(channel);
      return channel.difference(dialog, pts, limit, slice, options.channelGap());
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
    requirePosition(pts);
    synchronized (lock) {
      ledger.channel(id);
      commit(new Change.ChannelPtsSet(id, pts));
    }
  }

  /**
   * Sets an account's common position; see {@link #setPts(ChannelId, int)}.
   *
   * @throws IllegalArgumentException when it is below 1
   */
  public void setPts(UserId id, int pts) {
    requirePosition(pts);
    synchronized (lock) {
      ledger.account(id);
      commit(new Change.PtsSet(id, pts));
    }
  }

  private static void requirePosition(int pts) {
    if (pts < 1) {
      throw new IllegalArgumentException("a position is 1 or more, got " + pts);
    }
  }

  /** A "too long" difference of a channel, whatever the client missed. */
  public ChannelDifference channelTooLong(UserId viewer, ChannelId id, int limit) {
    synchronized (lock) {
      ChannelState channel = ledger.channel(id);
      return channel.tooLong(ledger.account(viewer).dialog(channel), limit);
    }
  }

  // Private messages

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
    Sent sent;
    synchronized (lock) {
      AccountState sender = ledger.account(from);
      AccountState receiver = ledger.account(to);
      requireNew(sender, randomId);
      int fromId = sender.box().nextId();
      int toId = sender == receiver ? fromId : receiver.box().nextId();
      commit(new Change.Sent(from, to, fromId, toId, now(), text, entities, randomId));
      MessageBox own = sender.box();
      Message message = Objects.requireNonNull(own.message(fromId), "just added");
      sent = new Sent(message, own.pts());
      notifySubscribers(
          List.of(sender), new Update.NewMessage(message, own.pts(), randomId), origin);
      if (sender != receiver) {
        MessageBox other = receiver.box();
        Message copy = Objects.requireNonNull(other.message(toId), "just added");
        notifySubscribers(List.of(receiver), new Update.NewMessage(copy, other.pts(), 0), null);
      }
    }
    outbox.drain();
    return sent;
  }

  private static void requireNew(AccountState account, long randomId) {
    if (account.box != null && account.box.sentAs(randomId) != null) {
      throw RpcErrorException.badRequest("RANDOM_ID_DUPLICATE");
    }
  }

  /** The messages of these ids in an account's box that are there, in the order asked for. */
  public List<Message> messages(UserId user, Collection<Integer> ids) {
    synchronized (lock) {
      MessageBox box = ledger.account(user).box;
      List<Message> found = new ArrayList<>();
      for (int id : ids) {
        Message message = box == null ? null : box.message(id);
        if (message != null) {
          found.add(message);
        }
      }
      return List.copyOf(found);
    }
  }

  /** A page of an account's messages with a peer. */
  public HistoryPage<Message> history(UserId user, UserId peer, HistoryQuery query) {
    synchronized (lock) {
      return HistoryPage.cut(chat(user, peer), query);
    }
  }

  /** A page of those of an account's messages with a peer that fit. */
  public HistoryPage<Message> search(
      UserId user, UserId peer, Predicate<Message> wanted, HistoryQuery query) {
    List<Message> messages;
    synchronized (lock) {
      messages = List.copyOf(chat(user, peer));
    }
    return HistoryPage.cut(messages.stream().filter(wanted).toList(), query);
  }

  private List<Message> chat(UserId user, UserId peer) {
    MessageBox box = ledger.account(user).box;
    MessageBox.Chat chat = box == null ? null : box.chats().get(peer);
    return chat == null ? List.of() : chat.messages;
  }

  /**
   * What lies in an account's chat with a peer, oldest first, each with the random_id that it was
   * sent under; 0 for what the peer wrote. The chat with oneself is Saved Messages.
   */
  public List<Update.NewMessage> messages(UserId user, UserId peer) {
    synchronized (lock) {
      MessageBox box = ledger.account(user).box;
      return box == null ? List.of() : box.with(peer);
    }
  }

  /** Notes that an account has read what a peer wrote; returns where its updates stand. */
  public int readMessages(UserId user, UserId peer, int maxId, @Nullable Subscriber origin) {
    int pts;
    synchronized (lock) {
      AccountState account = ledger.account(user);
      MessageBox box = account.box;
      MessageBox.Chat chat = box == null ? null : box.chats().get(peer);
      if (box == null || chat == null || chat.messages.isEmpty()) {
        return box == null ? MessageBox.FIRST_PTS : box.pts();
      }
      int top = chat.messages.getLast().id();
      int upTo = maxId <= 0 ? top : Math.min(maxId, top);
      if (upTo <= chat.readInbox) {
        return box.pts();
      }
      MessageBox other = ledger.account(peer).box;
      int before = other == null ? 0 : other.pts();
      commit(new Change.MessagesRead(user, peer, upTo));
      pts = box.pts();
      notifySubscribers(
          List.of(account), new Update.ReadInbox(peer, upTo, chat.unread(), pts), origin);
      if (other != null && !user.equals(peer) && other.pts() > before) {
        other
            .after(before, 1)
            .forEach(update -> notifySubscribers(List.of(ledger.account(peer)), update, null));
      }
    }
    outbox.drain();
    return pts;
  }

  /** An account's chats, the most recent first. */
  public List<Dialog> dialogs(UserId user) {
    synchronized (lock) {
      return ledger.account(user).dialogs();
    }
  }

  /** An account's chat with a peer, joined or not, with or without messages. */
  public Dialog dialog(UserId user, Peer peer) {
    synchronized (lock) {
      AccountState account = ledger.account(user);
      return switch (peer) {
        case ChannelId id -> account.dialog(ledger.channel(id));
        case UserId id -> account.dialog(id);
      };
    }
  }

  // Updates

  /** Where an account's updates stand. */
  public BoxState state(UserId user) {
    synchronized (lock) {
      return ledger.account(user).state(now());
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
    int own = options.commonSlice();
    int slice = ptsLimit > 0 ? Math.min(ptsLimit, own) : own;
    synchronized (lock) {
      return ledger.account(user).difference(pts, date, slice, totalLimit, now());
    }
  }

  /** Subscribes a session to the updates of its account. */
  public void subscribe(UserId user, Subscriber session) {
    synchronized (lock) {
      List<Subscriber> all = ledger.account(user).subscribers;
      if (!all.contains(session)) {
        all.add(session);
      }
    }
  }

  /** Ends the subscription of a session. */
  public void unsubscribe(UserId user, Subscriber session) {
    synchronized (lock) {
      ledger.account(user).subscribers.remove(session);
    }
  }

  private void notifySubscribers(
      List<AccountState> to, Update update, @Nullable Subscriber origin) {
    List<Subscriber> receivers = new ArrayList<>();
    for (AccountState account : to) {
      for (Subscriber subscriber : account.subscribers) {
        if (!subscriber.equals(origin)) {
          receivers.add(subscriber);
        }
      }
    }
    if (!receivers.isEmpty()) {
      outbox.add(() -> receivers.forEach(subscriber -> deliver(subscriber, update)));
    }
  }

  private static void deliver(Subscriber subscriber, Update update) {
    try {
      subscriber.deliver(update);
    } catch (RuntimeException e) {
      LOG.warn("an update could not be delivered to a session", e);
    }
  }

  private void commit(Change change) {
    journal.append(change);
    apply(change);
  }

  private void apply(Change change) {
    ledger.apply(change);
    if (change instanceof Change.WorldMade(var secret)) {
      accessHashes = new AccessHashes(HexFormat.of().parseHex(secret));
    }
  }
}
