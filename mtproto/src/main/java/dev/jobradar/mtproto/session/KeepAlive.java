package dev.jobradar.mtproto.session;

import java.time.Duration;

/**
 * When a connection is pinged, and when it counts as dead.
 *
 * @param pingInterval interval between pings (60 s is Telegram's example,
 *     core.telegram.org/mtproto/service_messages#deferred-connection-closure-ping)
 * @param disconnectDelay sent with each ping: the server closes after this long without data;
 *     longer than {@code pingInterval}
 * @param suspectAfter with an unanswered query and nothing received for this long, a ping is sent
 * @param pongTimeout the connection is dead when nothing was received for this long after a ping
 * @param acknowledgeWithin acknowledgements that could not be sent along with other messages go out
 *     after this long
 */
public record KeepAlive(
    Duration pingInterval,
    Duration disconnectDelay,
    Duration suspectAfter,
    Duration pongTimeout,
    Duration acknowledgeWithin) {
  /** Pings every 60 s with a delay of 75 s; suspect after 10 s, dead 15 s after a ping. */
  public static final KeepAlive DEFAULT =
      new KeepAlive(
          Duration.ofSeconds(60),
          Duration.ofSeconds(75),
          Duration.ofSeconds(10),
          Duration.ofSeconds(15),
          Duration.ofSeconds(30));

  /**
   * @throws IllegalArgumentException when a time is not positive, or the server would close before
   *     the next ping
   */
  public KeepAlive {
    for (Duration time :
        new Duration[] {
          pingInterval, disconnectDelay, suspectAfter, pongTimeout, acknowledgeWithin
        }) {
      if (!time.isPositive()) {
        throw new IllegalArgumentException("a time of keep-alive must be positive, got " + time);
      }
    }
    if (disconnectDelay.compareTo(pingInterval) <= 0) {
      throw new IllegalArgumentException(
          "disconnectDelay "
              + disconnectDelay
              + " must be longer than pingInterval "
              + pingInterval);
    }
  }
}
