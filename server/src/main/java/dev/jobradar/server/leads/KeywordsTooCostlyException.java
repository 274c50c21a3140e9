package dev.jobradar.server.leads;

/**
 * A task's keywords take more work for a post than is allowed: its owner has to simplify them.
 * Trying again never helps.
 */
public final class KeywordsTooCostlyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The stable name of what is wrong. */
  public static final String CODE = "KEYWORDS_TOO_COSTLY";

  /**
   * @param steps how much is allowed
   */
  public KeywordsTooCostlyException(long steps) {
    super("the keywords take more than " + steps + " steps for a post", null, false, false);
  }
}
