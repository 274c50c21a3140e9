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

  /** In a state: the server has finished the query and made its answer. */
  private static final int STATE_ANSWERED = 64;

  /** Takes queries whose state became known. */
  interface StateHandler {
    /** The server never received it. */
    void notReceived(Query query);

    /** The server may have received it. */
    void forgotten(Query query);

    /** The server made its answer, and does not send it when asked to. */
    void answerLost(Query query);
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

  /** Received by the server, which owes the answer: {@link Query#answerDueAt} says until when. */
  private List<Query> owed = List.of();

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
    owed = List.of();
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
    owed = List.of();
    unsure = all();
    unsure.forEach(query -> query.answerRequested = false);
  }

  /** Whether {@link #question} or {@link #takeAgain} has something to send. */
  boolean somethingToSend(long now) {
    return !again.isEmpty()
        || (requestId == 0 && !unsure.isEmpty())
        || unanswered(now)
        || (!owed.isEmpty() && owed.stream().anyMatch(query -> isOverdue(query, now)));
  }

  private boolean isOverdue(Query query, long now) {
    return now >= query.answerDueAt && contains(query);
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
    if (!owed.isEmpty()) {
      askAboutOverdue(now);
    }
    if (requestId != 0 || unsure.isEmpty()) {
      return null;
    }
    List<Query> still = unsure.stream().filter(this::contains).toList();
    asked = still.subList(0, Math.min(still.size(), MAX_IDS));
    unsure = still.subList(asked.size(), still.size());
    if (asked.isEmpty()) {
      return null;
    }
    return new MsgsStateReq(asked.stream().map(query -> query.messageId).toList());
  }

  /** Answers that were asked for and did not come: the server is asked what became of them. */
  private void askAboutOverdue(long now) {
    List<Query> overdue =
        owed.stream().filter(query -> query.answerRequested && isOverdue(query, now)).toList();
    unsure = concat(unsure, overdue);
    owed = owed.stream().filter(query -> contains(query) && !overdue.contains(query)).toList();
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
  void states(long id, byte[] states, long now, StateHandler handler) {
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
          case YES -> received(query, (states[i] & STATE_ANSWERED) != 0, now, handler);
          case NO -> {
            if (query.progress == Progress.ACKNOWLEDGED) {
              // The server has lost the session since.
              handler.forgotten(query);
            } else {
              handler.notReceived(query);
            }
          }
          case FORGOTTEN -> handler.forgotten(query);
        }
      }
    }
  }

  /**
   * The server has received a query, and sends the answer by itself. When it does not, the same
   * message asks for it once a connection: the server recognises its id and executes it no second
   * time. A query that is no read is not sent again while the server may still execute it.
   */
  private void received(Query query, boolean answered, long now, StateHandler handler) {
    query.progress = Progress.ACKNOWLEDGED;
    if (answered && query.answerRequested) {
      handler.answerLost(query);
    } else if (answered || query.repeatable()) {
      query.answerDueAt = now + (query.answerRequested ? patience : patience / 4);
      owed = concat(owed, List.of(query));
    }
  }

  /** Takes states that the server sends unasked. */
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

  /**
   * The server asks for messages again.
   *
   * @return whether one of them is in flight
   */
  boolean wanted(Collection<Long> ids, @Nullable Query except) {
    List<Query> wanted = new ArrayList<>();
    for (long id : ids) {
      Query query = byId.get(id);
      if (query != null && !query.equals(except)) {
        wanted.add(query);
      }
    }
    again = concat(again, wanted);
    return !wanted.isEmpty();
  }

  /** Takes messages that are to be sent once more as they were: only within a container. */
  List<Message> takeAgain(int maxMessages, int maxBytes, long now) {
    List<Message> messages = new ArrayList<>(0);
    for (Query query : owed) {
      if (!query.answerRequested && isOverdue(query, now)) {
        query.answerRequested = true;
        query.answerDueAt = now + patience;
        again = concat(again, List.of(query));
      }
    }
    int bytes = 0;
    int taken = 0;
    for (Query query : again) {
      if (bytes >= maxBytes || messages.size() >= maxMessages) {
        break;
      }
      taken++;
      if (contains(query)) {
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
