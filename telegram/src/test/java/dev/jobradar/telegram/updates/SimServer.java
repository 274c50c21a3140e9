package dev.jobradar.telegram.updates;

import dev.jobradar.mtproto.ProtocolException;
import dev.jobradar.mtproto.RpcException;
import dev.jobradar.tl.Bytes;
import dev.jobradar.tl.TlException;
import dev.jobradar.tl.TlMethod;
import dev.jobradar.tl.api.ChannelForbidden;
import dev.jobradar.tl.api.EncryptedMessageService;
import dev.jobradar.tl.api.InputChannel;
import dev.jobradar.tl.api.InputMessageID;
import dev.jobradar.tl.api.InputPeerChannel;
import dev.jobradar.tl.api.Message;
import dev.jobradar.tl.api.MessageEmpty;
import dev.jobradar.tl.api.TypeChat;
import dev.jobradar.tl.api.TypeEncryptedMessage;
import dev.jobradar.tl.api.TypeInputMessage;
import dev.jobradar.tl.api.TypeMessage;
import dev.jobradar.tl.api.TypeUpdate;
import dev.jobradar.tl.api.UpdateChannel;
import dev.jobradar.tl.api.UpdateChannelTooLong;
import dev.jobradar.tl.api.UpdateNewEncryptedMessage;
import dev.jobradar.tl.api.Updates;
import dev.jobradar.tl.api.method.Channels;
import dev.jobradar.tl.api.method.Messages;
import dev.jobradar.tl.api.updates.ChannelDifference;
import dev.jobradar.tl.api.updates.Difference;
import dev.jobradar.tl.api.updates.DifferenceEmpty;
import dev.jobradar.tl.api.updates.DifferenceSlice;
import dev.jobradar.tl.api.updates.DifferenceTooLong;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One account's Telegram, as far as updates go, by the words of api/updates and api/offsets and of
 * nothing else: it shares no code with the engine.
 */
final class SimServer {
  /** How far behind the account may be before it hears differenceTooLong. */
  private static final int COMMON_GAP = 40;

  /** So far a channel's pts falls. */
  private static final int FALL = 2_000;

  private static final int CALM_POLL = 60;

  /** For so long a post may be missing in the history, whose replica lags. */
  private static final long REPLICA_LAG = 800;

  /** What happened in a channel, with the state after it. */
  private record Event(int pts, int count, TypeUpdate update, int newId) {}

  /** A channel as the server has it. */
  static final class Chan {
    final long id;
    boolean joined;
    boolean barred;
    private int pts = 1;
    private int nextId = 1;
    private int logFrom = 1;
    private int changedAt = Tl.DATE;
    private long polledAt = Long.MIN_VALUE;
    private final List<Event> log = new ArrayList<>();
    private final TreeMap<Integer, Message> messages = new TreeMap<>();
    private final Map<Integer, Long> postedAt = new LinkedHashMap<>();
    final Set<Integer> deleted = new HashSet<>();

    /** Posts of a kind that the client's schema does not know. */
    final Set<Integer> unreadable = new HashSet<>();

    /** Why the difference is refused, null while it is not. */
    @Nullable RpcException differenceFails;

    /** Whether pushes of this channel get lost. */
    boolean muted;

    /** Pages of history hold so many messages at most, 0 for as many as asked for. */
    int shortPages;

    final TreeMap<Integer, Message> everPosted = new TreeMap<>();

    Chan(long id, boolean joined) {
      this.id = id;
      this.joined = joined;
    }

    int top() {
      return messages.isEmpty() ? 0 : messages.lastKey();
    }
  }

  /** A private message or an encrypted one, with the state after it. */
  private record BoxEvent(int pts, int number, TypeUpdate update) {}

  /** Letters of a kind that the client's schema does not know. */
  final Set<Integer> unreadableLetters = new HashSet<>();

  /** Whether such posts and letters are written. */
  boolean strange;

  /** Whether clients that poll may be slow about it, since nothing happens. */
  boolean calm;

  final Map<Long, Chan> channels = new LinkedHashMap<>();
  private final Random random;
  private final Consumer<Updates> push;
  private final Runnable pushUnreadable;
  private final boolean offsetExcludes;
  private final int channelGap;
  private final int slice;

  private int pts = 1;
  private int qts;
  private int seq;
  private int lastMark;
  private int letterCount;

  /** Letters since the numbers began, for the last time. */
  private final List<BoxEvent> letters = new ArrayList<>();

  private final List<BoxEvent> secrets = new ArrayList<>();

  long now;

  /** Differences that were too long, and pages of history that were asked for. */
  int tooLongs;

