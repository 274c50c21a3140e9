package dev.jobradar.server.housekeeping;

import java.time.Duration;
import java.util.function.IntSupplier;

/** Deletes in batches, with pauses in which others write. */
public final class Batches {
  /** How many rows one transaction looks at. */
  public static final int SIZE = 500;

  private static final Duration PAUSE = Duration.ofMillis(20);

  private Batches() {}

  /**
   * Repeats a batch until it deletes nothing.
   *
   * @param batch deletes some rows and says how many
   * @return how many in all
   */
  public static long untilNone(IntSupplier batch) throws InterruptedException {
    long all = 0;
    for (int some = batch.getAsInt(); some > 0; some = batch.getAsInt()) {
      all += some;
      pause();
    }
    return all;
  }

  /** Lets others write. */
  public static void pause() throws InterruptedException {
    Thread.sleep(PAUSE);
  }
}
