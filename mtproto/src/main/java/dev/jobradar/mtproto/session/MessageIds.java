package dev.jobradar.mtproto.session;

/**
 * Makes message ids: about unix time · 2^32, strictly increasing, with the low two bits telling who
 * sent it (core.telegram.org/mtproto/description#message-identifier-msg-id).
 */
public final class MessageIds {
  /** What the low two bits say. */
  public enum Kind {
    /** From a client. */
    CLIENT(0),
    /** From a server, in reply to a client's message. */
    SERVER_REPLY(1),
    /** From a server, on its own account. */
    SERVER_NOTICE(3);

    private final int lowBits;

    Kind(int lowBits) {
      this.lowBits = lowBits;
    }
  }

  private long last;

  /**
   * The next id.
   *
   * @param serverTime the server's time, in milliseconds since 1970
   */
  public long next(long serverTime, Kind kind) {
    long id = atTime(serverTime) | kind.lowBits;
    if (id <= last) {
      id = (((last >> 2) + 1) << 2) | kind.lowBits;
    }
    last = id;
    return id;
  }

  /** The greatest id made so far, 0 when there is none. */
  public long last() {
    return last;
  }

  /** The least id of a time, in milliseconds since 1970. */
  public static long atTime(long millis) {
    long fraction = (Math.floorMod(millis, 1000L) << 32) / 1000;
    return (Math.floorDiv(millis, 1000L) << 32) | (fraction & 0xffff_fffcL);
  }

  /** The time that an id was made at, in milliseconds since 1970. */
  public static long timeOf(long id) {
    return (id >> 32) * 1000 + (((id & 0xffff_ffffL) * 1000) >>> 32);
  }

  /** Whether an id has a client's low bits. */
  public static boolean isClients(long id) {
    return (id & 3) == 0;
  }

  /** Whether an id has a server's low bits. */
  public static boolean isServers(long id) {
    return (id & 1) == 1;
  }
}
