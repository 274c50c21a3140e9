package dev.jobradar.telegram.updates;

/**
 * A channel that the account has not joined cannot be watched because ten such channels are watched
 * already, which is the most that Telegram wants a client to ask for.
 */
public final class TooManyPolledException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  TooManyPolledException(int most) {
    super(
        most
            + " channels that the account has not joined are watched already, which is the most;"
            + " join this one, or stop watching another");
  }
}
