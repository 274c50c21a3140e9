package dev.jobradar.server.account;

import dev.jobradar.clients.UserId;
import dev.jobradar.telegram.content.MessageContent;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Accounts without Telegram: it keeps what was sent, remembers each {@code random_id} as Telegram
 * does, and fails as it is told to.
 */
public final class FakeAccounts implements Accounts {
  /** A message in a chat. */
  public record Message(UserId user, String chat, String text, long randomId) {}

  /** What goes wrong with one call. */
  public record Failure(boolean afterSending, RuntimeException cause) {}

  private final List<Message> messages = new ArrayList<>();
  private final List<String> log = new ArrayList<>();
  private final Deque<Failure> failures = new ArrayDeque<>();
  private final Map<String, SourceChannel> names = new HashMap<>();
  private final Map<String, RuntimeException> refusals = new HashMap<>();
  private final Map<UserId, AccountState> states = new HashMap<>();
  private final Map<UserId, Profile> profiles = new HashMap<>();
  private final Map<UserId, WatchList> watched = new HashMap<>();
  private final Map<Long, List<ReceivedPost>> histories = new HashMap<>();
  private final Map<Long, List<SkippedPosts>> unreadable = new HashMap<>();
  private final Map<String, ReceivedPost> wholePosts = new HashMap<>();
  private Reading onReading = user -> {};
  private Reading afterReading = user -> {};
  private Runnable onWatching = () -> {};
  private boolean logOutsAreLost;
  private boolean connects = true;

  /** What happens while a history is being read. */
  @FunctionalInterface
  public interface Reading {
    void by(UserId user) throws InterruptedException;
  }

  // --- what the test says --------------------------------------------------------------------

  /** The next call that reaches Telegram fails before anything happens there. */
  public synchronized void failNext(RuntimeException cause) {
    failures.add(new Failure(false, cause));
  }

  /** The next message arrives, and its sender never hears of it. */
  public synchronized void loseNextAnswer(RuntimeException cause) {
    failures.add(new Failure(true, cause));
  }

  /** Every message to that chat, or every question for that name, is answered like this. */
  public synchronized void refuse(String chat, @Nullable RuntimeException cause) {
    if (cause == null) {
      refusals.remove(chat);
    } else {
      refusals.put(chat, cause);
    }
  }

  /** There is such a channel, with this id. */
  public synchronized void channel(String name, long id) {
    names.put(
        name,
        new SourceChannel(
            new ChannelRef(id, id * 7), List.of(name), "Title " + id, true, true, 100, false));
  }

  /** Posts are added to a channel; ids grow. */
  public synchronized void posted(long channelId, ReceivedPost... posts) {
    histories.computeIfAbsent(channelId, id -> new ArrayList<>()).addAll(List.of(posts));
  }

  /** All of a post of which only the beginning comes otherwise. */
  public synchronized void whole(long channelId, ReceivedPost post) {
    wholePosts.put(channelId + "/" + post.id(), post);
  }

  /** A channel has forbidden copies of its posts, or allows them again. */
  public synchronized void forbidsCopies(String name, boolean isProtected) {
    names.computeIfPresent(
        name,
        (key, was) ->
            new SourceChannel(
                was.channel(),
                was.names(),
                was.title(),
                was.broadcast(),
                was.joined(),
                was.members(),
                isProtected));
  }

  /** These posts of a channel cannot be read. */
  public synchronized void unreadable(long channelId, SkippedPosts posts) {
    unreadable.computeIfAbsent(channelId, id -> new ArrayList<>()).add(posts);
  }

  /** This happens within each call that reads a history, before it is answered. */
  public synchronized void onReading(Reading reading) {
    onReading = reading;
  }

  /** This happens when a page of a history is read and not yet answered. */
  public synchronized void afterReading(Reading reading) {
    afterReading = reading;
  }

  /** This happens within each call that says what is watched. */
  public synchronized void onWatching(Runnable watching) {
    onWatching = watching;
  }

