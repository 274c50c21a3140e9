package dev.jobradar.sandbox.world;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An account's private messages and its common log. Made when the first one arrives, since most
 * accounts never get any. Guarded by the world's lock.
 */
final class MessageBox {

  /** The first position: 0 means "none" on the wire. */
  static final int FIRST_PTS = 1;

  private final List<Message> messages = new ArrayList<>();
  private final Map<UserId, Chat> chats = new HashMap<>();
  private final List<Update.OfBox> log = new ArrayList<>();

  /** The part of the log that differences are made of begins here. */
  private int logStart;

  private final Map<Long, World.SentBefore> sent = new HashMap<>();
  private int pts = FIRST_PTS;

  /** One peer's part of the box. */
  static final class Chat {
    final List<Message> messages = new ArrayList<>();
    int readInbox;
    int readOutbox;

    /** The chat as a line in the list of chats; none while it holds nothing. */
    Optional<Dialog> dialog(UserId peer) {
      if (messages.isEmpty()) {
        return Optional.empty();
      }
      Message top = messages.getLast();
      return Optional.of(new Dialog(peer, top.id(), top.date(), readInbox, readOutbox, unread()));
    }

    /** How many the peer wrote, down to an id. */
    int incomingUpTo(int maxId) {
      int until = HistoryPage.firstAtOrAbove(messages, maxId + 1, Message::id);
      return (int) messages.subList(0, until).stream().filter(message -> !message.out()).count();
    }

    /** The id of the n-th that the owner wrote, from 1; 0 if there are not so many. */
    int outgoing(int n) {
      return messages.stream()
          .filter(Message::out)
          .skip(n - 1L)
          .findFirst()
          .map(Message::id)
          .orElse(0);
    }

    int unread() {
      int from = HistoryPage.firstAtOrAbove(messages, readInbox + 1, Message::id);
      return (int)
          messages.subList(from, messages.size()).stream()
              .filter(message -> !message.out())
              .count();
    }
  }

  int pts() {
    return pts;
  }

  int nextId() {
    return messages.isEmpty() ? 1 : messages.getLast().id() + 1;
  }

  Map<UserId, Chat> chats() {
    return chats;
  }

  @Nullable Message message(int id) {
    int index = HistoryPage.firstAtOrAbove(messages, id, Message::id);
    return index < messages.size() && messages.get(index).id() == id ? messages.get(index) : null;
  }

  /** What was sent under a random_id; null if nothing was. */
  World.@Nullable SentBefore sentAs(long randomId) {
    return sent.get(randomId);
  }

  void rememberSent(long randomId, Peer to, int id, int position) {
    sent.put(randomId, new World.SentBefore(to, id, position));
  }

  Update.NewMessage add(Message message, long randomId) {
    messages.add(message);
    Chat chat = chats.computeIfAbsent(message.peer(), peer -> new Chat());
    chat.messages.add(message);
    Update.NewMessage update = new Update.NewMessage(message, ++pts, randomId);
    log.add(update);
    return update;
  }

  Update.ReadInbox readInbox(UserId peer, int maxId) {
    Chat chat = chats.computeIfAbsent(peer, absent -> new Chat());
    chat.readInbox = maxId;
    Update.ReadInbox update = new Update.ReadInbox(peer, maxId, chat.unread(), ++pts);
    log.add(update);
    return update;
  }

  Update.ReadOutbox readOutbox(UserId peer, int maxId) {
    chats.computeIfAbsent(peer, absent -> new Chat()).readOutbox = maxId;
    Update.ReadOutbox update = new Update.ReadOutbox(peer, maxId, ++pts);
    log.add(update);
    return update;
  }

  void setPts(int position) {
    pts = position;
    logStart = log.size();
  }

  /** All messages with a peer, oldest first, also those before the position was set. */
  List<Update.NewMessage> with(UserId peer) {
    return log.stream()
        .filter(Update.NewMessage.class::isInstance)
        .map(Update.NewMessage.class::cast)
        .filter(update -> update.message().peer().equals(peer))
        .toList();
  }

  /** What came after a position, at most {@code most} updates. */
  List<Update.OfBox> after(int position, int most) {
    List<Update.OfBox> current = log.subList(logStart, log.size());
    int from = HistoryPage.firstAtOrAbove(current, position + 1, Update.OfBox::pts);
    return List.copyOf(current.subList(from, from + Math.min(current.size() - from, most)));
  }
}
