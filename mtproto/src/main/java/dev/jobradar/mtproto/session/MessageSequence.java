package dev.jobradar.mtproto.session;

/**
 * Allocates message ids and seqnos within one client session. Remembers the ids of the last service
 * messages, because a notification about a message counts only if that message was really sent.
 */
final class MessageSequence {
  private static final int RECENT = 16;

  private final MessageIds ids = new MessageIds();
  private final long[] recentServiceIds = new long[RECENT];
  private int nextRecent;
  private int contentMessages;

  /** The next message's id, at a time of the server's in milliseconds. */
  long nextId(long serverTime) {
    return ids.next(serverTime, MessageIds.Kind.CLIENT);
  }

  /** As {@link #nextId}, for a message that carries no query of its own. */
  long nextServiceId(long serverTime) {
    long id = nextId(serverTime);
    recentServiceIds[nextRecent] = id;
    nextRecent = (nextRecent + 1) % RECENT;
    return id;
  }

  /** The next message's seqno: twice the content-related messages before it, plus one if it is. */
  int nextSeqNo(boolean content) {
    int number = contentMessages * 2;
    if (content) {
      contentMessages++;
      return number + 1;
    }
    return number;
  }

  /** Whether a service message with this id was sent recently. */
  boolean isRecentServiceId(long id) {
    for (long recent : recentServiceIds) {
      if (recent == id && id != 0) {
        return true;
      }
    }
    return false;
  }

  /** Forgets a service message: a second notification about it does not count. */
  void forgetServiceId(long id) {
    for (int i = 0; i < RECENT; i++) {
      if (recentServiceIds[i] == id) {
        recentServiceIds[i] = 0;
      }
    }
  }

  /** The last id, 0 before the first. */
  long lastId() {
    return ids.last();
  }

  /** Whether the last id lies ahead of this time, so that new ids would not increase. */
  boolean isAheadOf(long serverTime) {
    return ids.last() > MessageIds.atTime(serverTime);
  }
}
