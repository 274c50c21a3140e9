package dev.jobradar.benchmarks.oldway;

import java.time.Duration;
import java.util.List;

/**
 * How a run is to be.
 *
 * @param users of each way
 * @param length for how long posts are made
 * @param interval how often the old loop begins anew
 * @param roundTrip how long each answer takes
 * @param seed another one makes other posts
 * @param backfill how many old posts are fetched
 */
record Options(
    int users, Duration length, Duration interval, Duration roundTrip, long seed, int backfill) {
  static final Options DEFAULT =
      new Options(50, Duration.ofMinutes(3), Duration.ofSeconds(20), Duration.ofMillis(50), 1, 500);

  static final String USAGE =
      """
      benchmarks/run oldway [--users N] [--minutes N] [--interval SECONDS] [--answers MS] [--seed N]
                            [--backfill N]
      --users     of each way, 1 to 400 (50)
      --minutes   for how long posts are made, 1 to 60 (3)
      --interval  how often the old loop begins anew, 1 to 60 s (20)
      --answers   after how long each request is answered, 0 to 1,000 ms (50)
      --seed      another one makes other posts (1)
      --backfill  how many old posts are fetched, 1 to 1,000 (500)\
      """;

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException when one is not known, or no number of its range
   */
  static Options parse(List<String> arguments) {
    Options options = DEFAULT;
    for (int i = 0; i < arguments.size(); i += 2) {
      String name = arguments.get(i);
      String value = i + 1 < arguments.size() ? arguments.get(i + 1) : "";
      options = options.with(name, value);
    }
    return options;
  }

  private Options with(String name, String value) {
    return switch (name) {
      case "--users" ->
          new Options(number(name, value, 1, 400), length, interval, roundTrip, seed, backfill);
      case "--minutes" ->
          new Options(
              users,
              Duration.ofMinutes(number(name, value, 1, 60)),
              interval,
              roundTrip,
              seed,
              backfill);
      case "--interval" ->
          new Options(
              users,
              length,
              Duration.ofSeconds(number(name, value, 1, 60)),
              roundTrip,
              seed,
              backfill);
      case "--answers" ->
          new Options(
              users,
              length,
              interval,
              Duration.ofMillis(number(name, value, 0, 1_000)),
              seed,
              backfill);
      case "--seed" ->
          new Options(
              users,
              length,
              interval,
              roundTrip,
              number(name, value, Integer.MIN_VALUE, Integer.MAX_VALUE),
              backfill);
      case "--backfill" ->
          new Options(users, length, interval, roundTrip, seed, number(name, value, 1, 1_000));
      default -> throw new IllegalArgumentException("unknown option '" + name + "'");
    };
  }

  private static int number(String name, String value, int least, int most) {
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number that is out of range.
    }
    throw new IllegalArgumentException(
        "%s takes a number from %,d to %,d, not '%s'".formatted(name, least, most, value));
  }
}
