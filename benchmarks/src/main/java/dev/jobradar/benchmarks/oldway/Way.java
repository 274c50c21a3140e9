package dev.jobradar.benchmarks.oldway;

import java.io.IOException;
import java.util.List;

/** One of the two, with its users. */
interface Way {
  /** The Telegram ids of user 0, 1, … */
  List<Long> accounts();

  /**
   * Fetches the last posts of a channel for user 0.
   *
   * @return how many were found
   */
  int backfill(String channel, int wanted) throws IOException, InterruptedException;
}
