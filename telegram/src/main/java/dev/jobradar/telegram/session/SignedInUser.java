package dev.jobradar.telegram.session;

/**
 * Whose sign-in it is.
 *
 * @param id the Telegram user id, 1 to 2^53 − 1
 * @param bot whether it is a bot's
 */
public record SignedInUser(long id, boolean bot) {
  /** The largest id that every client can hold: mtcute keeps it as a JavaScript number. */
  public static final long MAX_ID = (1L << 53) - 1;

  /**
   * @throws IllegalArgumentException when the id is out of range
   */
  public SignedInUser {
    if (id < 1 || id > MAX_ID) {
      throw new IllegalArgumentException("a user id is 1 to " + MAX_ID + ", got " + id);
    }
  }
}
