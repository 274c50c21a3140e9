package dev.jobradar.benchmarks.oldway;

import dev.jobradar.benchmarks.oldway.PlannedPost.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Which posts are made when. The same seed makes the same ones. */
final class Timetable {
  static final int STEADY_A_MINUTE = 60;
  static final int BURST = 15;
  static final int FLOOD = 150;

  /** One post in so many is what somebody looks for. */
  static final int ONE_WANTED_IN = 4;

  private static final Duration BURST_LASTS = Duration.ofSeconds(1);
  private static final Duration FLOOD_LASTS = Duration.ofSeconds(5);

  private final Random random;
  private final List<String> channels = Watch.channels();
  private final List<PlannedPost> posts = new ArrayList<>();
  private int next = 1;

  private Timetable(long seed) {
    random = new Random(seed);
  }

  /** One post in each channel for each word that is looked for there. */
  static List<PlannedPost> first(long seed) {
    Timetable table = new Timetable(seed);
    for (String channel : table.channels) {
      for (String keyword : Watch.keywordsIn(channel)) {
        table.posts.add(
            PlannedPost.of(
                table.next++, Duration.ZERO, channel, keyword, Kind.FIRST, table.random));
      }
    }
    return table.posts;
  }

  /**
   * What is counted: single posts all over the channels, in each minute a burst, and in the middle
   * of all a flood of one channel.
   *
   * @param firstNumber the number of the first one made
   */
  static List<PlannedPost> main(long seed, int firstNumber, Duration length) {
    Timetable table = new Timetable(seed + 1);
    table.next = firstNumber;
    long minutes = length.toMinutes();
    table.spread(Kind.STEADY, (int) (STEADY_A_MINUTE * minutes), Duration.ZERO, length, null);
    for (int minute = 0; minute < minutes; minute++) {
      table.spread(
          Kind.BURST,
          BURST,
          Duration.ofMinutes(minute).plusSeconds(15),
          BURST_LASTS,
          table.anyOf(table.channels));
    }
    table.spread(Kind.FLOOD, FLOOD, length.dividedBy(2), FLOOD_LASTS, table.anyOf(Watch.JOINED));
    table.posts.sort(Comparator.comparing(PlannedPost::at));
    return table.posts;
  }

  private String anyOf(List<String> some) {
    return some.get(random.nextInt(some.size()));
  }

  private void spread(Kind kind, int count, Duration from, Duration over, @Nullable String only) {
    for (int i = 0; i < count; i++) {
      Duration at = from.plusMillis(random.nextLong(over.toMillis()));
      String channel = only == null ? anyOf(channels) : only;
      boolean wanted = random.nextInt(ONE_WANTED_IN) == 0;
      posts.add(
          PlannedPost.of(
              next++, at, channel, wanted ? anyOf(Watch.keywordsIn(channel)) : null, kind, random));
    }
  }
}
