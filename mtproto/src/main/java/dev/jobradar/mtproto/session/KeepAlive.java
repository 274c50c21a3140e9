package dev.jobradar.mtproto.session;

import java.time.Duration;

/**
 * When a connection is asked whether it still lives, and when it counts as dead.
 *
 * @param pingInterval a ping is sent when this long nothing else was (60 s is Telegram's example,
 *     core.telegram.org/mtproto/service_messages#deferred-connection-closure-ping)
 * @param disconnectDelay what the server is told: it closes when this long nothing came; longer
 *     than {@code pingInterval}
 * @param answerPatience with a query unanswered and nothing received for this long, a ping asks
 *     whether the line is dead
 * @param pongTimeout without anything received this long after a ping, the connection is dead
 * @param acknowledgeWithin acknowledgements that found nothing to travel with are sent after this
 */
public record KeepAlive(
    Duration pingInterval,
    Duration disconnectDelay,
    Duration answerPatience,
    Duration pongTimeout,
    Duration acknowledgeWithin) {
  /** Pings every 60 s with 75 s; suspects after 10 s, dead 15 s after a ping. */
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
          pingInterval, disconnectDelay, answerPatience, pongTimeout, acknowledgeWithin
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
