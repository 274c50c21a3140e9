package dev.jobradar.server.filter;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * Prints what the filter costs, in the CPU time of its thread: the best of some rounds over the
 * posts of the filter set, and the worst input that the limits allow. Not a test. Run its {@code
 * main} from an IDE, or with the server's test class path.
 */
final class FilterSpeed {
  private static final int ROUNDS = 12;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private static final Map<String, Double> BEST = new LinkedHashMap<>();

  private static long kept;

  private FilterSpeed() {}

  public static void main(String[] args) {
    List<String> posts =
        LabelledSet.read("cases.jsonl").map(line -> line.get("text").asString()).toList();
    int longest = 4_096;
    List<String> longPosts = List.of(String.join("\n", posts).substring(0, longest));
    long heap = usedHeap();
    measure("first use, with all data", List.of("разработчик ᴊᴀᴠᴀ"), 1, FilterSpeed::read);
    System.out.printf(
        Locale.ROOT, "%-42s %8d KB%n", "heap for the data", (usedHeap() - heap) >> 10);
    Keywords keywords =
        Keywords.compile(List.of("java разработчик", "\"product manager\""), List.of("стажёр"));
    List<PostWords> words = posts.stream().map(PostWords::of).toList();
    for (int round = 0; round < ROUNDS; round++) {
      measure("read a post of the set", posts, 10, FilterSpeed::read);
      measure("read a post of 4,096 characters", longPosts, 300, FilterSpeed::read);
      measure("ask one task", words, 100, post -> keywords.match(post).match().isPresent() ? 1 : 0);
      measure(
          "compile keywords",
          List.of("java разработчик"),
          1_000,
          keyword -> Keywords.compile(List.of(keyword), List.of()).hashCode());
      measure("fingerprint", posts, 2, post -> Fingerprint.of(post).bands().size());
    }
    for (int length : List.of(longest, HostileInputs.LONGEST_TEXT)) {
      hostile(length);
    }
    BEST.forEach(
        (name, micros) -> System.out.printf(Locale.ROOT, "%-72s %8.1f µs%n", name, micros));
    System.out.println("(" + kept + ")");
  }

  /** Matching the worst keywords against the worst posts that the limits allow. */
  private static void hostile(int length) {
    List<String> tooCostly = new ArrayList<>();
    for (HostileInputs.Input input : HostileInputs.all(length)) {
      Keywords keywords = Keywords.compile(input.include(), input.exclude());
      PostWords post = PostWords.of(input.text());
      for (int round = 0; round < 5 * ROUNDS; round++) {
        measure(
            "hostile, %,d: %s".formatted(length, input.name()),
            List.of(post),
            1,
            words -> keywords.match(words).hashCode());
      }
      if (keywords.match(post) instanceof MatchOutcome.TooCostly) {
        tooCostly.add(input.name());
      }
    }
    System.out.println("given up at " + length + " characters: " + tooCostly);
  }

  private static long read(String post) {
    return PostWords.of(post).hashCode();
  }

  private static <T> void measure(String name, List<T> inputs, int times, ToLongFunction<T> work) {
    long start = THREADS.getCurrentThreadCpuTime();
    for (int i = 0; i < times; i++) {
      for (T input : inputs) {
        kept += work.applyAsLong(input);
      }
    }
    double micros = (THREADS.getCurrentThreadCpuTime() - start) / 1e3 / times / inputs.size();
    BEST.merge(name, micros, Math::min);
  }

  private static long usedHeap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
