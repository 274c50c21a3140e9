package dev.jobradar.mtproto.session;

/**
 * Brakes what a server makes a client repeat: messages that it rejects or wants again, questions
 * about messages, new sessions. The first {@link #FREE} repetitions are sent at once, the next ones
 * wait, each twice as long; after {@link #MAX} the connection is to be given up. Quiet time
 * releases the brake step by step. A value; times are milliseconds since 1970.
 *
 * @param level repetitions that are not forgotten yet
 * @param since when the level was last changed
 * @param heldUntil nothing is sent before this time
 */
record RepeatBrake(int level, long since, long heldUntil) {
  /** Repetitions without a wait: a salt, a clock and a session may each be wrong once. */
  static final int FREE = 3;

  /** With so many the connection is given up. */
  static final int MAX = 10;

  /** The first wait. */
  static final long FIRST_WAIT = 250;

  /** The longest wait. */
  static final long LONGEST_WAIT = 4_000;

  /** One repetition is forgotten per this time. */
  static final long FORGET = 10_000;

  static final RepeatBrake RELEASED = new RepeatBrake(0, 0, 0);

  /** After one more repetition. */
  RepeatBrake repeated(long now) {
    int next = Math.min(MAX, remembered(now) + 1);
    long wait = next <= FREE ? 0 : Math.min(LONGEST_WAIT, FIRST_WAIT << (next - FREE - 1));
    return new RepeatBrake(next, now, Math.max(heldUntil, now + wait));
  }

  private int remembered(long now) {
    return (int) Math.max(0, level - (now - since) / FORGET);
  }

  /** Whether it slows this client down, or did a short time ago. */
  boolean brakes(long now) {
    return remembered(now) > FREE;
  }

  /** Whether nothing may be sent yet. */
  boolean holds(long now) {
    return now < heldUntil;
  }

  /** Whether the server repeated itself too often. */
  boolean exhausted() {
    return level >= MAX;
  }
}
