package dev.jobradar.benchmarks.load;

import dev.jobradar.benchmarks.load.CpuCost.Stretch;
import dev.jobradar.benchmarks.load.LoadRun.Stint;
import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The figures, as lines. */
final class LoadReport {
  private static final int MOST_FINDINGS = 8;

  private final StringBuilder text = new StringBuilder();

  void setting(LoadOptions options) {
    row(
        "setting",
        "%,d users × %d of %,d channels (%s), %d posts a second, %d min, %s",
        options.users(),
        LoadPlan.WATCHED,
        options.channels(),
        options.joined() ? "joined" : "not joined",
        options.rate(),
        options.length().toMinutes(),
        options.database().name().toLowerCase(Locale.ROOT));
  }

  void up(Duration after, Duration cpu, int users) {
    row(
        "all channels watched",
        "%.1f s after the start, CPU %.1f s (%.1f ms a user)",
        seconds(after),
        seconds(cpu),
        seconds(cpu) * 1_000 / users);
  }

  void requests(Map<String, Integer> requests, Set<String> errors, Duration length) {
    row(
        "requests to Telegram a minute",
        "%,d",
        aMinute(requests.values().stream().mapToInt(Integer::intValue).sum(), length));
    requests.forEach((method, count) -> row("  " + method, "%,d", aMinute(count, length)));
    if (!errors.isEmpty()) {
      row("  answered with errors", "%s", errors);
    }
  }

  private static long aMinute(int count, Duration length) {
    return Math.round(count * 60_000.0 / length.toMillis());
  }

  void load(Stint stint, int posts, Duration latest) {
    Duration ours = stint.service().plus(stint.sandbox()).plus(stint.database());
    row(
        "cores while posting",
        "service %.2f, database %.2f, sandbox %.2f, all else on this machine %.2f",
        stint.cores(stint.service()),
        stint.cores(stint.database()),
        stint.cores(stint.sandbox()),
        stint.cores(stint.all().minus(ours)));
    row("posts", "%,d, the latest %.0f ms after its time", posts, seconds(latest) * 1_000);
  }

  void outcome(LoadOutcome counted, Duration after) {
    row(
        "delay from order to message",
        "p50 %s, p90 %s, p99 %s, max %s (%,d of %,d leads)",
        time(counted.percentile(50)),
        time(counted.percentile(90)),
        time(counted.percentile(99)),
        time(counted.percentile(100)),
        counted.delays().size(),
        counted.due());
    if (counted.lost() > 0) {
      row("  not come", "%,d after %.0f s", counted.lost(), seconds(after));
    }
  }

  void books(LoadOutcome all, long dropped, int connections) {
    row(
        "leads of the whole run",
        "%,d due, %,d lost, %,d doubled, %,d not asked for",
        all.due(),
        all.lost(),
        all.doubled(),
        all.unasked());
    row("connections of an account", "%d at most", connections);
    if (dropped > 0) {
      row(
          "  lines that the sandbox left out",
          "%,d: requests and delays are short of them",
          dropped);
    }
  }

  void cpu(Stretch mixed, Stretch unwanted, @Nullable CpuCost cost, Stint idle) {
    row(
        "CPU of the service, idle",
        "%.1f %% of a core",
        idle.cores(idle.service().plus(idle.database())) * 100);
    row(
        "CPU for a post and user",
        "%.0f µs with leads (%,d received, %,d wanted), %.0f µs nearly without (%,d, %,d)",
        mixed.eachMicros(),
        mixed.received(),
        mixed.leads(),
        unwanted.eachMicros(),
        unwanted.received(),
        unwanted.leads());
    if (cost != null) {
      row("  not wanted", "%.0f µs", cost.unwantedMicros());
      row("  a lead", "%.2f ms", cost.leadMicros() / 1_000);
    } else {
      row("  not wanted, a lead", "not known: the service was behind");
    }
  }

  void memory(long resting, long now, long most, long sandbox) {
    row(
        "resident memory of the service",
        "%,d MB before the posts, %,d MB after them, %,d MB at most",
        resting >> 20,
        now >> 20,
        most >> 20);
    row("  of the sandbox", "%,d MB", sandbox >> 20);
  }

  void log(LogFindings findings) {
    row("warnings and errors in the log", "%,d", findings.all());
    findings.counts().entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(MOST_FINDINGS)
        .forEach(each -> row("  " + each.getValue() + " times", "%s", each.getKey()));
  }

  @SuppressWarnings("AnnotateFormatMethod") // its annotation would be one more dependency
  private void row(String what, String format, Object... values) {
    text.append("%-34s ".formatted(what))
        .append(String.format(Locale.ROOT, format, values))
        .append('\n');
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }

  private static String time(Duration time) {
    return time.compareTo(Duration.ofSeconds(1)) < 0
        ? String.format(Locale.ROOT, "%.0f ms", seconds(time) * 1_000)
        : String.format(Locale.ROOT, "%.1f s", seconds(time));
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
