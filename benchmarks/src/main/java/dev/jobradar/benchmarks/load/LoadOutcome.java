package dev.jobradar.benchmarks.load;

import dev.jobradar.benchmarks.Watched.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What became of posts.
 *
 * @param due how many leads there had to be
 * @param delays from the order to post until the sandbox had the message, shortest first, as far as
 *     they are known
 * @param lost leads that never came
 * @param doubled leads that came again
 * @param unasked leads of somebody who did not look for that
 */
record LoadOutcome(int due, List<Duration> delays, int lost, int doubled, int unasked) {
  /** The moment of a message that was not seen to be sent. */
  static final long UNKNOWN = Long.MIN_VALUE;

  LoadOutcome {
    delays = List.copyOf(delays);
  }

  /** When a post was ordered. */
  record Posted(LoadPost post, long nanos) {}

  /**
   * Compares what had to come with what came.
   *
   * @param received of user 0, 1, …; what it tells of other posts is passed over
   */
  static LoadOutcome of(LoadPlan plan, List<Posted> posted, List<List<Message>> received) {
    Map<Integer, Posted> byNumber = new HashMap<>();
    posted.forEach(each -> byNumber.put(each.post().number(), each));
    int due = (int) plan.due(posted.stream().map(Posted::post).toList());
    List<Duration> delays = new ArrayList<>();
    int came = 0;
    int doubled = 0;
    int unasked = 0;
    for (int user = 0; user < received.size(); user++) {
      Set<Integer> seen = new HashSet<>();
      for (Message message : received.get(user)) {
        for (int number : message.posts()) {
          Posted of = byNumber.get(number);
          if (of == null) {
            continue;
          }
          if (!plan.wants(user, of.post())) {
            unasked++;
          } else if (!seen.add(number)) {
            doubled++;
          } else {
            came++;
            if (message.nanos() != UNKNOWN) {
              delays.add(Duration.ofNanos(message.nanos() - of.nanos()));
            }
          }
        }
      }
    }
    delays.sort(null);
    return new LoadOutcome(due, delays, due - came, doubled, unasked);
  }

  /**
   * The delay that so many in a hundred do not exceed; zero when none is known.
   *
   * @param percent 1 to 100
   */
  Duration percentile(int percent) {
    return delays.isEmpty()
        ? Duration.ZERO
        : delays.get(Math.max(0, Math.ceilDiv(delays.size() * percent, 100) - 1));
  }
}
