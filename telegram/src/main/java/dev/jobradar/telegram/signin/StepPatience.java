package dev.jobradar.telegram.signin;

import dev.jobradar.mtproto.RpcException;

/**
 * What one step of a sign-in puts up with in all, however many calls it makes: each of them has a
 * limit of its own, and limits within limits multiply.
 */
final class StepPatience {
  /** How often Telegram may fail to execute a call; the last failure is the step's. */
  static final int MOST_FAILURES = 4;

  /** How often the password's parameters may have changed between being fetched and being used. */
  static final int MOST_RENEWALS = 2;

  private int failures;
  private int renewals;

  /** Whether Telegram failed to execute the call, so that another attempt may succeed. */
  private static boolean isPassing(RpcException e) {
    return e.code() >= 500 || e.code() < 0;
  }

  /** Counts a failure; returns whether another attempt makes sense. */
  boolean bears(RpcException e) {
    return isPassing(e) && ++failures < MOST_FAILURES;
  }

  /** Counts parameters that are out of date; returns whether to fetch them again. */
  boolean bearsRenewal() {
    return ++renewals <= MOST_RENEWALS;
  }

  /** How many pauses there were for these reasons. */
  int pauses() {
    return failures + renewals - 1;
  }
}
