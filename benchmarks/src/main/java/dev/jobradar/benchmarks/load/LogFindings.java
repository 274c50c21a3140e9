package dev.jobradar.benchmarks.load;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a service's log complains of.
 *
 * @param counts how often, by level, logger and how the line begins
 */
record LogFindings(Map<String, Integer> counts) {
  private static final int SHOWN = 120;

  /** Time, level, process, then the application, thread and request in brackets, logger, text. */
  private static final Pattern LINE =
      Pattern.compile("\\S+\\s+(WARN|ERROR) \\d+ --- (?:\\[[^]]*] *)+([^:]*\\S)\\s*: (.*)");

  LogFindings {
    counts = Map.copyOf(counts);
  }

  static LogFindings of(List<String> lines) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (String line : lines) {
      Matcher matcher = LINE.matcher(line);
      if (matcher.matches()) {
        String text = matcher.group(3).replaceAll("\\d+", "N");
        counts.merge(
            "%s %s: %s"
                .formatted(
                    matcher.group(1),
                    matcher.group(2),
                    text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text),
            1,
            Integer::sum);
      }
    }
    return new LogFindings(counts);
  }

  int all() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }
}
