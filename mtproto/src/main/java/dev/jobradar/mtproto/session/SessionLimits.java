package dev.jobradar.mtproto.session;

/**
 * How much one {@link ServerSession} holds for its client.
 *
 * @param messages answers and updates that are not acknowledged, at most; 1 or more
 * @param bytes of these together; one message alone may be larger
 * @param running queries that are not answered yet, at most
 */
public record SessionLimits(int messages, int bytes, int running) {
  /** A few pages of history and some hundred updates. */
  public static final SessionLimits DEFAULT = new SessionLimits(512, 1 << 20, 1024);

  /**
   * @throws IllegalArgumentException when one is not positive
   */
  public SessionLimits {
    if (messages < 1 || bytes < 1 || running < 1) {
      throw new IllegalArgumentException(
          "limits are 1 or more, got " + messages + ", " + bytes + " and " + running);
    }
  }
}
