package dev.jobradar.benchmarks.load;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the service needed, taken apart: of two stretches with different shares of leads, what a
 * post costs for a user who does not want it, and what a lead costs.
 *
 * @param unwantedMicros CPU for a post and a user who watches its channel and does not want it
 * @param leadMicros CPU for a post that a user wants: found, stored, sent and noted
 */
record CpuCost(double unwantedMicros, double leadMicros) {

  /**
   * What was counted in a stretch of time.
   *
   * @param received how often a post came to a user, wanted or not
   * @param leads how often it was wanted
   * @param cpu of the service, without what it needs when nothing comes
   */
  record Stretch(long received, long leads, Duration cpu) {
    private double unwanted() {
      return received - leads;
    }

    private double micros() {
      return cpu.toNanos() / 1e3;
    }

    /** CPU for a post and a user, wanted or not. */
    double eachMicros() {
      return micros() / Math.max(1, received);
    }
  }

  /**
   * Solves the two equations.
   *
   * @return null when both have the same share of leads
   */
  static @Nullable CpuCost of(Stretch mixed, Stretch unwanted) {
    double determinant = mixed.unwanted() * unwanted.leads - unwanted.unwanted() * mixed.leads;
    if (determinant == 0) {
      return null;
    }
    return new CpuCost(
        (mixed.micros() * unwanted.leads - unwanted.micros() * mixed.leads) / determinant,
        (mixed.unwanted() * unwanted.micros() - unwanted.unwanted() * mixed.micros())
            / determinant);
  }
}