  int pages;

  /** Pages of history that were shorter than they could be. */
  int shortened;

  SimServer(Random random, Consumer<Updates> push, Runnable pushUnreadable) {
    this.random = random;
    this.push = push;
    this.pushUnreadable = pushUnreadable;
    this.offsetExcludes = random.nextBoolean();
    this.channelGap = 5 + random.nextInt(60);
    this.slice = 1 + random.nextInt(20);
  }

  int date() {
    return Tl.DATE + (int) (now / 1000);
  }

  int letterCount() {
    return letterCount;
  }

  int secretCount() {
    return secrets.size();
  }

  // --- what happens ------------------------------------------------------------------------

  void post(Chan channel) {
    // Now and then ids are used up by what nobody sees.
    channel.nextId += random.nextInt(10) == 0 ? random.nextInt(3) : 0;
    int id = channel.nextId++;
    Message message = Tl.post(channel.id, id);
    channel.messages.put(id, message);
    channel.everPosted.put(id, message);
    channel.postedAt.put(id, now);
    if (strange && random.nextInt(25) == 0) {
      channel.unreadable.add(id);
    }
    channel.pts++;
    event(channel, 1, Tl.newPost(channel.id, id, channel.pts), id);
  }

  void edit(Chan channel) {
    if (!channel.messages.isEmpty()) {
      List<Integer> ids = List.copyOf(channel.messages.keySet());
      int id = ids.get(random.nextInt(ids.size()));
      channel.pts++;
      event(channel, 1, Tl.edit(channel.id, id, channel.pts), 0);
    }
  }

  void delete(Chan channel) {
    List<Integer> ids = new ArrayList<>(channel.messages.descendingKeySet());
    int count = Math.min(ids.size(), 1 + random.nextInt(3));
    if (count > 0) {
      int from = random.nextInt(Math.min(ids.size() - count, 5) + 1);
      List<Integer> gone = List.copyOf(ids.subList(from, from + count));
      gone.forEach(channel.messages::remove);
      channel.deleted.addAll(gone);
      channel.pts += count;
      event(channel, count, Tl.deleted(channel.id, channel.pts, gone.toArray(Integer[]::new)), 0);
    }
  }

  private void event(Chan channel, int count, TypeUpdate update, int newId) {
    channel.log.add(new Event(channel.pts, count, update, newId));
    channel.changedAt = date();
    if (random.nextInt(200) == 0) {
      // Old updates are forgotten: whoever is behind that hears "too long".
      channel.logFrom = channel.pts - Math.min(channel.pts - 1, random.nextInt(10));
    }
    boolean open = now - channel.polledAt <= 2_000;
    if (!channel.barred && !channel.muted && (channel.joined || open)) {
      if (channel.unreadable.contains(newId)) {
        pushUnreadable.run();
      } else {
        push.accept(bundle(0, update));
      }
    }
  }

  /**
   * The server numbers the channel's events from far below, and forgets the old ones. Far, because
   * a client that is away until the numbers have come back to where it was cannot know.
   */
  void fall(Chan channel) {
    if (channel.pts > FALL) {
      channel.pts -= FALL;
      channel.log.clear();
      channel.logFrom = channel.pts;
    }
  }

  /** Lets a channel's numbers begin so high that they can fall. */
  void numberFromHigh(Chan channel) {
    channel.pts = 10 * FALL;
    channel.logFrom = channel.pts;
  }

  /** Lets the account's numbers begin so high that they can fall. */
  void numberLettersFromHigh() {
    pts = 10 * FALL;
  }

  /** The server numbers letters from far below, and forgets the old ones. */
  void fallLetters() {
    if (pts > FALL) {
      pts -= FALL;
      letters.clear();
    }
  }

  void letter() {
    pts++;
    int number = ++letterCount;
    TypeUpdate update = Tl.newLetter(number, pts);
    letters.add(new BoxEvent(pts, number, update));
    if (strange && random.nextInt(25) == 0) {
      unreadableLetters.add(number);
      pushUnreadable.run();
    } else {
      push.accept(bundle(0, update));
    }
  }

  void secret() {
    qts++;
    TypeUpdate update =
        new UpdateNewEncryptedMessage(
            new EncryptedMessageService(qts, 1, date(), Bytes.EMPTY), qts);
    secrets.add(new BoxEvent(qts, qts, update));
    push.accept(bundle(0, update));
  }

  void mark() {
    seq++;
    lastMark++;
    push.accept(bundle(seq, Tl.mark(lastMark)));
  }

  void toggleMembership(Chan channel) {
    channel.joined = !channel.joined;
    changed(channel);
  }

