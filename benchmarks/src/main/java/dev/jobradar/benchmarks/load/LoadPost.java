package dev.jobradar.benchmarks.load;

import dev.jobradar.benchmarks.PostNumber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * A post that will be made.
 *
 * @param number which one; it stands in its text, and so in every message about it
 * @param at when, from the beginning
 * @param rank of the channel that it is made in
 * @param group who wants it; {@link #NOBODY} for none
 */
record LoadPost(int number, Duration at, int rank, int group) {
  static final int NOBODY = -1;

  /** One post in so many is wanted by somebody. */
  static final int ONE_WANTED_IN = 4;

  /** Words after the first line: as many as a short vacancy has. */
  private static final int WORDS = 45;

  /** By group. */
  private static final List<String> KEYWORDS =
      List.of("аналитик", "верстальщик", "переводчик", "маркетолог");

  private static final List<String> SYLLABLES =
      List.of(
          "ба", "ве", "ги", "до", "жу", "за", "ки", "ло", "ме", "ну", "по", "ра", "си", "ту", "фе",
          "ха", "цо", "че", "ши", "ря");

  /** What a group looks for. */
  static String keyword(int group) {
    return KEYWORDS.get(group);
  }

  /**
   * Posts at random moments in random channels, in the order in which they are made.
   *
   * @param first the number of the first one
   * @param wanted whether some of them are wanted
   */
  static List<LoadPost> random(
      int first, int count, Duration over, int channels, boolean wanted, long seed) {
    Random random = new Random(seed * 31 + first);
    List<Duration> moments = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      moments.add(Duration.ofNanos(random.nextLong(over.toNanos())));
    }
    moments.sort(Comparator.naturalOrder());
    List<LoadPost> posts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      boolean some = wanted && random.nextInt(ONE_WANTED_IN) == 0;
      posts.add(
          new LoadPost(
              first + i,
              moments.get(i),
              1 + random.nextInt(channels),
              some ? random.nextInt(LoadPlan.GROUPS) : NOBODY));
    }
    return posts;
  }

  /** One wanted post in each of the most popular channels: what came before has been read then. */
  static List<LoadPost> closing(int first, int channels) {
    List<LoadPost> posts = new ArrayList<>();
    for (int i = 0; i < Math.min(channels, LoadPlan.WATCHED); i++) {
      posts.add(new LoadPost(first + i, Duration.ZERO, 1 + i, i % LoadPlan.GROUPS));
    }
    return posts;
  }

  /** What it says: made-up words, so that no two posts are reposts of each other. */
  String text(long seed) {
    Random random = new Random(seed * 1_000_003 + number);
    StringBuilder text = new StringBuilder(PostNumber.text(number)).append(' ');
    text.append(group == NOBODY ? "Новости канала" : "Ищем: " + keyword(group)).append('\n');
    for (int word = 1; word <= WORDS; word++) {
      int syllables = 2 + random.nextInt(3);
      for (int i = 0; i < syllables; i++) {
        text.append(SYLLABLES.get(random.nextInt(SYLLABLES.size())));
      }
      text.append(word % 9 == 0 ? ". " : " ");
    }
    return text.append("От ").append(60 + random.nextInt(200)).append(" тысяч.").toString();
  }
}
