package dev.jobradar.mtproto.session;

import dev.jobradar.tl.mtproto.FutureSalt;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The salts of one authorisation key, as a client knows them
 * (core.telegram.org/mtproto/description#server-salt). A salt changes every 30 minutes and the one
 * before stays good for 1,800 s more; they belong to the key, so that all its sessions share them.
 */
public final class ServerSalts {
  /** How many salts are asked for at once: four hours' worth. */
  static final int ASK_FOR = 8;

  private static final long[] NONE = {};

  /** The salt in use. */
  private long current;

  /** When it runs out, in milliseconds of server time; MAX_VALUE while that is not known. */
  private long currentUntil = Long.MAX_VALUE;

  /** Salts to come: three numbers each (valid since, valid until, salt), ascending. */
  private long[] future = NONE;

  /**
   * @param first the salt to begin with; 0 when none is known, then the server tells one
   */
  public ServerSalts(long first) {
    current = first;
  }

  /** The salt to use at a time of the server, in milliseconds. */
  public long at(long serverTime) {
    int used = 0;
    while (used < future.length && future[used] <= serverTime) {
      currentUntil = future[used + 1];
      current = future[used + 2];
      used += 3;
    }
    if (used > 0) {
      future = used == future.length ? NONE : Arrays.copyOfRange(future, used, future.length);
    }
    return current;
  }

  /** The server said that this salt is the right one now. */
  public void replace(long salt) {
    if (salt != current) {
      current = salt;
      currentUntil = Long.MAX_VALUE;
      future = NONE;
    }
  }

  /** Takes the answer to {@code get_future_salts}. */
  public void add(List<FutureSalt> salts, long serverTime) {
    FutureSalt[] ascending = salts.toArray(FutureSalt[]::new);
    Arrays.sort(ascending, Comparator.comparingInt(FutureSalt::validSince));
    long[] packed = new long[Math.min(ascending.length, 64) * 3];
    int size = 0;
    for (FutureSalt salt : ascending) {
      long until = salt.validUntil() * 1000L;
      if (until > serverTime && size < packed.length) {
        packed[size] = salt.validSince() * 1000L;
        packed[size + 1] = until;
        packed[size + 2] = salt.salt();
        size += 3;
      }
    }
    future = Arrays.copyOf(packed, size);
    at(serverTime);
  }

  /** Whether no salt is known for the time after {@code margin} milliseconds from now. */
  public boolean runOut(long serverTime, long margin) {
    at(serverTime);
    if (future.length > 0) {
      return future[future.length - 2] <= serverTime + margin;
    }
    return currentUntil == Long.MAX_VALUE || currentUntil <= serverTime + margin;
  }
}
