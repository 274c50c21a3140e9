package dev.jobradar.mtproto.session;

/** When to ping a connection, and whether it counts as dead. Times in milliseconds. */
final class Liveness {
  private final KeepAlive keepAlive;
  private boolean pingWanted;
  private long lastPingAt;

  /** When the ping was sent after which nothing was received yet, 0 for none. */
  private long unansweredSince;

  private long lastReceivedAt;
  private long lastSuspicionAt;

  Liveness(KeepAlive keepAlive) {
    this.keepAlive = keepAlive;
  }

  void connected(long now) {
    pingWanted = false;
    unansweredSince = 0;
    lastPingAt = now;
    lastReceivedAt = now;
  }

  /** Any received message shows that the connection is alive. */
  void received(long now) {
    lastReceivedAt = now;
    unansweredSince = 0;
  }

  /** Requests a ping unless one is unanswered, or was requested a moment ago. */
  void suspect(long now) {
    if (unansweredSince == 0 && now - lastSuspicionAt >= keepAlive.suspectAfter().toMillis()) {
      pingWanted = true;
      lastSuspicionAt = now;
    }
  }

  void pingSent(long now) {
    pingWanted = false;
    lastPingAt = now;
    unansweredSince = now;
  }

  boolean pingWanted() {
    return pingWanted;
  }

  boolean dead(long now) {
    return unansweredSince != 0 && now - unansweredSince >= keepAlive.pongTimeout().toMillis();
  }

  /**
   * Decides whether a ping is wanted.
   *
   * @param waiting whether an answer is waited for
   */
  void check(long now, boolean waiting) {
    boolean due = now - lastPingAt >= keepAlive.pingInterval().toMillis();
    boolean suspect = waiting && now - lastReceivedAt >= keepAlive.suspectAfter().toMillis();
    if (unansweredSince == 0 && (due || suspect)) {
      pingWanted = true;
    }
  }
}
