package dev.jobradar.mtproto.session;

import dev.jobradar.tl.mtproto.MsgsAck;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Ids of received messages that are not acknowledged yet
 * (core.telegram.org/mtproto/service_messages_about_messages#acknowledgment-of-receipt). They go
 * out with the next packet, or on their own: at once when more than {@link #AT_ONCE} are pending,
 * else after a time.
 */
public final class PendingAcks {
  /** More than this many are sent at once. */
  public static final int AT_ONCE = 16;

  /** The most ids that one {@code msgs_ack} may name. */
  public static final int MAX_IDS = 8192;

  /** Acknowledgements alone are not sent more often than this, in milliseconds. */
  private static final long INTERVAL = 250;

  private static final long[] NONE = {};

  private long[] ids = NONE;
  private int size;
  private long since;
  private long takenAt;

  /**
   * Adds an id at a time in milliseconds. When {@link #MAX_IDS} are pending it is left out: the
   * server then sends that message again.
   */
  public void add(long id, long now) {
    if (size == MAX_IDS) {
      return;
    }
    if (size == 0) {
      since = now;
    }
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, Math.max(4, size * 2));
    }
    ids[size++] = id;
  }

  /** Whether none waits. */
  public boolean isEmpty() {
    return size == 0;
  }

  /** Whether they are due on their own. */
  public boolean due(long now, long withinMillis) {
    return (size > AT_ONCE && now - takenAt >= INTERVAL)
        || (size > 0 && now - since >= withinMillis);
  }

  /** Takes up to {@link #MAX_IDS} of them away, the oldest first. */
  public MsgsAck take(long now) {
    takenAt = now;
    int count = Math.min(size, MAX_IDS);
    List<Long> taken = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      taken.add(ids[i]);
    }
    size -= count;
    ids = size == 0 ? NONE : Arrays.copyOfRange(ids, count, count + size);
    return new MsgsAck(taken);
  }

  /** Forgets all. */
  public void clear() {
    size = 0;
    ids = NONE;
  }
}