  /** Who a user is at Telegram. */
  public synchronized void profile(UserId user, Profile profile) {
    profiles.put(user, profile);
  }

  /** How a user's connection is. */
  public synchronized void state(UserId user, AccountState state) {
    states.put(user, state);
  }

  /** From now on Telegram cannot be told that a session is over. */
  public synchronized void loseLogOuts() {
    logOutsAreLost = true;
  }

  /** These accounts as the service has them: they obey waits. */
  public Accounts paced(FloodWaits floodWaits, InstantSource clock) {
    return new PacedAccounts(this, floodWaits, clock);
  }

  // --- what the test sees --------------------------------------------------------------------

  /** All messages that arrived, in that order. */
  public synchronized List<Message> messages() {
    return List.copyOf(messages);
  }

  /** The texts that arrived in a chat: {@code self} or {@code channel 5}. */
  public synchronized List<String> texts(String chat) {
    return messages.stream().filter(m -> m.chat().equals(chat)).map(Message::text).toList();
  }

  /** Every call, such as {@code resolve javajobs}. */
  public synchronized List<String> log() {
    return List.copyOf(log);
  }

  /** What a user watches, null when that was never said. */
  public synchronized @Nullable WatchList watched(UserId user) {
    return watched.get(user);
  }

  // --- Accounts ------------------------------------------------------------------------------

  @Override
  public Sent sendToSelf(UserId user, MessageContent content, long randomId) {
    return send(user, "self", content, randomId);
  }

  @Override
  public Sent sendToChannel(
      UserId user, ChannelRef channel, MessageContent content, long randomId) {
    return send(user, channel.toString(), content, randomId);
  }

  private synchronized Sent send(UserId user, String chat, MessageContent content, long randomId) {
    String text = content.text();
    log.add("send " + user.value() + " " + chat);
    if (text.isEmpty() || text.length() > 4_096) {
      throw new IllegalArgumentException("a message of " + text.length() + " characters");
    }
    signedIn(user);
    Failure failure = failures.poll();
    if (failure != null && !failure.afterSending()) {
      throw failure.cause();
    }
    RuntimeException refusal = refusals.get(chat);
    if (refusal != null) {
      throw refusal;
    }
    int known = indexOf(user, randomId);
    if (known < 0) {
      messages.add(new Message(user, chat, text, randomId));
    } else if (!messages.get(known).text().equals(text)) {
      throw new AssertionError("one random_id for two texts");
    }
    if (failure != null) {
      throw failure.cause();
    }
    return known < 0 ? new Sent(messages.size(), false) : new Sent(0, true);
  }

  private int indexOf(UserId user, long randomId) {
    for (int i = 0; i < messages.size(); i++) {
      if (messages.get(i).randomId() == randomId && messages.get(i).user().equals(user)) {
        return i;
      }
    }
    return -1;
  }

  private void signedIn(UserId user) {
    switch (stateOf(user)) {
      case AccountState.NotSignedIn no -> throw new AccountException.NotSignedIn();
      case AccountState.SessionEnded ended ->
          throw new AccountException.SessionEnded(ended.reason());
      case AccountState.Asleep asleep -> {}
      case AccountState.Connecting connecting -> {}
      case AccountState.Connected connected -> {}
    }
  }

  @Override
  public synchronized SourceChannel resolve(UserId user, String name) {
    log.add("resolve " + name);
    signedIn(user);
    Failure failure = failures.poll();
    if (failure != null) {
      throw failure.cause();
    }
    RuntimeException refusal = refusals.get(name);
    if (refusal != null) {
      throw refusal;
    }
    SourceChannel found = names.get(name);
    if (found == null) {
      throw new AccountException.NoSuchName(false, null);
    }
    return withAllNames(found);
  }

