package dev.jobradar.mtproto.session;

/** When to ask whether a connection lives, and whether it counts as dead. Times in milliseconds. */
final class Liveness {
  private final KeepAlive keepAlive;
  private boolean pingWanted;
  private long lastPingAt;

  /** When the ping was sent that nothing has followed yet, 0 for none. */
  private long unansweredSince;

  private long lastReceivedAt;

  Liveness(KeepAlive keepAlive) {
    this.keepAlive = keepAlive;
  }

  void connected(long now) {
    pingWanted = false;
    unansweredSince = 0;
    lastPingAt = now;
    lastReceivedAt = now;
  }

  /** Anything that was received shows that the line lives. */
  void received(long now) {
    lastReceivedAt = now;
    unansweredSince = 0;
  }

  /** Something shows that a ping is worth its while, unless one is under way. */
  void suspect() {
    if (unansweredSince == 0) {
      pingWanted = true;
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
    boolean suspect = waiting && now - lastReceivedAt >= keepAlive.answerPatience().toMillis();
    if (unansweredSince == 0 && (due || suspect)) {
      pingWanted = true;
    }
  }
}
