package dev.jobradar.server.pacing;

import java.time.Duration;

/**
 * Pauses between tries that double up to a limit.
 *
 * @param first after the first failure; more than zero
 * @param longest the limit
 */
public record DoublingPause(Duration first, Duration longest) {
  /** More doublings than this pass every limit in use, and fewer overflow nothing. */
  private static final int MOST_DOUBLINGS = 20;

  /**
   * @throws IllegalArgumentException when the first pause is not positive, or longer than the limit
   */
  public DoublingPause {
    if (!first.isPositive() || first.compareTo(longest) > 0) {
      throw new IllegalArgumentException("pauses from " + first + " to " + longest);
    }
  }

  /**
   * The pause after a failure.
   *
   * @param before how many failures came before it in a row; 0 or more
   */
  public Duration after(int before) {
    Duration pause = first.multipliedBy(1L << Math.min(before, MOST_DOUBLINGS));
    return pause.compareTo(longest) < 0 ? pause : longest;
  }
}
