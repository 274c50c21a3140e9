package dev.jobradar.sandbox.feed;

import dev.jobradar.sandbox.world.ChannelInfo;
import dev.jobradar.sandbox.world.World;
import java.util.List;
import java.util.Locale;

/**
 * Public channels in any number, for a load: {@code load_0001} is the most popular one, the tenth
 * has a tenth of its audience. Nobody is in them and nothing is posted there by itself.
 */
public final class LoadChannels {

  /** The most channels that one sandbox makes. */
  public static final int MAX = 100_000;

  /** Posts that each begins with: an empty channel is a case of its own. */
  static final int HISTORY = 3;

  private static final int AUDIENCE = 500_000;
  private static final int LEAST_AUDIENCE = 20;
  private static final int HOUR = 3_600;

  private LoadChannels() {}

  /**
   * The public name of a channel.
   *
   * @param rank 1 for the most popular one
   */
  public static String name(int rank) {
    return String.format(Locale.ROOT, "load_%04d", rank);
  }

  /**
   * Checks a number of channels.
   *
   * @throws IllegalArgumentException when it is out of range
   */
  public static int requireCount(int count) {
    if (count < 0 || count > MAX) {
      throw new IllegalArgumentException("channels: 0 to " + MAX + ", got " + count);
    }
    return count;
  }

  /** Makes the channels of ranks 1 to {@code count}. Only in a new world. */
  public static void make(World world, int count) {
    for (int rank = 1; rank <= requireCount(count); rank++) {
      String name = name(rank);
      int begun = world.now() - (HISTORY + 1) * HOUR;
      ChannelInfo channel =
          world.makeChannel(
              name,
              "Load " + rank,
              "Made up, for a load.",
              begun,
              Math.max(LEAST_AUDIENCE, AUDIENCE / rank),
              false,
              null);
      for (int post = 1; post <= HISTORY; post++) {
        world.post(
            channel.id(), "The channel " + name + ", post " + post, List.of(), begun + post * HOUR);
      }
    }
  }
}