  void toggleAccess(Chan channel) {
    channel.barred = !channel.barred;
    changed(channel);
  }

  private void changed(Chan channel) {
    channel.changedAt = date();
    seq++;
    TypeUpdate update = new UpdateChannel(channel.id);
    push.accept(new Updates(List.of(update), List.of(), List.of(view(channel)), date(), seq));
  }

  private Updates bundle(int seq, TypeUpdate update) {
    return new Updates(List.of(update), List.of(), List.of(), date(), seq);
  }

  static TypeChat view(Chan channel) {
    return channel.barred
        ? ChannelForbidden.builder()
            .id(channel.id)
            .accessHash(channel.id * 7)
            .title("barred")
            .build()
        : Tl.channel(channel.id, channel.id * 7, channel.joined);
  }

  // --- what is asked -----------------------------------------------------------------------

  Object call(TlMethod<?> method) {
    return switch (method) {
      case dev.jobradar.tl.api.method.Updates.GetState m -> getState();
      case dev.jobradar.tl.api.method.Updates.GetDifference m -> difference(m);
      case dev.jobradar.tl.api.method.Updates.GetChannelDifference m -> channelDifference(m);
      case Messages.GetHistory m -> history(m);
      case Channels.GetMessages m -> messages(m);
      case Channels.GetFullChannel m -> {
        Chan channel = channel(((InputChannel) m.channel()).channelId(), "channels.getFullChannel");
        yield Tl.full(channel.id, channel.pts);
      }
      default -> throw new AssertionError("unexpected " + method);
    };
  }

  private Object getState() {
    return Tl.state(pts, qts, date(), seq);
  }

  private Object difference(dev.jobradar.tl.api.method.Updates.GetDifference call) {
    if (call.pts() > pts && random.nextBoolean()) {
      return new DifferenceEmpty(date(), seq);
    }
    if (call.pts() < 1 || call.pts() > pts || random.nextInt(300) == 0) {
      throw refusal("PERSISTENT_TIMESTAMP_INVALID", "updates.getDifference");
    }
    List<BoxEvent> all = letters.stream().filter(event -> event.pts() > call.pts()).toList();
    if (all.size() > COMMON_GAP) {
      return new DifferenceTooLong(pts);
    }
    int most = Math.min(1 + random.nextInt(10), call.ptsLimit() == null ? 10 : call.ptsLimit());
    List<BoxEvent> newLetters = all.subList(0, Math.min(most, all.size()));
    int upTo = newLetters.size() == all.size() ? pts : newLetters.getLast().pts();
    List<TypeMessage> messages = new ArrayList<>();
    if (newLetters.stream()
        .map(event -> (dev.jobradar.tl.api.UpdateNewMessage) event.update())
        .anyMatch(event -> unreadableLetters.contains(UpdateSequence.idOf(event.message())))) {
      throw unreadable();
    }
    newLetters.forEach(
        event -> messages.add(((dev.jobradar.tl.api.UpdateNewMessage) event.update()).message()));
    if (upTo < pts) {
      return new DifferenceSlice(
          messages,
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          Tl.state(upTo, call.qts(), call.date(), seq));
    }
    List<TypeEncryptedMessage> encrypted = new ArrayList<>();
    secrets.stream()
        .filter(event -> event.pts() > call.qts())
        .forEach(event -> encrypted.add(((UpdateNewEncryptedMessage) event.update()).message()));
    List<TypeUpdate> behind = new ArrayList<>();
    List<TypeChat> chats = new ArrayList<>();
    for (Chan channel : channels.values()) {
      if (channel.joined && channel.changedAt >= call.date()) {
        behind.add(new UpdateChannelTooLong(channel.id, random.nextBoolean() ? channel.pts : null));
        chats.add(view(channel));
      }
    }
    return messages.isEmpty() && encrypted.isEmpty() && behind.isEmpty()
        ? new DifferenceEmpty(date(), seq)
        : new Difference(
            messages, encrypted, behind, chats, List.of(), Tl.state(pts, qts, date(), seq));
  }

