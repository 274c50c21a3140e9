package dev.jobradar.benchmarks.oldway;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Both ways side by side, as lines of a table. */
final class Report {
  private final StringBuilder text = new StringBuilder();

  Report() {
    row("", "old way", "JobRadar");
  }

  void row(String what, String old, String now) {
    text.append("%-36s %28s %28s%n".formatted(what, old, now));
  }

  void row(String what, long old, long now) {
    row(what, number(old), number(now));
  }

  /** How many requests a minute, all together and by method. */
  void requests(Map<String, Integer> old, Map<String, Integer> now, Duration length) {
    row("requests a minute", aMinute(sum(old), length), aMinute(sum(now), length));
    TreeSet<String> methods = new TreeSet<>(old.keySet());
    methods.addAll(now.keySet());
    for (String method : methods) {
      row(
          "  " + method,
          aMinute(old.getOrDefault(method, 0), length),
          aMinute(now.getOrDefault(method, 0), length));
    }
  }

  /** What came, how late, and what did not. */
  void outcomes(Outcome old, Outcome now) {
    row("deliveries due", old.due(), now.due());
    row("  never made", old.lost(), now.lost());
    row("    of these in the flooded channel", old.lostWhereFlooded(), now.lostWhereFlooded());
    row("  made twice", old.doubled(), now.doubled());
    row("  not asked for", old.unasked(), now.unasked());
    row("messages sent for them", old.messages(), now.messages());
    row("delay (half, 99 %, all within)", "", "");
    row("  single posts, joined", delays(old.joined()), delays(now.joined()));
    row("  single posts, not joined", delays(old.others()), delays(now.others()));
    row("  bursts", delays(old.bursts()), delays(now.bursts()));
    row("  the flood", delays(old.flood()), delays(now.flood()));
  }

  static int sum(Map<String, Integer> requests) {
    return requests.values().stream().mapToInt(Integer::intValue).sum();
  }

  static String seconds(Duration time) {
    return time.compareTo(Duration.ofSeconds(1)) < 0
        ? String.format(Locale.ROOT, "%.0f ms", time.toNanos() / 1e6)
        : String.format(Locale.ROOT, "%.1f s", time.toNanos() / 1e9);
  }

  private static String delays(List<Duration> sorted) {
    return sorted.isEmpty()
        ? "–"
        : IntStream.of(50, 99, 100)
            .mapToObj(percent -> seconds(Outcome.percentile(sorted, percent)))
            .collect(Collectors.joining(", "));
  }

  private static String aMinute(int count, Duration length) {
    return number(Math.round(count * 60_000.0 / length.toMillis()));
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
