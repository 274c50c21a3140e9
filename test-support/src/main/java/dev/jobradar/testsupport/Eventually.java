package dev.jobradar.testsupport;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/**
 * Waits for what is bound to happen. The time-out is no expectation: it is so long that a busy
 * machine does not reach it, and ends a test that would hang otherwise.
 */
public final class Eventually {
  /** The longest wait. */
  public static final Duration TIMEOUT = Duration.ofSeconds(60);

  private static final Duration INTERVAL = Duration.ofMillis(10);

  private Eventually() {}

  /**
   * Returns when the condition holds.
   *
   * @param what what is waited for, for the message of the {@link
   *     org.awaitility.core.ConditionTimeoutException} that is thrown when it does not come
   * @param condition asked on the calling thread, about every 10 milliseconds; what it throws is
   *     thrown here
   */
  public static void await(String what, Callable<Boolean> condition) {
    await(what, TIMEOUT, condition);
  }

  /** The same with another time-out. */
  public static void await(String what, Duration timeout, Callable<Boolean> condition) {
    Awaitility.await(what)
        .atMost(timeout)
        .pollInSameThread()
        .dontCatchUncaughtExceptions()
        .pollDelay(Duration.ZERO)
        .pollInterval(INTERVAL)
        .until(condition);
  }

  /**
   * Returns when the assertions pass.
   *
   * @param assertion repeated until it throws nothing; its last failure is the message otherwise
   */
  public static void awaitAsserted(String what, ThrowingRunnable assertion) {
    Awaitility.await(what)
        .atMost(TIMEOUT)
        .pollInSameThread()
        .dontCatchUncaughtExceptions()
        .pollDelay(Duration.ZERO)
        .pollInterval(INTERVAL)
        .untilAsserted(assertion::run);
  }

  /** Assertions that may throw anything. */
  @FunctionalInterface
  public interface ThrowingRunnable {
    /** Throws when something is not so yet. */
    void run() throws Throwable;
  }
}