  private Object channelDifference(dev.jobradar.tl.api.method.Updates.GetChannelDifference call) {
    String method = "updates.getChannelDifference";
    Chan channel = channel(((InputChannel) call.channel()).channelId(), method);
    channel.polledAt = now;
    if (channel.differenceFails != null) {
      throw channel.differenceFails;
    }
    if (call.pts() > channel.pts && random.nextBoolean()) {
      return Tl.nothingNew(channel.pts, 1);
    }
    if (call.pts() < 1 || call.pts() > channel.pts || random.nextInt(500) == 0) {
      throw refusal("PERSISTENT_TIMESTAMP_INVALID", method);
    }
    if (call.limit() < 10 || call.limit() > 100) {
      throw new AssertionError("limit " + call.limit());
    }
    if (call.pts() == channel.pts) {
      Integer timeout = random.nextBoolean() ? 1 : null;
      return Tl.nothingNew(channel.pts, calm ? Integer.valueOf(CALM_POLL) : timeout);
    }
    if (call.pts() < channel.logFrom || channel.pts - call.pts() > channelGap) {
      tooLongs++;
      List<TypeMessage> newest =
          channel.messages.descendingMap().values().stream()
              .limit(10)
              .map(TypeMessage.class::cast)
              .toList();
      readable(channel, newest);
      return Tl.tooLong(channel.id, channel.pts, channel.top(), newest);
    }
    List<TypeMessage> messages = new ArrayList<>();
    List<TypeUpdate> others = new ArrayList<>();
    int upTo = call.pts();
    int taken = 0;
    for (Event event : channel.log) {
      if (event.pts() > call.pts() && taken < Math.min(slice, call.limit())) {
        taken++;
        upTo = event.pts();
        if (event.newId() == 0) {
          others.add(event.update());
        } else if (channel.messages.containsKey(event.newId())) {
          messages.add(channel.messages.get(event.newId()));
        }
      }
    }
    readable(channel, messages);
    return ChannelDifference.builder()
        .final_(upTo == channel.pts)
        .pts(upTo)
        .timeout(1)
        .newMessages(messages)
        .otherUpdates(others)
        .chats(List.of(view(channel)))
        .users(List.of())
        .build();
  }

  /** By api/offsets: slice by offset_id, add_offset and limit, then thin out by min_id. */
  private Object history(Messages.GetHistory call) {
    Chan channel = channel(((InputPeerChannel) call.peer()).channelId(), "messages.getHistory");
    pages++;
    boolean lags = call.limit() > 1 && random.nextInt(4) == 0;
    List<TypeMessage> newestFirst = new ArrayList<>();
    for (Message message : channel.messages.descendingMap().values()) {
      if (!lags || now - channel.postedAt.getOrDefault(message.id(), 0L) > REPLICA_LAG) {
        newestFirst.add(message);
      }
    }
    int offset = 0;
    if (call.offsetId() > 0) {
      for (TypeMessage message : newestFirst) {
        int id = ((Message) message).id();
        offset += id > call.offsetId() || (id == call.offsetId() && !offsetExcludes) ? 1 : 0;
      }
    }
    int from = Math.clamp((long) offset + call.addOffset(), 0, newestFirst.size());
    int to = Math.clamp((long) offset + call.addOffset() + call.limit(), 0, newestFirst.size());
    List<TypeMessage> page =
        newestFirst.subList(from, to).stream()
            .filter(message -> ((Message) message).id() > call.minId())
            .toList();
    if (channel.shortPages > 0 && page.size() > channel.shortPages) {
      // Those nearest to where the client stands.
      int first = call.offsetId() > 0 ? page.size() - channel.shortPages : 0;
      page = page.subList(first, first + channel.shortPages);
      shortened++;
    }
    readable(channel, page);
    return Tl.history(random.nextInt(3) == 0 ? 0 : channel.pts, page);
  }

  private Object messages(Channels.GetMessages call) {
    Chan channel = channel(((InputChannel) call.channel()).channelId(), "channels.getMessages");
    List<TypeMessage> found = new ArrayList<>();
    for (TypeInputMessage asked : call.id()) {
      int id = ((InputMessageID) asked).id();
      Message message = channel.messages.get(id);
      found.add(message == null ? MessageEmpty.builder().id(id).build() : message);
    }
    readable(channel, found);
    return Tl.history(channel.pts, found);
  }

  /** Throws what the client's reader throws when one of these is of an unknown kind. */
  private static void readable(Chan channel, List<TypeMessage> messages) {
    if (messages.stream().anyMatch(m -> channel.unreadable.contains(UpdateSequence.idOf(m)))) {
      throw unreadable();
    }
  }

  static ProtocolException unreadable() {
    return new ProtocolException(
        "the answer cannot be read", TlException.unknownConstructor("MessageMedia", 0x600df00d));
  }

  private Chan channel(long id, String method) {
    Chan channel = channels.get(id);
    if (channel == null || channel.barred) {
      throw refusal("CHANNEL_PRIVATE", method);
    }
    return channel;
  }

  private static RpcException refusal(String error, String method) {
    return RpcException.of(400, error, method);
  }
}
