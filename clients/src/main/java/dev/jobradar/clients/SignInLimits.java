package dev.jobradar.clients;

/** Limits how many codes are requested and wrong ones entered. Thread-safe; may block. */
public interface SignInLimits {
  /**
   * Counts an attempt, or refuses it.
   *
   * @param phone digits with the country code
   * @throws TooManyAttemptsException when there were too many; nothing is counted then
   */
  Counted count(Attempt.Kind kind, String phone, SignInOrigin origin);

  /** An attempt that was counted. */
  @FunctionalInterface
  interface Counted {
    /** It was no such attempt after all. Called once at most. */
    void takeBack();
  }
}
