package dev.jobradar.telegram.updates;

import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.mtproto.RpcException;

/** How long a call that failed waits before it is made again. All times in milliseconds. */
final class Backoff {
  private static final long FIRST = 1_000;
  private static final int MOST_DOUBLINGS = 6;

  private Backoff() {}

  /** The wait after so many failures in a row, at least one: 1 s, doubling to 64 s. */
  static long after(int failures) {
    return FIRST << Math.min(failures - 1, MOST_DOUBLINGS);
  }

  /** The wait after this failure: what Telegram asks for, else {@link #after(int)}. */
  static long after(int failures, MtprotoException why) {
    return why instanceof RpcException.FloodWait flood
        ? Math.max(FIRST, flood.delay().toMillis())
        : after(failures);
  }
}
