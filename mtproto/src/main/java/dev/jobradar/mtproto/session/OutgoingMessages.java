package dev.jobradar.mtproto.session;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A server's messages that need an acknowledgement: unsent, then sent, until the client
 * acknowledges them. Bounded by {@link SessionLimits}.
 */
final class OutgoingMessages {
  /** An answer or an update. */
  static final class Outgoing {
    private final byte[] body;

    /** The query that this answers, 0 for none. */
    final long queryId;

    /** Whether it may be dropped when there is too much: an update. */
    private final boolean update;

    /** Set when it is sent first. */
    private long id;

    private int seqNo;

    Outgoing(byte[] body, long queryId, boolean update) {
      this.body = body;
      this.queryId = queryId;
      this.update = update;
    }

    long id() {
      return id;
    }

    int seqNo() {
      return seqNo;
    }

    int size() {
      return body.length;
    }

    MessageContainer.Message message() {
      return new MessageContainer.Message(id, seqNo, Slice.of(body));
    }
  }

  private final SessionLimits limits;
  private final ArrayDeque<Outgoing> unsent = new ArrayDeque<>(1);
  private final Map<Long, Outgoing> unacknowledged = new LinkedHashMap<>(2);
  private final ArrayDeque<Outgoing> again = new ArrayDeque<>(1);

  /** Answers that are sent only when they are asked for, by their query. */
  private final Map<Long, Outgoing> lost = new LinkedHashMap<>(0);

  private int bytes;

  OutgoingMessages(SessionLimits limits) {
    this.limits = limits;
  }

  /**
   * Takes a message to be sent.
   *
   * @return whether updates had to be dropped to make room
   */
  boolean add(Outgoing message) {
    unsent.addLast(message);
    bytes += message.size();
    if (!isTooMuch()) {
      return false;
    }
    forgetOldest();
    boolean dropped = isTooMuch() && dropUpdates();
    while (isTooMuch()) {
      bytes -= unsent.removeFirst().size();
    }
    return dropped;
  }

  /** Keeps an answer that got lost; the oldest is forgotten when there are too many. */
  void addLost(Outgoing answer) {
    lost.put(answer.queryId, answer);
    Iterator<Outgoing> oldest = lost.values().iterator();
    while (lost.size() > limits.messages() || (lost.size() > 1 && bytesLost() > limits.bytes())) {
      oldest.next();
      oldest.remove();
    }
  }

  private long bytesLost() {
    return lost.values().stream().mapToLong(Outgoing::size).sum();
  }

  /** Takes an answer that got lost. */
  @Nullable Outgoing takeLost(long queryId) {
    return lost.remove(queryId);
  }

  private boolean isTooMuch() {
    int count = unsent.size() + unacknowledged.size();
    return count > 1 && (count > limits.messages() || bytes > limits.bytes());
  }

  /** What was sent most likely arrived; it just cannot be resent. */
  private void forgetOldest() {
    Iterator<Outgoing> oldest = unacknowledged.values().iterator();
    while (isTooMuch() && oldest.hasNext()) {
      bytes -= oldest.next().size();
      oldest.remove();
    }
  }

  private boolean dropUpdates() {
    int before = unsent.size();
    unsent.removeIf(message -> {
      if (message.update) {
        bytes -= message.size();
      }
      return message.update;
    });
    return unsent.size() < before;
  }

  boolean isEmpty() {
    return unsent.isEmpty() && again.isEmpty();
  }

  /** Marks all that is not acknowledged to be sent again: the connection is another. */
  void sendAllAgain() {
    again.clear();
    again.addAll(unacknowledged.values());
  }

  /** Marks one message to be sent again, if it is remembered. */
  void sendAgain(Outgoing message) {
    if (message.id() != 0 && !again.contains(message)) {
      again.addLast(message);
    }
  }

  /** A message that was sent and not acknowledged. */
  @Nullable Outgoing sent(long id) {
    return unacknowledged.get(id);
  }

  /** The answer to a query, as long as it is not acknowledged. */
  @Nullable Outgoing answerTo(long queryId) {
    for (Outgoing message : unsent) {
      if (message.queryId == queryId) {
        return message;
      }
    }
    for (Outgoing message : unacknowledged.values()) {
      if (message.queryId == queryId) {
        return message;
      }
    }
    return null;
  }

  /** The client has received it, or dropped it. */
  void remove(Outgoing message) {
    if (message.id() == 0 ? unsent.remove(message) : unacknowledged.remove(message.id(), message)) {
      bytes -= message.size();
    }
  }

  /** The next message that is to be sent once more, within so many bytes; null when none is. */
  @Nullable Outgoing nextAgain(int maxBytes) {
    for (Outgoing next = again.peekFirst(); next != null; next = again.peekFirst()) {
      if (next.size() > maxBytes) {
        return null;
      }
      again.removeFirst();
      if (unacknowledged.get(next.id()) == next) {
        return next;
      }
    }
    return null;
  }

  /** The next message that was never sent, within so many bytes, numbered now; null for none. */
  @Nullable Outgoing nextUnsent(int maxBytes, IdSource numbering) {
    Outgoing next = unsent.peekFirst();
    if (next == null || next.size() > maxBytes) {
      return null;
    }
    unsent.removeFirst();
    number(next, numbering);
    unacknowledged.put(next.id, next);
    return next;
  }

  /** Gives a message its numbers if it has none yet. */
  static void number(Outgoing message, IdSource numbering) {
    if (message.id == 0) {
      message.id = numbering.nextId(message.queryId != 0);
      message.seqNo = numbering.nextSeqNo();
    }
  }

  /** Where ids and seqnos of messages that want an acknowledgement come from. */
  interface IdSource {
    long nextId(boolean reply);

    int nextSeqNo();
  }
}
