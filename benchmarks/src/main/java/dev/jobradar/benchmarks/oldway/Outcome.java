package dev.jobradar.benchmarks.oldway;

import dev.jobradar.benchmarks.Watched.Message;
import dev.jobradar.benchmarks.oldway.PlannedPost.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What became of posts at all users of one way.
 *
 * @param due how many deliveries there had to be
 * @param joined delays from post to message of single posts in channels that were joined, shortest
 *     first
 * @param others the same in channels that were not joined
 * @param bursts the same of posts that came with several others, joined or not
 * @param flood the same of posts of the flood
 * @param lost deliveries that never came
 * @param lostWhereFlooded those among them of posts in the channel of the flood
 * @param doubled deliveries that came again
 * @param unasked deliveries to somebody who did not look for that
 * @param messages how many messages there were
 */
record Outcome(
    int due,
    List<Duration> joined,
    List<Duration> others,
    List<Duration> bursts,
    List<Duration> flood,
    int lost,
    int lostWhereFlooded,
    int doubled,
    int unasked,
    int messages) {

  /** When a post was made, by its number. */
  record Posted(PlannedPost post, long nanos) {}

  /**
   * Compares what had to come with what came.
   *
   * @param received of user 0, 1, …; what it tells of other posts is passed over
   */
  static Outcome of(List<Posted> posted, List<List<Message>> received) {
    Map<Integer, Posted> byNumber = new HashMap<>();
    posted.forEach(each -> byNumber.put(each.post().number(), each));
    Count count =
        new Count(
            posted.stream()
                .map(Posted::post)
                .filter(post -> post.kind() == Kind.FLOOD)
                .map(PlannedPost::channel)
                .collect(Collectors.toSet()));
    for (int user = 0; user < received.size(); user++) {
      count.user(Watch.of(user), posted, byNumber, received.get(user));
    }
    return count.outcome();
  }

  boolean complete() {
    return lost == 0;
  }

  private static final class Count {
    private final List<Duration> joined = new ArrayList<>();
    private final List<Duration> others = new ArrayList<>();
    private final List<Duration> bursts = new ArrayList<>();
    private final List<Duration> flood = new ArrayList<>();
    private final Set<String> flooded;
    private int due;
    private int lost;
    private int lostWhereFlooded;
    private int doubled;
    private int unasked;
    private int messages;

    Count(Set<String> flooded) {
      this.flooded = flooded;
    }

    void user(
        List<Watch> tasks,
        List<Posted> posted,
        Map<Integer, Posted> byNumber,
        List<Message> received) {
      Map<Integer, Long> first = new HashMap<>();
      for (Message message : received) {
        boolean counts = false;
        for (int number : message.posts()) {
          Posted post = byNumber.get(number);
          if (post == null) {
            continue;
          }
          counts = true;
          if (tasks.stream().noneMatch(task -> task.wants(post.post()))) {
            unasked++;
          } else if (first.putIfAbsent(number, message.nanos()) != null) {
            doubled++;
          }
        }
        messages += counts ? 1 : 0;
      }
      for (Posted each : posted) {
        PlannedPost post = each.post();
        if (tasks.stream().anyMatch(task -> task.wants(post))) {
          due++;
          Long at = first.get(post.number());
          if (at == null) {
            lost++;
            lostWhereFlooded += flooded.contains(post.channel()) ? 1 : 0;
          } else {
            delaysOf(post).add(Duration.ofNanos(at - each.nanos()));
          }
        }
      }
    }

    private List<Duration> delaysOf(PlannedPost post) {
      return switch (post.kind()) {
        case FIRST, STEADY -> Watch.JOINED.contains(post.channel()) ? joined : others;
        case BURST -> bursts;
        case FLOOD -> flood;
      };
    }

    Outcome outcome() {
      return new Outcome(
          due,
          joined.stream().sorted().toList(),
          others.stream().sorted().toList(),
          bursts.stream().sorted().toList(),
          flood.stream().sorted().toList(),
          lost,
          lostWhereFlooded,
          doubled,
          unasked,
          messages);
    }
  }

  /**
   * The delay that so many in a hundred do not exceed.
   *
   * @param sorted shortest first, at least one
   */
  static Duration percentile(List<Duration> sorted, int percent) {
    return sorted.get(Math.max(0, Math.ceilDiv(sorted.size() * percent, 100) - 1));
  }
}