  /** A channel may have several names. */
  private SourceChannel withAllNames(SourceChannel channel) {
    List<String> all =
        names.entrySet().stream()
            .filter(each -> each.getValue().channel().equals(channel.channel()))
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    return new SourceChannel(
        channel.channel(),
        all,
        channel.title(),
        channel.broadcast(),
        channel.joined(),
        channel.members(),
        channel.isProtected());
  }

  @Override
  public SourceChannel describe(UserId user, ChannelRef channel) {
    throw new UnsupportedOperationException();
  }

  @Override
  public PostPage history(UserId user, ChannelRef channel, PageQuery query)
      throws InterruptedException {
    Reading reading;
    Reading after;
    synchronized (this) {
      log.add("history " + channel.id() + " before " + query.beforeId());
      signedIn(user);
      Failure failure = failures.poll();
      if (failure != null) {
        throw failure.cause();
      }
      RuntimeException refusal = refusals.get(channel.toString());
      if (refusal != null) {
        throw refusal;
      }
      reading = onReading;
      after = afterReading;
    }
    reading.by(user);
    PostPage page = page(channel.id(), query);
    after.by(user);
    return page;
  }

  private synchronized PostPage page(long channelId, PageQuery query) {
    List<ReceivedPost> all = histories.getOrDefault(channelId, List.of());
    List<ReceivedPost> older =
        all.reversed().stream()
            .filter(post -> query.beforeId() == 0 || post.id() < query.beforeId())
            .toList();
    List<ReceivedPost> posts = older.subList(0, Math.min(query.limit(), older.size()));
    int next = posts.size() < older.size() ? posts.getLast().id() : 0;
    List<SkippedPosts> within =
        unreadable.getOrDefault(channelId, List.of()).stream()
            .filter(each -> query.beforeId() == 0 || each.fromId() < query.beforeId())
            .filter(each -> each.fromId() > next)
            .toList();
    return new PostPage(posts, next, all.size(), within);
  }

  @Override
  public synchronized Optional<ReceivedPost> wholePost(UserId user, ChannelRef channel, int id) {
    log.add("whole " + channel.id() + "/" + id);
    signedIn(user);
    Failure failure = failures.poll();
    if (failure != null) {
      throw failure.cause();
    }
    return Optional.ofNullable(wholePosts.get(channel.id() + "/" + id));
  }

  @Override
  public synchronized Profile profile(UserId user) {
    Failure failure = failures.peek();
    if (failure != null && !failure.afterSending()) {
      failures.remove();
      throw failure.cause();
    }
    Profile profile = profiles.get(user);
    if (profile == null) {
      throw new AccountException.NotSignedIn();
    }
    return profile;
  }

  @Override
  public synchronized void watch(UserId user, WatchList channels) {
    log.add(
        "watch "
            + user.value()
            + channels.channels().stream()
                .map(w -> " " + w.channel().id() + "@" + w.position())
                .sorted()
                .toList());
    onWatching.run();
    watched.put(user, channels);
  }

  @Override
  public synchronized void connect(UserId user) {
    log.add("connect " + user.value());
    if (connects && stateOf(user) instanceof AccountState.Asleep) {
      states.put(user, new AccountState.Connected(Instant.EPOCH));
    }
  }

  /** Whether a connection is there as soon as it is asked for; else it takes until it is told. */
  public synchronized void connects(boolean atOnce) {
    connects = atOnce;
  }

  @Override
  public AccountState state(UserId user) {
    return stateOf(user);
  }

  private synchronized AccountState stateOf(UserId user) {
    return states.getOrDefault(user, new AccountState.Asleep());
  }

  @Override
  public synchronized void close(UserId user) {
    log.add("close " + user.value());
    watched.remove(user);
  }

  @Override
  public synchronized boolean logOut(UserId user) {
    log.add("logOut " + user.value());
    if (logOutsAreLost) {
      return false;
    }
    watched.remove(user);
    states.put(user, new AccountState.NotSignedIn());
    return true;
  }
}
