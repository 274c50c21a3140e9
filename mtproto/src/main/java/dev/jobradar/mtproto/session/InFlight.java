package dev.jobradar.mtproto.session;

import dev.jobradar.mtproto.CallFailedException.Progress;
import dev.jobradar.mtproto.ProtocolException;
import dev.jobradar.mtproto.session.MessageContainer.Message;
import dev.jobradar.tl.mtproto.MsgsStateReq;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Queries that were sent and not answered, and what becomes of them when the connection is lost:
 * the server is asked about those that it has not acknowledged
 * (core.telegram.org/mtproto/service_messages_about_messages).
 */
final class InFlight {
  /** The most ids of one question or list. */
  static final int MAX_IDS = 8192;

  /** What the server knows of a message, in the low three bits of its state. */
  private enum Received {
    FORGOTTEN,
    NO,
    YES;

    static Received of(byte state) {
      return switch (state & 7) {
        case 1 -> FORGOTTEN;
        case 2, 3 -> NO;
        case 4 -> YES;
        default -> throw new ProtocolException("an unknown state of a message: " + state);
      };
    }
  }

  /** A received message's state, without what only its sender wants to know. */
  static final byte STATE_RECEIVED = 4;

  static final byte STATE_NOT_RECEIVED = 2;

  /** What is to be done with queries whose state became known. */
  interface StateHandler {
    /** The server never had it. */
    void notReceived(Query query);

    /** The server may have had it. */
    void forgotten(Query query);
  }

  private final long patience;
  private final Map<Long, Query> byId = new LinkedHashMap<>(4);

  /** Sent on an earlier connection: the server is to be asked. */
  private List<Query> unsure = List.of();

  /** What the server was asked about, in the order of the question. */
  private List<Query> asked = List.of();

  private long requestId;
  private long requestedAt;

  /** To be sent again just as they were. */
  private List<Query> again = List.of();

  /**
   * @param patience how long a question about states may stay unanswered, in milliseconds
   */
  InFlight(long patience) {
    this.patience = patience;
  }

  void add(Query query) {
    byId.put(query.messageId, query);
  }

  boolean remove(Query query) {
    return byId.remove(query.messageId, query);
  }

  @Nullable Query remove(long id) {
    return byId.remove(id);
  }

  boolean contains(Query query) {
    return query.equals(byId.get(query.messageId));
  }

  boolean isEmpty() {
    return byId.isEmpty();
  }

  int size() {
    return byId.size();
  }

  List<Query> all() {
    return List.copyOf(byId.values());
  }

  List<Query> removeAll() {
    List<Query> all = all();
    byId.clear();
    unsure = List.of();
    asked = List.of();
    again = List.of();
    return all;
  }

  /** The queries that went out with this id, or in the container with it. */
  List<Query> of(long id) {
    Query one = byId.get(id);
    if (one != null) {
      return List.of(one);
    }
    return byId.values().stream().filter(query -> query.outerId == id).toList();
  }

  void acknowledged(long id) {
    Query query = byId.get(id);
    if (query != null && query.progress == Progress.SENT) {
      query.progress = Progress.ACKNOWLEDGED;
    }
  }

  /**
   * Decides whether the server is to be asked about what it has neither acknowledged nor answered.
   */
  void check(long now) {
    if (byId.isEmpty() || requestId != 0 || !unsure.isEmpty()) {
      return;
    }
    List<Query> silent =
        byId.values().stream()
            .filter(query -> isSent(query) && now - query.sentAt >= patience)
            .toList();
    silent.forEach(query -> query.sentAt = now);
    unsure = silent;
  }

  // --- after a new connection --------------------------------------------------------------

  void connected() {
    requestId = 0;
    asked = List.of();
    again = List.of();
    unsure = byId.values().stream().filter(this::isSent).toList();
  }

  /** Whether {@link #question} or {@link #takeAgain} has something to send. */
  boolean somethingToSend(long now) {
    return !again.isEmpty() || (requestId == 0 && !unsure.isEmpty()) || unanswered(now);
  }

  private boolean unanswered(long now) {
    return requestId != 0 && now - requestedAt >= patience;
  }

  /** The question to ask now, or null. */
  @Nullable MsgsStateReq question(long now) {
    if (unanswered(now)) {
      // This server does not tell: it gets the same messages again, and ignores those it has.
      requestId = 0;
      again = concat(again, asked);
      asked = List.of();
    }
    if (requestId != 0 || unsure.isEmpty()) {
      return null;
    }
    List<Query> still = unsure.stream().filter(this::isSent).toList();
    asked = still.subList(0, Math.min(still.size(), MAX_IDS));
    unsure = still.subList(asked.size(), still.size());
    if (asked.isEmpty()) {
      return null;
    }
    return new MsgsStateReq(asked.stream().map(query -> query.messageId).toList());
  }

  /** The question went out. */
  void asked(long id, long now) {
    requestId = id;
    requestedAt = now;
  }

  /** The question, or what it travelled in, may not have been taken: it is asked once more. */
  void askOnceMore() {
    if (requestId != 0) {
      requestId = 0;
      unsure = concat(asked, unsure);
      asked = List.of();
    }
  }

  /** Takes the answer to the question with this id; an answer to another one is ignored. */
  void states(long id, byte[] states, StateHandler handler) {
    if (requestId == 0 || id != requestId) {
      return;
    }
    List<Query> queries = asked;
    requestId = 0;
    asked = List.of();
    if (states.length != queries.size()) {
      throw new ProtocolException(
          "asked for the states of " + queries.size() + " messages, got " + states.length);
    }
    for (int i = 0; i < states.length; i++) {
      Query query = queries.get(i);
      if (contains(query)) {
        switch (Received.of(states[i])) {
          case YES -> query.progress = Progress.ACKNOWLEDGED;
          case NO -> handler.notReceived(query);
          case FORGOTTEN -> handler.forgotten(query);
        }
      }
    }
  }

  /** Takes states that the server tells unasked. */
  void allStates(List<Long> ids, byte[] states) {
    if (states.length != ids.size()) {
      throw new ProtocolException(ids.size() + " messages with " + states.length + " states");
    }
    for (int i = 0; i < states.length; i++) {
      if (Received.of(states[i]) == Received.YES) {
        acknowledged(ids.get(i));
      }
    }
  }

  /** The server asks for messages again. */
  void wanted(Collection<Long> ids, @Nullable Query except) {
    List<Query> wanted = new ArrayList<>();
    for (long id : ids) {
      Query query = byId.get(id);
      if (query != null && !query.equals(except)) {
        wanted.add(query);
      }
    }
    again = concat(again, wanted);
  }

  /** Takes messages that are to be sent once more as they were: only within a container. */
  List<Message> takeAgain(int maxMessages, int maxBytes) {
    List<Message> messages = new ArrayList<>(0);
    int bytes = 0;
    int taken = 0;
    for (Query query : again) {
      if (bytes >= maxBytes || messages.size() >= maxMessages) {
        break;
      }
      taken++;
      if (isSent(query)) {
        messages.add(new Message(query.messageId, query.seqNo, query.body()));
        bytes += query.size();
      }
    }
    again = again.subList(taken, again.size());
    return messages;
  }

  private boolean isSent(Query query) {
    return query.progress == Progress.SENT && contains(query);
  }

  private static List<Query> concat(List<Query> first, List<Query> second) {
    return Stream.concat(first.stream(), second.stream()).distinct().toList();
  }
}
