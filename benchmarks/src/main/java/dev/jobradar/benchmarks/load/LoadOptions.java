package dev.jobradar.benchmarks.load;

import dev.jobradar.sandbox.feed.LoadChannels;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a run is to be.
 *
 * @param users how many there are
 * @param channels over how many channels posts are made
 * @param rate posts a second, over all channels
 * @param length for how long posts are made
 * @param database where the service keeps its data
 * @param joined whether users are in the channels that they watch
 * @param seed another one makes other posts, and users watch other channels
 * @param heapMegabytes the service's heap at most; 0 for what the JVM takes
 * @param recording where a flight recording of the service is written; null for none
 */
record LoadOptions(
    int users,
    int channels,
    int rate,
    Duration length,
    Database database,
    boolean joined,
    long seed,
    int heapMegabytes,
    @Nullable Path recording) {

  /** Where the service keeps its data. */
  enum Database {
    SQLITE,
    POSTGRESQL
  }

  static final String USAGE =
      """
      benchmarks/run load [--users N] [--channels N] [--rate POSTS_A_SECOND] [--minutes N]
                          [--database sqlite|postgresql] [--joined] [--seed N] [--heap MB] [--jfr FILE]
      --users     with 3 tasks of 4 channels each, 1 to 20,000 (100)
      --channels  over which posts are made, 12 to 100,000, popular and rare ones (12)
      --rate      posts a second over all channels, 1 to 1,000 (3)
      --minutes   for how long they are made, 1 to 120 (1)
      --database  where the service keeps its data (sqlite)
      --joined    users are in the channels that they watch, so that posts are pushed to them
      --seed      another one makes other posts (1)
      --heap      the service's heap at most, 64 to 65,536 MB (what the JVM takes by itself)
      --jfr       a flight recording of the service while posts are made; jfr view shows it\
      """;

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException when one is not known, or has no value of its range
   */
  static LoadOptions parse(List<String> arguments) {
    int users = 100;
    int channels = LoadPlan.WATCHED;
    int rate = 3;
    int minutes = 1;
    Database database = Database.SQLITE;
    boolean joined = false;
    int seed = 1;
    int heap = 0;
    Path recording = null;
    Iterator<String> rest = arguments.iterator();
    while (rest.hasNext()) {
      String name = rest.next();
      switch (name) {
        case "--users" -> users = number(name, rest, 1, 20_000);
        case "--channels" -> channels = number(name, rest, LoadPlan.WATCHED, LoadChannels.MAX);
        case "--rate" -> rate = number(name, rest, 1, 1_000);
        case "--minutes" -> minutes = number(name, rest, 1, 120);
        case "--seed" -> seed = number(name, rest, Integer.MIN_VALUE, Integer.MAX_VALUE);
        case "--heap" -> heap = number(name, rest, 64, 65_536);
        case "--joined" -> joined = true;
        case "--jfr" -> recording = Path.of(value(name, rest)).toAbsolutePath();
        case "--database" ->
            database =
                switch (value(name, rest)) {
                  case "sqlite" -> Database.SQLITE;
                  case "postgresql" -> Database.POSTGRESQL;
                  case String other ->
                      throw new IllegalArgumentException(
                          "--database is sqlite or postgresql, not '" + other + "'");
                };
        default -> throw new IllegalArgumentException("unknown option '" + name + "'");
      }
    }
    return new LoadOptions(
        users,
        channels,
        rate,
        Duration.ofMinutes(minutes),
        database,
        joined,
        seed,
        heap,
        recording);
  }

  private static String value(String name, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException(name + " takes a value");
    }
    return rest.next();
  }

  private static int number(String name, Iterator<String> rest, int least, int most) {
    String value = rest.hasNext() ? rest.next() : "";
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
