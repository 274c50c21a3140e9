package dev.jobradar.benchmarks.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Who watches what. Each user watches twelve channels in three tasks of four; a channel of rank 10
 * is chosen a tenth as often as that of rank 1. Every user belongs to one of four groups, and a
 * wanted post is wanted by one group: by a quarter of those who watch its channel.
 */
final class LoadPlan {
  static final int TASKS = 3;
  static final int SOURCES = 4;

  /** Channels that a user watches. */
  static final int WATCHED = TASKS * SOURCES;

  static final int GROUPS = 4;

  private final List<List<Integer>> channelsOf = new ArrayList<>();
  private final List<List<Integer>> usersOf = new ArrayList<>();

  private LoadPlan() {}

  /**
   * Draws.
   *
   * @param channels at least {@link #WATCHED}
   */
  static LoadPlan of(int users, int channels, long seed) {
    LoadPlan plan = new LoadPlan();
    double[] upTo = new double[channels];
    double sum = 0;
    for (int i = 0; i < channels; i++) {
      sum += 1.0 / (i + 1);
      upTo[i] = sum;
      plan.usersOf.add(new ArrayList<>());
    }
    Random random = new Random(seed);
    for (int user = 0; user < users; user++) {
      List<Integer> drawn = drawn(upTo, random);
      plan.channelsOf.add(drawn);
      for (int rank : drawn) {
        plan.usersOf.get(rank - 1).add(user);
      }
    }
    return plan;
  }

  private static List<Integer> drawn(double[] upTo, Random random) {
    Set<Integer> ranks = new LinkedHashSet<>();
    if (upTo.length < 2 * WATCHED) {
      // So few that drawing the last ones would take long.
      List<Integer> all = new ArrayList<>();
      for (int rank = 1; rank <= upTo.length; rank++) {
        all.add(rank);
      }
      Collections.shuffle(all, random);
      return List.copyOf(all.subList(0, WATCHED));
    }
    while (ranks.size() < WATCHED) {
      double drawn = random.nextDouble() * upTo[upTo.length - 1];
      int found = Arrays.binarySearch(upTo, drawn);
      ranks.add(1 + (found >= 0 ? Math.min(found + 1, upTo.length - 1) : -found - 1));
    }
    List<Integer> order = new ArrayList<>(ranks);
    // Or the popular ones would all be in the first task.
    Collections.shuffle(order, random);
    return List.copyOf(order);
  }

  int users() {
    return channelsOf.size();
  }

  int channels() {
    return usersOf.size();
  }

  /** The ranks of the channels that a user watches, task by task. */
  List<Integer> channelsOf(int user) {
    return channelsOf.get(user);
  }

  /** Who watches the channel of that rank. */
  List<Integer> usersOf(int rank) {
    return usersOf.get(rank - 1);
  }

  static int group(int user) {
    return user % GROUPS;
  }

  /** Who is to get a message about a post. */
  List<Integer> wanting(LoadPost post) {
    return usersOf(post.rank()).stream().filter(user -> post.group() == group(user)).toList();
  }

  /** Whether a user is to get a message about a post. */
  boolean wants(int user, LoadPost post) {
    return post.group() == group(user) && channelsOf(user).contains(post.rank());
  }

  /** How many messages there are to be about these posts. */
  long due(List<LoadPost> posts) {
    return posts.stream().mapToLong(post -> wanting(post).size()).sum();
  }

  /** How often one of these posts comes to a user, wanted or not. */
  long received(List<LoadPost> posts) {
    return posts.stream().mapToLong(post -> usersOf(post.rank()).size()).sum();
  }
}
