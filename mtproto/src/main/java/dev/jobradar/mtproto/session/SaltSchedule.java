package dev.jobradar.mtproto.session;

import dev.jobradar.mtproto.crypto.AuthKey;
import dev.jobradar.tl.mtproto.FutureSalt;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The salts of one authorisation key, as a server makes them: a new one every {@link #PERIOD}, each
 * good for twice as long (core.telegram.org/mtproto/description#server-salt). They follow from the
 * key and the time, so that none has to be stored; only the first one of a new key, which follows
 * from its nonces, is remembered while it is good.
 *
 * <p>Not thread-safe.
 */
public final class SaltSchedule {
  /** How long a salt is the current one. */
  public static final Duration PERIOD = Duration.ofMinutes(30);

  /** The most salts that {@code get_future_salts} may ask for. */
  static final int MAX_FUTURE = 64;

  private static final long PERIOD_MILLIS = PERIOD.toMillis();
  private static final byte[] LABEL = "server salt".getBytes(StandardCharsets.US_ASCII);

  private final AuthKey key;
  private final long first;
  private long firstUntil;

  /** How often all salts were replaced. */
  private int generation;

  private long period = Long.MIN_VALUE;
  private long current;
  private long previous;

  /** The salts of a key that was made before. */
  public SaltSchedule(AuthKey key) {
    this(key, 0, Long.MIN_VALUE);
  }

  private SaltSchedule(AuthKey key, long first, long firstUntil) {
    this.key = key;
    this.first = first;
    this.firstUntil = firstUntil;
  }

  /** The salts of a key that is made now; {@code first} is good for as long as any other. */
  public static SaltSchedule ofNewKey(AuthKey key, long first, long now) {
    return new SaltSchedule(key, first, now + 2 * PERIOD_MILLIS);
  }

  /** Replaces all salts at once: none handed out before is accepted any more. */
  public void renew() {
    generation++;
    firstUntil = Long.MIN_VALUE;
    period = Long.MIN_VALUE;
  }

  /** The salt to use at a time, in milliseconds since 1970. */
  public long current(long now) {
    long wanted = Math.floorDiv(now, PERIOD_MILLIS);
    if (wanted != period) {
      period = wanted;
      current = salt(wanted);
      previous = salt(wanted - 1);
    }
    return current;
  }

  /** Whether a message with this salt may be taken at that time. */
  public boolean accepts(long salt, long now) {
    return salt == current(now) || salt == previous || (salt == first && now < firstUntil);
  }

  /** The current salt and those that follow, {@code count} of them but never more than 64. */
  public List<FutureSalt> future(int count, long now) {
    int size = Math.clamp(count, 1, MAX_FUTURE);
    List<FutureSalt> salts = new ArrayList<>(size);
    long now30 = Math.floorDiv(now, PERIOD_MILLIS);
    for (long at = now30; at < now30 + size; at++) {
      long since = at * PERIOD.toSeconds();
      salts.add(new FutureSalt((int) since, (int) (since + 2 * PERIOD.toSeconds()), salt(at)));
    }
    return salts;
  }

  private long salt(long at) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(LABEL);
      sha256.update(key.toByteArray());
      if (generation > 0) {
        sha256.update(ByteBuffer.allocate(4).putInt(0, generation));
      }
      return ByteBuffer.wrap(sha256.digest(ByteBuffer.allocate(8).putLong(at).array())).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
