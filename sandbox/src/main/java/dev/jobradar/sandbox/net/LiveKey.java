package dev.jobradar.sandbox.net;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.crypto.AuthKey;
import dev.jobradar.mtproto.session.SaltSchedule;
import dev.jobradar.sandbox.world.KeyId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * An authorisation key in use: its salts and its sessions. {@link #lock} guards both and what is in
 * the sessions; of the network's other locks none is taken while it is held.
 */
final class LiveKey {
  /** Sessions that one key may have; the least recently used one gives way. */
  private static final int MAX_SESSIONS = 64;

  final ReentrantLock lock = new ReentrantLock();
  final DcId dc;
  final AuthKey key;
  final KeyId id;
  final SaltSchedule salts;

  private final boolean temporary;
  private volatile @Nullable KeyId boundTo;

  /** Least recently used first; null once the key is out of use. Guarded by lock. */
  private @Nullable Map<Long, SessionLink> sessions = new LinkedHashMap<>(2, 0.75f, true);

  LiveKey(DcId dc, AuthKey key, SaltSchedule salts, boolean temporary, @Nullable KeyId boundTo) {
    this.dc = dc;
    this.key = key;
    this.id = new KeyId(key.id());
    this.salts = salts;
    this.temporary = temporary;
    this.boundTo = boundTo;
  }

  /** The key whose sign-in counts: the permanent one for a bound temporary key, else itself. */
  KeyId acting() {
    KeyId permanent = boundTo;
    return permanent == null ? id : permanent;
  }

  /** The permanent key that a temporary one was bound to. */
  @Nullable KeyId boundTo() {
    return boundTo;
  }

  void bind(KeyId permanent) {
    boundTo = permanent;
  }

  boolean isTemporary() {
    return temporary;
  }

  /**
   * The session with this number; with the lock held.
   *
   * @param maker makes it when there is none
   * @param over a session that had to give way is added here
   * @return null when the key is out of use
   */
  @Nullable SessionLink session(
      long sessionId, LongFunction<SessionLink> maker, List<SessionLink> over) {
    if (sessions == null) {
      return null;
    }
    SessionLink known = sessions.get(sessionId);
    if (known != null) {
      return known;
    }
    if (sessions.size() >= MAX_SESSIONS) {
      Iterator<SessionLink> oldest = sessions.values().iterator();
      over.add(oldest.next());
      oldest.remove();
    }
    SessionLink link = maker.apply(sessionId);
    sessions.put(sessionId, link);
    return link;
  }

  /** Its sessions. */
  List<SessionLink> sessions() {
    lock.lock();
    try {
      return sessions == null ? List.of() : List.copyOf(sessions.values());
    } finally {
      lock.unlock();
    }
  }

  /** Forgets all sessions; returns those that there were. */
  List<SessionLink> forgetSessions() {
    lock.lock();
    try {
      List<SessionLink> all = sessions();
      if (sessions != null) {
        sessions.clear();
      }
      return all;
    } finally {
      lock.unlock();
    }
  }

  /** Forgets a session; returns it, or null when there is none. */
  @Nullable SessionLink remove(long sessionId) {
    lock.lock();
    try {
      return sessions == null ? null : sessions.remove(sessionId);
    } finally {
      lock.unlock();
    }
  }

  /** Puts the key out of use for good; returns the sessions that it had. */
  List<SessionLink> retire() {
    lock.lock();
    try {
      List<SessionLink> all = sessions == null ? List.of() : List.copyOf(sessions.values());
      sessions = null;
      return all;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Forgets the sessions that are not connected and were not used since {@code millis}, and puts
   * the key out of use when that leaves none.
   *
   * @param over the forgotten sessions are added here
   * @return whether the key is out of use
   */
  boolean retireIfIdleSince(long millis, List<SessionLink> over) {
    lock.lock();
    try {
      if (sessions == null) {
        return true;
      }
      List<SessionLink> idle = new ArrayList<>(0);
      for (SessionLink link : sessions.values()) {
        if (link.isIdleSince(millis)) {
          idle.add(link);
        }
      }
      idle.forEach(link -> sessions.remove(link.sessionId()));
      over.addAll(idle);
      if (!sessions.isEmpty()) {
        return false;
      }
      sessions = null;
      return true;
    } finally {
      lock.unlock();
    }
  }
}
